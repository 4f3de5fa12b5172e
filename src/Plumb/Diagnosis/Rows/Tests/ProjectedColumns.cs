using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Products of what is left of columns once others, the basis, have explained what they can; in double-double, from
/// exact sums.
/// </summary>
internal sealed class ProjectedColumns
{
    private readonly Func<int, int, DoubleDouble> _product;
    private readonly int[] _basis;
    private readonly GramSolver? _solver;
    private readonly Dictionary<int, DoubleDouble[]?> _coefficients = [];

    /// <summary>Products of columns.</summary>
    /// <param name="basis">The places of the columns that explain.</param>
    /// <param name="product">The exact sum of products of two columns.</param>
    public ProjectedColumns(int[] basis, Func<int, int, DoubleDouble> product)
    {
        (_basis, _product) = (basis, product);
        var matrix = new DoubleDouble[basis.Length][];
        for (var i = 0; i < basis.Length; i++)
        {
            matrix[i] = new DoubleDouble[basis.Length];
            for (var j = 0; j <= i; j++)
            {
                matrix[i][j] = matrix[j][i] = product(basis[i], basis[j]);
            }
        }

        _solver = GramSolver.TryOf(matrix);
    }

    /// <summary>Whether the basis is far enough from dependent.</summary>
    public bool IsUsable => _solver is not null;

    /// <summary>How a column is explained by the basis; null where that cannot be told.</summary>
    public DoubleDouble[]? Coefficients(int column)
    {
        if (!_coefficients.TryGetValue(column, out var found))
        {
            found = _solver?.Solve([.. _basis.Select(place => _product(place, column))]);
            _coefficients.Add(column, found);
        }

        return found;
    }

    /// <summary>The product of what is left of two columns; NaN where that cannot be told.</summary>
    public DoubleDouble Rest(int left, int right)
    {
        if (Coefficients(left) is not { } coefficients)
        {
            return double.NaN;
        }

        var sum = _product(left, right);
        for (var k = 0; k < _basis.Length; k++)
        {
            sum -= coefficients[k] * _product(_basis[k], right);
        }

        return sum;
    }
}

using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// The factors L D L' modulo a prime of a positive semidefinite matrix of whole numbers, over those columns that do not
/// depend on columns before them.
/// A minor that is not 0 modulo a prime is not 0, so these columns are independent for certain; that the others depend
/// on them is then to be proved.
/// </summary>
internal sealed class ModularFactor
{
    private readonly ulong[][] _lower; // row k: the k + 1 entries of L over Columns; the last is 1
    private readonly ulong[] _inverseDiagonal;

    /// <summary>Eliminates column by column, from the first to the last.</summary>
    public ModularFactor(BigInteger[,] matrix, PrimeField field)
    {
        Field = field;
        var size = matrix.GetLength(0);
        var rows = new ulong[size][]; // the remaining Schur complement, upper triangle
        for (var i = 0; i < size; i++)
        {
            rows[i] = new ulong[size];
            for (var j = i; j < size; j++)
            {
                rows[i][j] = field.Reduce(matrix[i, j]);
            }
        }

        var columns = new List<int>();
        var multipliers = new List<ulong[]>();
        var inverses = new List<ulong>();
        for (var k = 0; k < size; k++)
        {
            if (rows[k][k] == 0)
            {
                continue;
            }

            Stop.IfAsked();
            var inverse = field.Invert(rows[k][k]);
            var multiplier = new ulong[size];
            multiplier[k] = 1;
            for (var i = k + 1; i < size; i++)
            {
                multiplier[i] = field.Multiply(rows[k][i], inverse);
                if (multiplier[i] != 0)
                {
                    for (var j = i; j < size; j++)
                    {
                        rows[i][j] = field.Subtract(rows[i][j], field.Multiply(multiplier[i], rows[k][j]));
                    }
                }
            }

            columns.Add(k);
            multipliers.Add(multiplier);
            inverses.Add(inverse);
        }

        Columns = columns;
        _inverseDiagonal = [.. inverses];
        _lower = new ulong[columns.Count][];
        for (var r = 0; r < columns.Count; r++)
        {
            _lower[r] = new ulong[r + 1];
            for (var k = 0; k <= r; k++)
            {
                _lower[r][k] = multipliers[k][columns[r]];
            }
        }
    }

    /// <summary>The field of the factors.</summary>
    public PrimeField Field { get; }

    /// <summary>The independent columns, ascending.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>Solves with the submatrix of the independent columns, in place.</summary>
    /// <param name="x">One residue an independent column: the right-hand side, then the solution.</param>
    public void Solve(Span<ulong> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var row = _lower[i];
            var value = x[i];
            for (var k = 0; k < i; k++)
            {
                value = Field.Subtract(value, Field.Multiply(row[k], x[k]));
            }

            x[i] = value;
        }

        for (var i = 0; i < x.Length; i++)
        {
            x[i] = Field.Multiply(x[i], _inverseDiagonal[i]);
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            var row = _lower[i];
            var value = x[i];
            for (var k = 0; k < i; k++)
            {
                x[k] = Field.Subtract(x[k], Field.Multiply(row[k], value));
            }
        }
    }
}

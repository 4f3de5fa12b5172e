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
        : this(matrix.GetLength(0), (i, j) => matrix[i, j], field)
    {
    }

    /// <summary>
    /// Eliminates column by column, from the first to the last. Of the matrix only the diagonal is looked at, and the
    /// rows of independent columns: where these are few, so is the work.
    /// </summary>
    /// <param name="size">The number of rows and columns.</param>
    /// <param name="element">The elements, on the diagonal and above it.</param>
    /// <param name="field">The field.</param>
    public ModularFactor(int size, Func<int, int, BigInteger> element, PrimeField field)
    {
        Field = field;
        var rest = new ulong[size]; // the diagonal of what is left
        for (var j = 0; j < size; j++)
        {
            rest[j] = field.Reduce(element(j, j));
        }

        var columns = new List<int>();
        var rows = new List<ulong[]>(); // of what was left at each independent column
        var multipliers = new List<ulong[]>();
        var inverses = new List<ulong>();
        for (var k = 0; k < size; k++)
        {
            if (rest[k] == 0)
            {
                continue;
            }

            var (row, multiplier, inverse) = (new ulong[size], new ulong[size], field.Invert(rest[k]));
            (row[k], multiplier[k]) = (rest[k], 1);
            for (var j = k + 1; j < size; j++)
            {
                row[j] = field.Reduce(element(k, j));
            }

            for (var m = 0; m < rows.Count; m++)
            {
                var (factor, before) = (multipliers[m][k], rows[m]);
                for (var j = k + 1; j < size && factor != 0; j++)
                {
                    row[j] = field.Subtract(row[j], field.Multiply(factor, before[j]));
                }
            }

            for (var j = k + 1; j < size; j++)
            {
                multiplier[j] = field.Multiply(row[j], inverse);
                rest[j] = field.Subtract(rest[j], field.Multiply(multiplier[j], row[j]));
            }

            columns.Add(k);
            rows.Add(row);
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

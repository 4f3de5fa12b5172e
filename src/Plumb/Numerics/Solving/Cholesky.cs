namespace Plumb.Numerics;

/// <summary>
/// The factor L of A = L L' in double-double arithmetic, where A is a positive semidefinite matrix scaled by powers of
/// two to a diagonal near 1.
/// Golub and Van Loan, Matrix Computations, 4th ed., section 4.2.
/// </summary>
internal sealed class Cholesky
{
    private readonly DoubleDouble[][] _lower;

    private Cholesky(DoubleDouble[][] lower, int[] scales) => (_lower, Scales) = (lower, scales);

    /// <summary>The number of rows and columns.</summary>
    public int Size => _lower.Length;

    /// <summary>Powers of two: A[i, j] is the given matrix's element times 2^-(Scales[i] + Scales[j]).</summary>
    public int[] Scales { get; }

    /// <summary>Whether every pivot could be told from 0.</summary>
    public bool IsComplete => Enumerable.Range(0, Size).All(IsResolved);

    /// <summary>
    /// Whether a column's pivot could be told from 0; if not, its part of the factor is 0, as if it depended on the
    /// columns before it.
    /// </summary>
    public bool IsResolved(int column) => _lower[column][column].High > 0;

    /// <summary>L, row by row up to the diagonal.</summary>
    public DoubleDouble[][] Lower => _lower;

    /// <summary>Powers of two that bring the diagonal to between 1/4 and 1.</summary>
    public static int[] ScalesOf(ScaledMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Size).Select(i => (matrix[i, i].Magnitude + 1) >> 1)];

    /// <summary>Factors a matrix.</summary>
    public static Cholesky Of(ScaledMatrix matrix)
    {
        const double LeastPivot = 1.0 / (1L << 50) / (1L << 50); // double-double holds 106 bits of numbers near 1
        const int Share = 32; // rows that a thread takes at a time
        var size = matrix.Size;
        var scales = ScalesOf(matrix);
        var lower = new WideRows(size, size);
        for (var column = 0; column < size; column++)
        {
            var (j, square) = (column, Rest(column, column));
            var pivot = lower[j, j] = square.High > LeastPivot ? DoubleDouble.Sqrt(square) : 0;
            if (pivot.High > 0)
            {
                ParallelFor.ForEach((size - j - 1 + Share - 1) / Share, share =>
                {
                    for (var i = j + 1 + share * Share; i < Math.Min(size, j + 1 + (share + 1) * Share); i++)
                    {
                        lower[i, j] = Rest(i, j) / pivot;
                    }
                });
            }
        }

        return new Cholesky(
            [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, i + 1).Select(j => lower[i, j]).ToArray())],
            scales);

        // What the columns before leave of an element.
        DoubleDouble Rest(int i, int j) => DoubleDouble.Of(matrix[i, j].Scale(-scales[i] - scales[j]))
            - lower.Dot(i, j, PaddedRows.RoundUp(j));
    }

    /// <summary>
    /// The inverse of L, row by row, in the scaled coordinates; 0 in rows and columns that are not resolved.
    /// </summary>
    public DoubleDouble[][] InvertLower()
    {
        var inverse = new DoubleDouble[Size][];
        for (var i = 0; i < Size; i++)
        {
            var row = inverse[i] = new DoubleDouble[i + 1];
            if (!IsResolved(i))
            {
                continue;
            }

            var reciprocal = (DoubleDouble)1 / _lower[i][i];
            for (var k = 0; k < i; k++)
            {
                var factor = _lower[i][k] * reciprocal;
                var above = inverse[k];
                for (var j = 0; j <= k; j++)
                {
                    row[j] -= factor * above[j];
                }
            }

            row[i] = reciprocal;
        }

        return inverse;
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// Chooses independent columns of a positive semidefinite matrix: each is the one that has the most, in its own units,
/// that those before it have not. Cholesky's factorization
/// with diagonal pivoting, in double-doubles or, where that leaves too little, in whole numbers with a fixed point.
/// Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 10.3.
/// </summary>
internal static class PivotOrder
{
    private const int FewestBits = 192; // tells columns within 2^-64 of dependence
    private const int Noise = 64; // bits at the end that rounding may reach

    /// <summary>As many columns as the rank, in the order in which they were chosen.</summary>
    public static int[] Of(ScaledMatrix matrix, int rank)
    {
        if (TryChoose(matrix, rank) is { } rough)
        {
            return rough;
        }

        // Ends: enough bits tell every independent column from rounding.
        for (var bits = FewestBits; ; bits *= 2)
        {
            if (TryChoose(matrix, rank, bits) is { } chosen)
            {
                return chosen;
            }
        }
    }

    /// <summary>
    /// The choice in double-doubles; null where columns that are needed are close to dependence. Only the rows and
    /// columns of what is chosen are formed.
    /// </summary>
    private static int[]? TryChoose(ScaledMatrix matrix, int rank)
    {
        const double Close = 1.0 / (1L << 60); // of a column's square: far above what rounding leaves
        const int Share = 64; // columns that a thread takes at a time
        var (size, scales) = (matrix.Size, Cholesky.ScalesOf(matrix));
        DoubleDouble Element(int i, int j) => DoubleDouble.Of(matrix[i, j].Scale(-scales[i] - scales[j]));
        var left = Enumerable.Range(0, size).ToList();
        var rest = new DoubleDouble[size]; // what the columns left have of themselves that those chosen have not
        foreach (var j in left)
        {
            rest[j] = Element(j, j);
        }

        var chosen = new int[rank];
        var rows = new DoubleDouble[rank][]; // the row of each that was chosen, as it was then
        var factors = new DoubleDouble[rank][]; // its column, over its own element
        for (var k = 0; k < rank; k++)
        {
            left.RemoveAll(j => rest[j].High < Close);
            if (left.Count == 0)
            {
                return null;
            }

            var pivot = chosen[k] = left.MaxBy(j => Math.ILogB(rest[j].High) + 2 * scales[j]);
            left.Remove(pivot);
            var (row, factor, before) = (new DoubleDouble[size], new DoubleDouble[size], k);
            (rows[k], factors[k]) = (row, factor);
            ParallelFor.ForEach((left.Count + Share - 1) / Share, share =>
            {
                foreach (var j in CollectionsMarshal.AsSpan(left)[(share * Share)..Math.Min(left.Count,
                    (share + 1) * Share)])
                {
                    var own = row[j] = Element(pivot, j);
                    for (var m = 0; m < before; m++)
                    {
                        row[j] -= factors[m][pivot] * rows[m][j];
                        own -= factors[m][j] * rows[m][pivot];
                    }

                    factor[j] = own / rest[pivot];
                    rest[j] -= factor[j] * row[j];
                }
            });
        }

        return chosen;
    }

    private static int[]? TryChoose(ScaledMatrix matrix, int rank, int bits)
    {
        var scales = Cholesky.ScalesOf(matrix);
        BigInteger Element(int i,
            int j) => FixedPointCholesky.Fixed(matrix[i, j].Scale(-scales[i] - scales[j]), 2 * bits);

        var left = Enumerable.Range(0, matrix.Size).ToList();
        // What each column has that those chosen have not, squared.
        var rest = left.Select(j => Element(j, j)).ToArray();
        var lower = left.Select(_ => new BigInteger[rank]).ToArray();
        var chosen = new int[rank];
        for (var k = 0; k < rank; k++)
        {
            left.RemoveAll(j => rest[j].Sign <= 0 || rest[j].GetBitLength() <= bits + Noise);
            if (left.Count == 0)
            {
                return null;
            }

            var pivot = chosen[k] = left.MaxBy(j => new Dyadic(rest[j], 2 * scales[j]).Magnitude);
            left.Remove(pivot);
            var root = Dyadic.SquareRoot(rest[pivot]);
            foreach (var i in left)
            {
                var sum = Element(i, pivot);
                for (var m = 0; m < k; m++)
                {
                    sum -= lower[i][m] * lower[pivot][m];
                }

                lower[i][k] = sum / root;
                rest[i] -= lower[i][k] * lower[i][k];
            }
        }

        return chosen;
    }
}

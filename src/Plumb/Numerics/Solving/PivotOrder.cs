using System.Numerics;

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

    /// <summary>The choice in double-doubles; null where columns that are needed are close to dependence.</summary>
    private static int[]? TryChoose(ScaledMatrix matrix, int rank)
    {
        const double Close = 1.0 / (1L << 60); // of a column's square: far above what rounding leaves
        var (size, scales) = (matrix.Size, Cholesky.ScalesOf(matrix));
        var left = Enumerable.Range(0, size).ToList();
        var elements = new DoubleDouble[size][]; // what the columns left have of each other that those chosen have not
        ParallelFor.ForEach(size,
            i =>
                elements[i] = [.. Enumerable.Range(0, size)
                    .Select(j => DoubleDouble.Of(matrix[i, j].Scale(-scales[i] - scales[j])))]);
        var chosen = new int[rank];
        for (var k = 0; k < rank; k++)
        {
            left.RemoveAll(j => elements[j][j].High < Close);
            if (left.Count == 0)
            {
                return null;
            }

            var pivot = chosen[k] = left.MaxBy(j => Math.ILogB(elements[j][j].High) + 2 * scales[j]);
            left.Remove(pivot);
            var row = elements[pivot];
            ParallelFor.ForEach(left.Count, share =>
            {
                var own = elements[left[share]];
                var factor = own[pivot] / row[pivot];
                foreach (var j in left)
                {
                    own[j] -= factor * row[j];
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

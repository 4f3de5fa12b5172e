namespace Plumb.Numerics;

/// <summary>
/// The columns of a positive semidefinite matrix in the order in which each has the most, in its own units, that those before it have not: Cholesky's factorization with diagonal pivoting
/// in double-double. Columns of which only rounding is left come last, in their order. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., section 10.3.
/// </summary>
internal static class PivotOrder
{
    private const double Rounding = 1.0 / (1L << 45) / (1L << 45); // of a diagonal near 1: what a dependent column leaves in double-double

    public static int[] Of(ScaledMatrix matrix)
    {
        var scales = Cholesky.ScalesOf(matrix);
        var rest = Enumerable.Range(0, matrix.Size).Select(i =>
            Enumerable.Range(0, matrix.Size).Select(j => DoubleDouble.Of(matrix[i, j].Scale(-scales[i] - scales[j]))).ToArray()).ToArray();
        var order = new List<int>();
        var left = Enumerable.Range(0, matrix.Size).ToList();
        while (true)
        {
            var candidates = left.Where(j => rest[j][j].High > Rounding);
            if (!candidates.Any())
            {
                return [.. order, .. left];
            }

            var pivot = candidates.MaxBy(j => (Math.ILogB(rest[j][j].High) + 2 * scales[j], rest[j][j].High));
            order.Add(pivot);
            left.Remove(pivot);
            foreach (var i in left)
            {
                var factor = rest[i][pivot] / rest[pivot][pivot];
                foreach (var j in left)
                {
                    rest[i][j] -= factor * rest[pivot][j];
                }
            }
        }
    }
}

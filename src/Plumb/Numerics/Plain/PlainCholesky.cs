namespace Plumb.Numerics;

/// <summary>The factor L of A = L L' in doubles, for matrices with diagonals near 1. Golub and Van Loan, Matrix
/// Computations, 4th ed., section 4.2.</summary>
internal sealed class PlainCholesky
{
    private const double LeastPivot = 1e-14; // of the diagonal: below, rounding has eaten the column

    private readonly double[,] _lower;

    private PlainCholesky(double[,] lower) => _lower = lower;

    /// <summary>Factors a matrix; null where it is not positive definite to rounding.</summary>
    /// <param name="matrix">Symmetric; its lower triangle is read.</param>
    public static PlainCholesky? TryOf(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var lower = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    rest -= lower[i, k] * lower[j, k];
                }

                if (i > j)
                {
                    lower[i, j] = rest / lower[j, j];
                    continue;
                }

                if (!(rest > LeastPivot * matrix[i, i]) || !double.IsFinite(rest))
                {
                    return null;
                }

                lower[i, i] = Math.Sqrt(rest);
            }
        }

        return new PlainCholesky(lower);
    }

    /// <summary>The solution of A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        var solution = right.ToArray();
        for (var i = 0; i < solution.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                solution[i] -= _lower[i, k] * solution[k];
            }

            solution[i] /= _lower[i, i];
        }

        for (var i = solution.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < solution.Length; k++)
            {
                solution[i] -= _lower[k, i] * solution[k];
            }

            solution[i] /= _lower[i, i];
        }

        return solution;
    }
}

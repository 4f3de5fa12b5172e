namespace Plumb.Numerics;

/// <summary>
/// Solves G x = b in double-double for a matrix of products of columns that are nearly orthogonal or at least far from
/// dependent: by a factor in doubles and refinement. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
/// section 12.1.
/// </summary>
internal sealed class GramSolver
{
    private const double LeastPivot = 1e-9; // of a column's squared length
    private const double Wanted = 1e-30; // of b
    private const double Sufficient = 1e-22;
    private const int MostRounds = 60;

    private readonly DoubleDouble[][] _matrix;
    private readonly double[][] _lower;

    private GramSolver(DoubleDouble[][] matrix, double[][] lower) => (_matrix, _lower) = (matrix, lower);

    /// <summary>A solver; null where columns are too nearly dependent.</summary>
    /// <param name="matrix">The whole symmetric matrix.</param>
    public static GramSolver? TryOf(DoubleDouble[][] matrix)
    {
        var lower = new double[matrix.Length][];
        for (var i = 0; i < matrix.Length; i++)
        {
            lower[i] = new double[i + 1];
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i][j].High;
                for (var k = 0; k < j; k++)
                {
                    rest -= lower[i][k] * lower[j][k];
                }

                if (i == j && !(rest > LeastPivot * matrix[i][i].High))
                {
                    return null;
                }

                lower[i][j] = i == j ? Math.Sqrt(rest) : rest / lower[j][j];
            }
        }

        return new GramSolver(matrix, lower);
    }

    /// <summary>The solution; null where refinement does not converge.</summary>
    public DoubleDouble[]? Solve(DoubleDouble[] right)
    {
        var size = right.Length;
        var solution = new DoubleDouble[size];
        var rest = (DoubleDouble[])right.Clone();
        var (first, last) = (Largest(right), double.PositiveInfinity);
        for (var round = 0; round < MostRounds; round++)
        {
            var now = Largest(rest);
            if (now <= Wanted * first || !(now < last))
            {
                break;
            }

            last = now;
            var step = Substitute(rest);
            for (var i = 0; i < size; i++)
            {
                solution[i] += step[i];
            }

            for (var i = 0; i < size; i++)
            {
                var sum = right[i];
                for (var j = 0; j < size; j++)
                {
                    sum -= _matrix[i][j] * solution[j];
                }

                rest[i] = sum;
            }
        }

        return Largest(rest) <= Sufficient * first ? solution : null;
    }

    private static double Largest(DoubleDouble[] values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value.High));
        }

        return largest;
    }

    private double[] Substitute(DoubleDouble[] right)
    {
        var x = new double[right.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var sum = right[i].High;
            for (var j = 0; j < i; j++)
            {
                sum -= _lower[i][j] * x[j];
            }

            x[i] = sum / _lower[i][i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            var sum = x[i];
            for (var j = i + 1; j < x.Length; j++)
            {
                sum -= _lower[j][i] * x[j];
            }

            x[i] = sum / _lower[i][i];
        }

        return x;
    }
}

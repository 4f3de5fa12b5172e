namespace Plumb.Numerics;

/// <summary>
/// The largest eigenvalue of a symmetric positive semidefinite matrix that is known by its products with vectors:
/// Lanczos' iteration from a fixed start that looks random, every vector kept orthogonal to all before it.
/// Golub and Van Loan, Matrix Computations, 4th ed., section 10.1.
/// </summary>
internal static class Lanczos
{
    private const int MostSteps = 400;
    private const int StepsPerLook = 10;
    private const double Converged = 1e-12; // of the residual, relative to the eigenvalue

    /// <summary>
    /// An eigenvalue, within 1e-12 of itself beside the rounding of the products: the largest, unless the start lacked
    /// its direction, of which no case has been seen and none is proved away. Null where that takes too long.
    /// </summary>
    /// <param name="size">The number of rows and columns.</param>
    /// <param name="multiply">Writes the product with a vector; both are filled up with zeros to a multiple of
    /// eight.</param>
    public static double? Largest(int size, Action<double[], double[]> multiply)
    {
        var basis = new List<double[]> { Start(size) };
        var (diagonal, beside) = (new List<double>(), new List<double>()); // beside[k] couples k and k + 1
        while (diagonal.Count < Math.Min(size, MostSteps))
        {
            var next = new double[basis[0].Length];
            multiply(basis[^1], next);
            diagonal.Add(RowProducts.Dot(basis[^1], next));
            Orthogonalize(next, basis);
            Orthogonalize(next, basis); // what the first pass left by rounding
            beside.Add(Math.Sqrt(RowProducts.Dot(next, next)));
            if (!double.IsFinite(beside[^1]) || !double.IsFinite(diagonal[^1]))
            {
                return null;
            }

            var isLast = beside[^1] == 0 || diagonal.Count == size;
            if ((isLast || diagonal.Count % StepsPerLook == 0) && Look(diagonal, beside) is var (value, last)
                && (isLast || beside[^1] * last <= Converged * value))
            {
                return value;
            }

            Scale(next, 1 / beside[^1]);
            basis.Add(next);
        }

        return null;
    }

    /// <summary>The largest eigenvalue of the tridiagonal matrix, and the last element of its eigenvector.</summary>
    private static (double Value, double Last) Look(List<double> diagonal, List<double> beside)
    {
        var size = diagonal.Count;
        double Beside(int k) => k < 0 || k >= size - 1 ? 0 : beside[k];
        var high = 0.0; // Gershgorin's circles
        for (var k = 0; k < size; k++)
        {
            high = Math.Max(high, diagonal[k] + Beside(k - 1) + Beside(k));
        }

        // All pivots of shift - T are positive from the largest eigenvalue on.
        var low = 0.0;
        while (high - low > high / (1L << 51))
        {
            var middle = low + (high - low) / 2;
            (low, high) = IsAbove(middle) ? (low, middle) : (middle, high);
        }

        // Inverse iteration at the upper end: positive definite, so without pivoting.
        var (pivots, vector) = (new double[size], new double[size]);
        Array.Fill(vector, 1);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var k = 0; k < size; k++)
            {
                pivots[k] = Math.Max(double.Epsilon, high - diagonal[k])
                    - (k == 0 ? 0 : Beside(k - 1) * Beside(k - 1) / pivots[k - 1]);
                pivots[k] = Math.Max(pivots[k], high / (1L << 52));
                vector[k] += k == 0 ? 0 : Beside(k - 1) / pivots[k - 1] * vector[k - 1];
            }

            for (var k = size - 1; k >= 0; k--)
            {
                vector[k] = (vector[k] + Beside(k) * (k + 1 < size ? vector[k + 1] : 0)) / pivots[k];
            }

            var length = Math.Sqrt(vector.Sum(value => value * value));
            Scale(vector, 1 / length);
        }

        return (low, Math.Abs(vector[^1]));

        bool IsAbove(double shift)
        {
            var pivot = shift - diagonal[0];
            for (var k = 1; k < size && pivot > 0; k++)
            {
                pivot = shift - diagonal[k] - Beside(k - 1) * Beside(k - 1) / pivot;
            }

            return pivot > 0;
        }
    }

    private static void Orthogonalize(double[] vector, List<double[]> basis)
    {
        foreach (var direction in basis)
        {
            var length = RowProducts.Dot(vector, direction);
            RowProducts.Add(vector, -length, direction);
        }
    }

    private static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    /// <summary>A vector of length 1, of bits that SplitMix64 mixes: Steele, Lea and Flood, OOPSLA 2014.</summary>
    private static double[] Start(int size)
    {
        var vector = new double[PaddedRows.RoundUp(size)];
        for (var i = 0; i < size; i++)
        {
            var bits = (ulong)(i + 1) * 0x9E3779B97F4A7C15;
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            vector[i] = (double)(long)(bits ^ (bits >> 31)) / long.MaxValue;
        }

        Scale(vector, 1 / Math.Sqrt(RowProducts.Dot(vector, vector)));
        return vector;
    }
}

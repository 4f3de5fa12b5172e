namespace Plumb.Numerics;

/// <summary>
/// The eigenvalues of a small symmetric matrix, to a rounding of the largest: Householder reflections to tridiagonal
/// form, then the QL algorithm with implicit shifts.
/// Golub and Van Loan, Matrix Computations, 4th ed., sections 8.3.1 and 8.3.3.
/// </summary>
internal static class SymmetricEigenvalues
{
    private const int MostStepsPerValue = 60; // two or three are usual

    /// <summary>All of them, descending.</summary>
    /// <param name="matrix">The matrix, row by row; its lower triangle is read, and used up.</param>
    public static double[] Of(double[][] matrix)
    {
        var diagonal = new double[matrix.Length];
        var beside = new double[matrix.Length]; // beside[i] couples i - 1 and i
        Tridiagonalize(matrix, diagonal, beside);
        Diagonalize(diagonal, beside);
        Array.Sort(diagonal);
        Array.Reverse(diagonal);
        return diagonal;
    }

    private static void Tridiagonalize(double[][] a, double[] diagonal, double[] beside)
    {
        var product = new double[a.Length];
        for (var last = a.Length - 1; last > 0; last--)
        {
            // The reflection I - 2 v v' / v'v leaves of the last row only its neighbour of the diagonal; v stands in
            // that row.
            var v = a[last].AsSpan(0, last);
            diagonal[last] = a[last][last];
            var length = Math.Sqrt(Dot(v, v));
            beside[last] = v[^1] > 0 ? -length : length;
            v[^1] -= beside[last];
            var square = Dot(v, v);
            if (square > 0)
            {
                Reflect(a, v, square, product.AsSpan(0, last));
            }
        }

        diagonal[0] = a.Length > 0 ? a[0][0] : 0;
    }

    /// <summary>A - v w' - w v' with p = 2 A v / v'v and w = p - (p'v / v'v) v, in the lower triangle.</summary>
    private static void Reflect(double[][] a, ReadOnlySpan<double> v, double square, Span<double> w)
    {
        w.Clear();
        for (var i = 0; i < v.Length; i++)
        {
            var row = a[i];
            for (var j = 0; j < i; j++)
            {
                w[i] += row[j] * v[j];
                w[j] += row[j] * v[i];
            }

            w[i] += row[i] * v[i];
        }

        var half = Dot(w, v) / square;
        for (var i = 0; i < v.Length; i++)
        {
            w[i] = 2 * (w[i] - half * v[i]) / square;
        }

        for (var i = 0; i < v.Length; i++)
        {
            var row = a[i];
            for (var j = 0; j <= i; j++)
            {
                row[j] -= v[i] * w[j] + w[i] * v[j];
            }
        }
    }

    private static void Diagonalize(double[] d, double[] e)
    {
        var size = d.Length;
        for (var first = 0; first < size; first++)
        {
            for (var step = 0; step < MostStepsPerValue; step++)
            {
                var end = first;
                while (end + 1 < size
                    && Math.Abs(e[end + 1]) > double.Epsilon + (Math.Abs(d[end]) + Math.Abs(d[end + 1])) / (1L << 53))
                {
                    end++;
                }

                if (end == first)
                {
                    break;
                }

                Sweep(d, e, first, end);
            }
        }
    }

    /// <summary>One QL step with Wilkinson's shift on rows first to end.</summary>
    private static void Sweep(double[] d, double[] e, int first, int end)
    {
        var g = (d[first + 1] - d[first]) / (2 * e[first + 1]);
        var root = double.Hypot(g, 1);
        g = d[end] - d[first] + e[first + 1] / (g + Math.CopySign(root, g));
        var (sine, cosine, p) = (1.0, 1.0, 0.0);
        for (var i = end - 1; i >= first; i--)
        {
            var (f, b) = (sine * e[i + 1], cosine * e[i + 1]);
            var r = double.Hypot(f, g);
            if (i + 2 <= end)
            {
                e[i + 2] = r;
            }

            if (r == 0)
            {
                d[i + 1] -= p;
                return;
            }

            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            d[i + 1] = g + p;
            g = cosine * r - b;
        }

        d[first] -= p;
        e[first + 1] = g;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }
}

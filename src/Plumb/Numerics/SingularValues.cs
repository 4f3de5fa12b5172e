namespace Plumb.Numerics;

/// <summary>
/// Singular values and vectors by one-sided Jacobi rotations, which keep the small values' relative accuracy.
/// Demmel and Veselic, Jacobi's method is more accurate than QR, SIAM J. Matrix Anal. Appl. 13, 1992.
/// </summary>
internal static class SingularValues
{
    private const int MostSweeps = 60;

    /// <summary>Rotates the rows until they are orthogonal: then row i is its singular value times its singular vector, the largest first.</summary>
    /// <param name="rows">Count x length; changed in place.</param>
    /// <returns>The lengths of the rows, descending.</returns>
    public static double[] Orthogonalize(double[][] rows)
    {
        const double Tolerance = 1.0 / (1L << 52);
        for (var (sweep, rotated) = (0, true); rotated && sweep < MostSweeps; sweep++)
        {
            rotated = false;
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = i + 1; j < rows.Length; j++)
                {
                    rotated |= Rotate(rows[i], rows[j], Tolerance);
                }
            }
        }

        var lengths = rows.Select(row => Math.Sqrt(Dot(row, row))).ToArray();
        Array.Sort(lengths, rows, Comparer<double>.Create((a, b) => b.CompareTo(a)));
        return lengths;
    }

    private static bool Rotate(double[] x, double[] y, double tolerance)
    {
        var xx = Dot(x, x);
        var yy = Dot(y, y);
        var xy = Dot(x, y);
        if (Math.Abs(xy) <= tolerance * Math.Sqrt(xx) * Math.Sqrt(yy))
        {
            return false;
        }

        var zeta = (yy - xx) / (2 * xy);
        var tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        var cosine = 1 / Math.Sqrt(1 + tangent * tangent);
        var sine = cosine * tangent;
        for (var k = 0; k < x.Length; k++)
        {
            var (a, b) = (x[k], y[k]);
            x[k] = cosine * a - sine * b;
            y[k] = sine * a + cosine * b;
        }

        return true;
    }

    private static double Dot(double[] x, double[] y)
    {
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += x[k] * y[k];
        }

        return sum;
    }
}

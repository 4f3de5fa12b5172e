using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// The distribution of a quadratic form of standard normals, Q = sum of c[j] u[j]^2, by Imhof's inversion of its
/// characteristic function (Biometrika 48, 1961)
/// on the line through a saddle point, where nothing cancels: small probabilities are as accurate as large ones.
/// Helstrom, Calculating the distribution of quadratic forms by saddlepoint integration, IEEE Trans. Aerospace
/// Electron. Syst. 32, 1996.
/// </summary>
internal static class QuadraticFormTail
{
    private const double SmallStep = 1e-13; // of the logarithm of the saddle point's odds
    private const int MostSteps = 200;
    private const double Negligible = 1e-18; // of the integrand's peak
    // Of two trapezoidal sums, one with half the other's spacing: its error is then the square of that.
    private const double Agreement = 1e-13;
    private const int MostHalvings = 8;

    /// <summary>P(Q > 0).</summary>
    /// <param name="coefficients">c; three or more of them are not 0.</param>
    public static double Positive(ReadOnlySpan<double> coefficients)
    {
        var (largest, smallest) = (0.0, 0.0);
        foreach (var c in coefficients)
        {
            (largest, smallest) = (Math.Max(largest, c), Math.Min(smallest, c));
        }

        if (largest == 0 || smallest == 0)
        {
            return largest > 0 ? 1 : 0;
        }

        // In units of the largest: the transform's branch point then lies at 1/2.
        var scaled = new double[coefficients.Length];
        for (var j = 0; j < scaled.Length; j++)
        {
            scaled[j] = coefficients[j] / largest;
        }

        return Integrate(scaled, Saddle(scaled));
    }

    /// <summary>
    /// Where K(s) - log s is smallest for 0 &lt; s &lt; 1/2, K(s) = -1/2 sum of log(1 - 2 c s): convex, infinite at
    /// both ends.
    /// </summary>
    private static double Saddle(double[] coefficients)
    {
        var (low, high, s) = (0.0, 0.5, 0.25);
        for (var step = 0; step < MostSteps && high - low > SmallStep * Math.Min(low, 0.5 - high); step++)
        {
            var (slope, curvature) = (-1 / s, 1 / (s * s));
            foreach (var c in coefficients)
            {
                var part = c / (1 - 2 * c * s);
                slope += part;
                curvature += 2 * part * part;
            }

            (low, high) = slope > 0 ? (low, s) : (s, high);
            var next = s - slope / curvature;
            if (Math.Abs(next - s) <= SmallStep * s)
            {
                return s;
            }

            s = next > low && next < high ? next : (low + high) / 2;
        }

        return s;
    }

    /// <summary>
    /// 1/pi times the integral over y > 0 of the real part of exp(K(s + iy)) / (s + iy), by the trapezoidal rule in t,
    /// y = width sinh t.
    /// </summary>
    private static double Integrate(double[] coefficients, double s)
    {
        var curvature = 1 / (s * s);
        foreach (var c in coefficients)
        {
            var part = c / (1 - 2 * c * s);
            curvature += 2 * part * part;
        }

        var (width, peak) = (1 / Math.Sqrt(curvature), LogarithmAt(coefficients, s, 0).Real);
        var spacing = 0.5;
        var sum = Sum(coefficients, s, width, peak, spacing, start: 0);
        for (var halving = 0; halving < MostHalvings; halving++)
        {
            var between = Sum(coefficients, s, width, peak, spacing, start: spacing / 2);
            var (coarse, fine) = (sum, (sum + between) / 2);
            (sum, spacing) = (fine, spacing / 2);
            if (Math.Abs(fine - coarse) <= Agreement * Math.Abs(fine))
            {
                break;
            }
        }

        return Math.Clamp(sum * Math.Exp(peak) / Math.PI, 0, 1);
    }

    /// <summary>
    /// Spacing times the integrand over exp(peak) at t = start, start + spacing, ...; half of it at 0.
    /// </summary>
    private static double Sum(double[] coefficients, double s, double width, double peak, double spacing, double start)
    {
        var sum = 0.0;
        for (var k = 0; ; k++)
        {
            var t = start + k * spacing;
            var logarithm = LogarithmAt(coefficients, s, width * Math.Sinh(t));
            var size = Math.Exp(logarithm.Real - peak) * width * Math.Cosh(t);
            sum += (t == 0 ? 0.5 : 1) * size * Math.Cos(logarithm.Imaginary);
            if (!(size >= Negligible * width)) // also where it is no number
            {
                return sum * spacing;
            }
        }
    }

    /// <summary>
    /// K(z) - log z at z = s + iy: each factor's real part is positive, so that the principal logarithms are
    /// continuous.
    /// </summary>
    private static Complex LogarithmAt(double[] coefficients, double s, double y)
    {
        var (real, imaginary) = (-0.5 * Math.Log(s * s + y * y), -Math.Atan2(y, s));
        foreach (var c in coefficients)
        {
            var (x, z) = (1 - 2 * c * s, -2 * c * y);
            real -= 0.25 * Math.Log(x * x + z * z);
            imaginary -= 0.5 * Math.Atan2(z, x);
        }

        return new Complex(real, imaginary);
    }
}

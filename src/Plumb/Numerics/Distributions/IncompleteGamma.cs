namespace Plumb.Numerics;

/// <summary>
/// The regularized incomplete gamma functions P(a, x) = 1/Gamma(a) * (integral of t^(a-1) e^-t from 0 to x) and Q = 1 -
/// P, a > 0, x >= 0.
/// Each is computed by itself beyond the mean on its side, where it may be small.
/// To 12 digits or more for a from 0.05 up, as long as a unit in the last place of x moves the tail by no more than
/// that.
/// NIST DLMF 8.2, 8.7, 8.9.
/// </summary>
internal static class IncompleteGamma
{
    // For small a and x the fraction is slow and gathers rounding errors, while 1 - series loses a digit or two at the
    // worst.
    private const double FractionFrom = 0.5;

    /// <summary>P(a, x).</summary>
    public static Tail Lower(double a, double x) => FractionHolds(a, x) ? Fraction(a, x).Complement : Series(a, x);

    /// <summary>Q(a, x).</summary>
    public static Tail Upper(double a, double x) => FractionHolds(a, x) ? Fraction(a, x) : Series(a, x).Complement;

    private static bool FractionHolds(double a, double x) => x >= Math.Max(a, FractionFrom);

    // P = slope / a * (1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ...). DLMF 8.7.1.
    private static Tail Series(double a, double x)
    {
        var slope = Slope(a, x);
        var sum = 1.0;
        var term = 1.0;
        for (var k = 1.0; sum + term != sum; k++)
        {
            term *= x / (a + k);
            sum += term;
        }
        return new(sum * slope / a, slope);
    }

    // Q = slope / (x + 1 - a + 1 (a - 1) / (x + 3 - a + 2 (a - 2) / (x + 5 - a + ...))). The even part of DLMF 8.9.2.
    private static Tail Fraction(double a, double x)
    {
        var slope = Slope(a, x);
        if (slope == 0)
        {
            return new(0, 0);
        }
        var fraction = new ContinuedFraction(x - a + 1);
        for (var k = 1.0; !fraction.Ended; k++)
        {
            fraction.Add(k * (a - k), x - a + (2 * k + 1));
        }
        return new(slope / fraction.Value, slope);
    }

    // x^a e^-x / Gamma(a), the derivative of P by log x.
    private static double Slope(double a, double x) =>
        Math.Sqrt(a / (2 * Math.PI)) * Math.Exp(-StirlingError.Of(a)) * Deviance.Likelihood(a, x);
}

namespace Plumb.Numerics;

/// <summary>
/// The regularized incomplete beta function I_x(a, b) = 1/B(a, b) * (integral of t^(a-1) (1-t)^(b-1) from 0 to x), a, b
/// > 0,
/// and its complement, by the odds x / (1-x), which keep their digits where x is near one.
/// Each is computed by itself beyond the mean on its side, where it may be small.
/// To 12 digits or more for a and b from 0.05 up, as long as a unit in the last place of the odds moves the tail by no
/// more than that.
/// NIST DLMF 8.17.
/// </summary>
internal static class IncompleteBeta
{
    /// <summary>I_x(a, b), x = odds / (1 + odds).</summary>
    public static Tail Lower(double a, double b, double odds) => Below(a, b, Share(odds), 1 / (1 + odds));

    /// <summary>1 - I_x(a, b) = I_y(b, a), y = 1 / (1 + odds).</summary>
    public static Tail Upper(double a, double b, double odds) => Below(b, a, 1 / (1 + odds), Share(odds));

    private static double Share(double odds) => odds < 1 ? odds / (1 + odds) : 1 / (1 + 1 / odds);

    private static Tail Below(double a, double b, double x, double y)
    {
        var meanLessX = a > b ? (a + b) * y - b : a - (a + b) * x;
        return meanLessX >= 0 ? Fraction(a, b, x, y, meanLessX) : Fraction(b, a, y, x, -meanLessX).Complement;
    }

    // Didonato and Morris, Algorithm 708, ACM Trans. Math. Softw. 18(3), 1992, equation 9; meanLessX = a - (a + b) x >=
    // 0.
    private static Tail Fraction(double a, double b, double x, double y, double meanLessX)
    {
        var slope = Slope(a, b, x, y);
        if (slope == 0)
        {
            return new(0, 0);
        }
        var fraction = new ContinuedFraction(a / (a + 1) * (meanLessX + 1));
        for (var m = 1.0; !fraction.Ended; m++)
        {
            var before = a + 2 * m - 1;
            var after = before + 2;
            var alpha = (a + m - 1) / before * ((a + b + m - 1) / before) * m * (b - m) * x * x;
            var beta = m + m * (b - m) * x / before + (a + m) / after * (meanLessX + 1 + m * (1 + y));
            fraction.Add(alpha, beta);
        }
        return new(slope / fraction.Value, slope);
    }

    // x^a y^b / B(a, b), the derivative of I_x(a, b) by log odds.
    private static double Slope(double a, double b, double x, double y)
    {
        var n = a + b;
        var likelihood = Deviance.Likelihood(a, n * x) * Deviance.Likelihood(b, n * y);
        var stirling = StirlingError.Of(n) - StirlingError.Of(a) - StirlingError.Of(b);
        return Math.Sqrt(a / n * b / (2 * Math.PI)) * Math.Exp(stirling) * likelihood;
    }
}

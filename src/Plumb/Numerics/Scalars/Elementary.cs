namespace Plumb.Numerics;

/// <summary>
/// Exponentials and logarithms computed to about 100 bits and rounded once, so that they are the same on every machine.
/// </summary>
internal static class Elementary
{
    private const double LargestExponent = 709.8; // exp of more is infinite
    private const double SmallestExponent = -745.2; // exp of less is 0
    private const int Terms = 11; // of the series
    private const double Small = 1e-3; // the series is good to here
    private static readonly DoubleDouble s_log2 = DoubleDouble.Sum(0.6931471805599453, 2.3190468138462996e-17);
    private static readonly DoubleDouble s_log10 = DoubleDouble.Sum(2.302585092994046, -2.1707562233822494e-16);
    private static readonly DoubleDouble[] s_inverses =
        [.. Enumerable.Range(0, Terms + 1).Select(k => (DoubleDouble)1 / Math.Max(k, 1))];

    /// <summary>e^x.</summary>
    public static double Exp(double x) =>
        double.IsNaN(x) ? x
            : x > LargestExponent ? double.PositiveInfinity
            : x < SmallestExponent ? 0
            : Rounded(ExpOf(x));

    /// <summary>e^x - 1.</summary>
    public static double ExpM1(double x) =>
        x == 0 || double.IsNaN(x) ? x
            : x > LargestExponent ? double.PositiveInfinity
            : x < SmallestExponent ? -1
            : Rounded(ExpM1Of(x));

    /// <summary>The natural logarithm; none of a number below 0.</summary>
    public static double Log(double x) => HasLogarithm(x) ? Rounded(LogOf(x)) : Math.Log(x);

    /// <summary>The logarithm to base 2.</summary>
    public static double Log2(double x) => HasLogarithm(x) ? Rounded(LogOf(x) / s_log2) : Math.Log(x);

    /// <summary>The logarithm to base 10.</summary>
    public static double Log10(double x) => HasLogarithm(x) ? Rounded(LogOf(x) / s_log10) : Math.Log(x);

    /// <summary>The natural logarithm of 1 + x.</summary>
    public static double Log1P(double x) => x == 0 ? x
        : x > -1 && double.IsFinite(x) ? Rounded(LogOf(DoubleDouble.Sum(1, x))) : Math.Log(1 + x);

    private static bool HasLogarithm(double x) => x > 0 && double.IsFinite(x);

    private static double Rounded(DoubleDouble value) => value.High + value.Low;

    // One step of Newton's method from the double's logarithm y: y + r - r^2 / 2, r = x e^-y - 1.
    private static DoubleDouble LogOf(DoubleDouble x)
    {
        const double Middle = 1.4142135623730951;
        var exponent = Math.ILogB(x.High);
        exponent += Math.ScaleB(x.High, -exponent) > Middle ? 1 : 0;
        var significand = x.Scale(-exponent);
        var first = Math.Log(significand.High);
        var less = ExpM1Of(-first);
        var rest = less + (less + 1) * (significand - 1);
        var logarithm = (DoubleDouble)first + (rest - rest * rest * 0.5);
        return exponent == 0 ? logarithm : s_log2 * exponent + logarithm;
    }

    private static DoubleDouble ExpM1Of(double x) => Math.Abs(x) < Small ? Series(x) : ExpOf(x) - 1;

    private static DoubleDouble ExpOf(double x)
    {
        const int Halvings = 8;
        var twos = (int)Math.Round(x / s_log2.High);
        var less = Series(((DoubleDouble)x - s_log2 * twos).Scale(-Halvings));
        for (var i = 0; i < Halvings; i++)
        {
            less = less * 2 + less * less; // (1 + a)^2 - 1
        }

        // In two steps where one would leave a double's range.
        return (less + 1).Scale(twos / 2).Scale(twos - twos / 2);
    }

    // e^x - 1 = x + x^2 / 2 + x^3 / 6 + ..., of |x| up to 0.0014: what is left out is below 2^-106 of it.
    private static DoubleDouble Series(DoubleDouble x)
    {
        DoubleDouble sum = 1;
        for (var k = Terms; k > 1; k--)
        {
            sum = sum * x * s_inverses[k] + 1;
        }

        return sum * x;
    }
}

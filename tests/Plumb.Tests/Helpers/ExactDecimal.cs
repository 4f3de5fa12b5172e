using System.Globalization;
using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>A decimal of any length, exactly: what references of 25 digits and more are compared with.</summary>
internal sealed record ExactDecimal(BigInteger Significand, int Power)
{
    public static ExactDecimal Parse(string text)
    {
        var (mantissa, exponent) = text.ToUpperInvariant().Split('E') is [var m, var e]
            ? (m, int.Parse(e, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : (text, 0);
        var point = mantissa.IndexOf('.');
        var fraction = point < 0 ? 0 : mantissa.Length - point - 1;
        return new ExactDecimal(
            BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture),
            exponent - fraction);
    }

    /// <summary>
    /// -log10 of the relative error of a double; 30 where there is none, -infinity where this is 0 and the double is
    /// not, or where it is infinite.
    /// </summary>
    public double Digits(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.NegativeInfinity;
        }

        var ten = BigInteger.Pow(10, Math.Abs(Power));
        var exact = new Dyadic(Power >= 0 ? Significand * ten : Significand, 0);
        var distance = ((Power >= 0 ? value : (Dyadic)value * new Dyadic(ten, 0)) - exact).Abs();
        return distance.IsZero ? 30 : exact.IsZero ? double.NegativeInfinity : exact.Log10() - distance.Log10();
    }
}

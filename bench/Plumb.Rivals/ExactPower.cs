using System.Globalization;
using System.Numerics;

namespace Plumb.Rivals;

/// <summary>A power of a double in one rounding.</summary>
internal static class ExactPower
{
    public static double Of(double x, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52 & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFF;
        (mantissa, exponent) = exponent == 0 ? (mantissa, -1074) : (mantissa | 1L << 52, exponent - 1075);
        var value = BigInteger.Pow(x < 0 ? -mantissa : mantissa, power);
        exponent *= power;

        // A decimal that is exact, which parsing rounds once: value 2^-e = value 5^e 10^-e.
        return exponent < 0
            ? double.Parse(value * BigInteger.Pow(5, -exponent) + "e" + exponent.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture)
            : (double)(value << exponent);
    }
}

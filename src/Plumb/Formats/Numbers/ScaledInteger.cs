using System.Globalization;
using System.Numerics;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Whole numbers and decimals, as typed formats hold them, made doubles by the rules of <see cref="DecimalExact"/>.
/// </summary>
internal static class ScaledInteger
{
    private const long Exact = 1L << 53; // up to here a whole number is a double
    // 10^22 is the last that is a double.
    private static readonly double[] s_powers = [.. Enumerable.Range(0, 23).Select(power => Math.Pow(10, power))];

    /// <summary>The double nearest to value / 10^scale.</summary>
    public static DecimalValue ToDouble(long value, int scale = 0) =>
        value is >= -Exact and <= Exact && scale < s_powers.Length
            ? new DecimalValue(value / s_powers[scale], DecimalOutcome.Number) // one rounding
            : Parse(value.ToString(CultureInfo.InvariantCulture), scale);

    /// <summary>The double nearest to value / 10^scale.</summary>
    public static DecimalValue ToDouble(Int128 value, int scale = 0) =>
        value >= -Exact && value <= Exact ? ToDouble((long)value, scale)
            : Parse(value.ToString(CultureInfo.InvariantCulture), scale);

    /// <summary>The double nearest to value.</summary>
    public static DecimalValue ToDouble(UInt128 value) =>
        value <= (UInt128)Exact ? ToDouble((long)value) : Parse(value.ToString(CultureInfo.InvariantCulture), 0);

    /// <summary>The double nearest to value / 10^scale.</summary>
    public static DecimalValue ToDouble(BigInteger value, int scale) =>
        Parse(value.ToString(CultureInfo.InvariantCulture), scale);

    private static DecimalValue Parse(string digits, int scale) =>
        DecimalExact.Parse(Encoding.ASCII.GetBytes(scale == 0 ? digits : Pointed(digits, scale)), (byte)'.');

    private static string Pointed(string digits, int scale)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var padded = digits[sign.Length..].PadLeft(scale + 1, '0');
        return $"{sign}{padded[..^scale]}.{padded[^scale..]}";
    }
}

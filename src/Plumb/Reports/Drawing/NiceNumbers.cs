using System.Globalization;

namespace Plumb.Reports;

/// <summary>Round numbers, as people read them on an axis.</summary>
internal static class NiceNumbers
{
    private static readonly NumberFormatInfo s_spaced = new() { NumberGroupSeparator = " ", NegativeSign = "−" };

    /// <summary>
    /// The one of 1, 2, 5 times a power of ten that divides a range into about so many steps: Heckbert, Graphics Gems
    /// (1990).
    /// </summary>
    public static double Step(double low, double high, int most)
    {
        var rough = (high / Math.Max(1, most - 1)) - (low / Math.Max(1, most - 1));
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var digit = rough / power;
        return power * (digit < 1.5 ? 1 : digit < 3 ? 2 : digit < 7 ? 5 : 10);
    }

    /// <summary>A number on an axis whose numbers are a step apart.</summary>
    public static string Text(double value, double step, double low, double high)
    {
        const double MostInFull = 1e6;
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        if (Math.Abs(value) < step * 1e-6)
        {
            return "0";
        }

        if (size >= MostInFull || size < 1e-3)
        {
            var exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-12);
            var decimals = Math.Clamp(exponent - (int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
            var mantissa = value / Math.Pow(10, exponent);
            return Mantissa(mantissa, decimals) + "·" + Power(exponent);
        }

        return Fixed(value, Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15));
    }

    /// <summary>A power of ten with its exponent raised.</summary>
    public static string Power(int exponent) => "10" + string.Concat(
        exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));

    private static string Mantissa(double value, int decimals) =>
        decimals == 0 ? Fixed(value, 0) : Fixed(value, decimals).TrimEnd('0').TrimEnd('.');

    private static string Fixed(double value, int decimals) =>
        value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), s_spaced);
}

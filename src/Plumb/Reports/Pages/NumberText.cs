using System.Globalization;

namespace Plumb.Reports;

/// <summary>Numbers as people read them: few digits, invariant, no exponent where none is needed.</summary>
internal static class NumberText
{
    /// <summary>
    /// So many significant digits; trailing zeros are kept, so that columns of numbers can be compared.
    /// </summary>
    public static string Significant(double value, int digits)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value == 0 ? "0" : value.ToString(CultureInfo.InvariantCulture);
        }

        var scientific = value.ToString("e" + (digits - 1).ToString(CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('e') + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        return exponent < -4 || exponent > Math.Max(digits, 6)
            ? Mantissa(scientific) + "e" + exponent.ToString(CultureInfo.InvariantCulture)
            : value.ToString("F" + Math.Max(0, digits - 1 - exponent).ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture);
    }

    /// <summary>A coefficient: six digits; whole numbers as such.</summary>
    public static string Coefficient(double value) =>
        double.IsInteger(value) && Math.Abs(value) < 1e6 ? Whole((long)value) : Significant(value, 6);

    /// <summary>A learning rate: up to four digits, no trailing zeros.</summary>
    public static string Rate(double value)
    {
        var text = Significant(value, 4);
        return text.Contains('.') && !text.Contains('e') ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    /// <summary>A measure of size or uncertainty: three digits.</summary>
    public static string Measure(double value) => Significant(value, 3);

    /// <summary>
    /// A share, such as R²: four digits; more where it is nearly 1, so that it never reads as 1 where it is less.
    /// </summary>
    public static string Share(double value)
    {
        if (value is not (> 0.9999 and < 1))
        {
            return value == 1 ? "1" : Significant(value, 4);
        }

        // To the first digit that is no 9, where what is missing is at least one unit: 1 - 4.13e-5 is 0.99996.
        var decimals = (int)Math.Floor(-Math.Log10(1 - value)) + 1;
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A difference: four digits and always a sign.</summary>
    public static string Signed(double value) => (value > 0 ? "+" : "") + Significant(value, 4);

    /// <summary>A count and its noun: "1 row", "768 rows".</summary>
    public static string Of(double count, string noun) => Count(count) + " " + noun + (count == 1 ? "" : "s");

    /// <summary>A count of steps, rows or directions: thousands apart; beyond a million, three digits.</summary>
    public static string Count(double value) => value switch
    {
        double.PositiveInfinity => "infinitely many",
        < 1e7 => Whole((long)value),
        _ => Significant(value, 3),
    };

    /// <summary>The digits to trust, rounded down, and what limits them.</summary>
    public static string Digits(BelievableDigits? digits) => digits is not { } known ? "-" : string.Create(
        CultureInfo.InvariantCulture,
        $"{Math.Floor(known.Digits * 10) / 10:F1} {known.Limit switch
        {
            DigitLimit.Arithmetic => "arithmetic",
            DigitLimit.Data => "data",
            _ => "noise",
        }}");

    private static string Whole(long value) => value.ToString("#,0", s_spaced);

    private static readonly NumberFormatInfo s_spaced = new() { NumberGroupSeparator = " " };

    private static string Mantissa(string scientific)
    {
        var mantissa = scientific[..scientific.IndexOf('e')];
        return mantissa.Contains('.') ? mantissa.TrimEnd('0').TrimEnd('.') : mantissa;
    }
}

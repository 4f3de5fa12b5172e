using System.Globalization;
using System.Numerics;

namespace Plumb.Formats;

/// <summary>
/// The numbers that data files may hold: [+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)? in ASCII bytes, and nothing else.
/// </summary>
internal static class DecimalExact
{
    /// <summary>Whether a cell is written like a number, whichever of the decimal separators it uses.</summary>
    public static bool LooksNumeric(ReadOnlySpan<byte> cell) => Matches(cell, (byte)'.') || Matches(cell, (byte)',');

    private const int SafeDigits = 15; // so many digits are always held: no need to look closer
    // So many digits tell every two doubles apart: writers have no reason to give more.
    private const int RoundTripDigits = 17;
    private const double SafeInteger = 1L << 53; // beyond it, not every whole number is a double

    /// <summary>Whether the text is a number in this notation.</summary>
    public static bool Matches(ReadOnlySpan<byte> text, byte separator) => Scan(text, separator).IsNumber;

    /// <summary>The number that the text is.</summary>
    /// <param name="text">The text; a decimal comma is exchanged in place and put back, so that nothing is
    /// copied.</param>
    /// <param name="separator">The decimal separator.</param>
    public static DecimalValue Parse(Span<byte> text, byte separator)
    {
        var form = Scan(text, separator);
        if (!form.IsNumber)
        {
            return new DecimalValue(0, DecimalOutcome.NotANumber);
        }

        var value = ToDouble(text, form.Separator, separator);
        if (!double.IsFinite(value))
        {
            return new DecimalValue(0, DecimalOutcome.Overflow);
        }

        var mantissa = text[..form.MantissaEnd];
        if (value == 0)
        {
            var zero = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9') < 0;
            return new DecimalValue(value, zero ? DecimalOutcome.Number : DecimalOutcome.Underflow);
        }

        return new DecimalValue(value,
            mantissa.Length <= SafeDigits ? DecimalOutcome.Number : LossOf(text, form, value));
    }

    /// <summary>The number that the text is, as it is written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">The decimal separator.</param>
    public static (DecimalNumber Value, DecimalOutcome Outcome) ParseExactly(ReadOnlySpan<byte> text, byte separator)
    {
        var form = Scan(text, separator);
        if (!form.IsNumber)
        {
            return (default, DecimalOutcome.NotANumber);
        }

        var mantissa = text[..form.MantissaEnd];
        if (mantissa.IndexOfAnyInRange((byte)'1', (byte)'9') < 0)
        {
            return (default, DecimalOutcome.Number);
        }

        // Zeros at the end count as digits, unless there are too many of them.
        var digits = DecimalDigits.Of(mantissa, text[form.MantissaEnd..], form.Separator);
        var printed = DecimalPlaces.Of(text, separator);
        var decimals = printed.Digits <= DecimalNumber.MostDigits ? printed.Decimals : -digits.Exponent;
        if (digits.Count > DecimalNumber.MostDigits || Math.Abs(decimals) > DecimalNumber.MostDecimals)
        {
            return (default,
                digits.Count > DecimalNumber.MostDigits ? DecimalOutcome.TooManyDigits
                    : DecimalOutcome.TooFarFromPoint);
        }

        var whole = digits.ToInteger() * BigInteger.Pow(10, (int)(digits.Exponent + decimals));
        return (DecimalNumber.Of(text[0] == '-' ? -whole : whole, (int)decimals), DecimalOutcome.Number);
    }

    private static double ToDouble(Span<byte> text, int place, byte separator)
    {
        if (place >= 0)
        {
            text[place] = (byte)'.';
        }

        var parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        if (place >= 0)
        {
            text[place] = separator;
        }

        return parsed ? value
            : throw new InvalidOperationException("a text in decimal notation was not parsed; this is a defect.");
    }

    private static DecimalOutcome LossOf(ReadOnlySpan<byte> text, Form form, double value)
    {
        var digits = DecimalDigits.Of(text[..form.MantissaEnd], text[form.MantissaEnd..], form.Separator);
        var longDigits = digits.Count > RoundTripDigits;
        var largeInteger = form.Separator < 0 && form.MantissaEnd == text.Length && Math.Abs(value) >= SafeInteger;
        if (!(longDigits || largeInteger) || digits.Equal(value))
        {
            return DecimalOutcome.Number;
        }

        return (longDigits ? DecimalOutcome.DigitsLost : 0) | (largeInteger ? DecimalOutcome.IntegerRounded : 0);
    }

    private static Form Scan(ReadOnlySpan<byte> text, byte separator)
    {
        var position = text is [(byte)'+' or (byte)'-', ..] ? 1 : 0;
        var whole = SkipDigits(text, ref position);
        var place = -1;
        var fraction = 0;
        if (position < text.Length && text[position] == separator)
        {
            place = position++;
            fraction = SkipDigits(text, ref position);
        }

        var mantissaEnd = position;
        var complete = whole + fraction > 0;
        if (position < text.Length && text[position] is (byte)'e' or (byte)'E')
        {
            position++;
            position += position < text.Length && text[position] is (byte)'+' or (byte)'-' ? 1 : 0;
            complete &= SkipDigits(text, ref position) > 0;
        }

        return new Form(complete && position == text.Length, place, mantissaEnd);
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9')
        {
            position++;
        }

        return position - start;
    }

    private readonly record struct Form(bool IsNumber, int Separator, int MantissaEnd);
}

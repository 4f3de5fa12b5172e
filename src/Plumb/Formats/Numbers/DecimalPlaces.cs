namespace Plumb.Formats;

/// <summary>The places of the first and the last printed digit of a number.</summary>
/// <param name="Digits">The printed digits from the first that is not 0 to the last; 0 when the number is zero.</param>
/// <param name="Decimals">Minus the power of ten of the last digit: digits after the point, less the exponent.</param>
internal readonly record struct DecimalPlaces(int Digits, int Decimals)
{
    private const int Beyond = 1 << 20; // farther from the point than a field has bytes

    /// <summary>The power of ten of the first digit that is not 0.</summary>
    public int Exponent => Digits - 1 - Decimals;

    /// <summary>The places of a text that is a number.</summary>
    public static DecimalPlaces Of(ReadOnlySpan<byte> number, byte separator)
    {
        var end = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = end < 0 ? number : number[..end];
        var place = mantissa.IndexOf(separator);
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        var digits = first < 0 ? 0 : mantissa.Length - first - (place > first ? 1 : 0);
        var fraction = place < 0 ? 0 : mantissa.Length - place - 1;
        return new DecimalPlaces(digits, fraction - (end < 0 ? 0 : ExponentOf(number[(end + 1)..])));
    }

    private static int ExponentOf(ReadOnlySpan<byte> text)
    {
        var exponent = 0;
        foreach (var digit in text)
        {
            exponent = digit is (byte)'+' or (byte)'-' ? 0 : Math.Min(Beyond, 10 * exponent + digit - '0');
        }

        return text[0] == '-' ? -exponent : exponent;
    }
}

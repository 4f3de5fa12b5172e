namespace Plumb.Formats;

/// <summary>
/// Numbers in spellings that mean one thing only, written plainly: with Fortran's exponents, as in 1.0D+03, and with
/// separators between groups of three digits, once it is known which those are.
/// </summary>
internal static class OtherSpelling
{
    /// <summary>The longest text that is looked at.</summary>
    public const int Longest = 64;

    private const int Group = 3;

    /// <summary>Whether a text may be one: anything else need not be looked at closely.</summary>
    public static bool IsPossible(ReadOnlySpan<byte> cell) => cell.Length is > 2 and < Longest
        && (cell[^1] is >= (byte)'0' and <= (byte)'9' or (byte)'.' or (byte)',')
        && cell.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0;

    /// <summary>Writes the text plainly.</summary>
    /// <param name="cell">The text.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <param name="thousands">The separator of groups; 0 where there is none.</param>
    /// <param name="plain">Receives it, with room for <see cref="Longest"/> bytes.</param>
    /// <returns>Its length; 0 where the text is not such a number.</returns>
    public static int Rewrite(ReadOnlySpan<byte> cell, byte separator, byte thousands, Span<byte> plain)
    {
        var place = cell.IndexOfAny("dDqQ"u8);
        var mantissa = place < 0 ? cell : cell[..place];
        var length = thousands == 0 ? Copy(mantissa, plain) : WithoutGroups(mantissa, separator, thousands, plain);
        if (length == 0 || (place < 0 && length == cell.Length))
        {
            return 0;
        }

        if (place >= 0)
        {
            plain[length++] = (byte)'e';
            length += Copy(cell[(place + 1)..], plain[length..]);
        }

        return DecimalExact.Matches(plain[..length], separator) ? length : 0;
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> plain)
    {
        text.CopyTo(plain);
        return text.Length;
    }

    // The whole part is one to three digits, and then groups of three; a blank may be a no-break space.
    private static int WithoutGroups(ReadOnlySpan<byte> text, byte separator, byte thousands, Span<byte> plain)
    {
        var (length, digits, groups) = (0, 0, 0);
        var position = 0;
        for (; position < text.Length && text[position] != separator; position++)
        {
            var width = WidthOfSeparator(text[position..], thousands);
            if (width == 0)
            {
                digits += text[position] is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
                plain[length++] = text[position];
                continue;
            }

            if (groups == 0 ? digits is 0 or > Group : digits != Group)
            {
                return 0;
            }

            (digits, groups, position) = (0, groups + 1, position + width - 1);
        }

        if (groups > 0 && digits != Group)
        {
            return 0;
        }

        return length + Copy(text[position..], plain[length..]);
    }

    private static int WidthOfSeparator(ReadOnlySpan<byte> text, byte thousands) =>
        text[0] == thousands ? 1
        : thousands != ' ' ? 0
        : text.StartsWith("\u00A0"u8) ? 2
        : text.StartsWith("\u202F"u8) || text.StartsWith("\u2009"u8) ? 3
        : 0;
}

using System.Buffers;
using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Texts that mean a number to a person, whether or not they can be read as one: 1,189 or $5 or (3.1) or 12 % or
/// 1.0D+03.
/// </summary>
internal static class NumberLike
{
    private const string Separators = ".,'_ \u00A0\u2009\u202F";
    private static readonly SearchValues<char> s_digitsAndPoints = SearchValues.Create("0123456789.,");

    /// <summary>Whether a text is such.</summary>
    public static bool Is(string text)
    {
        var rest = WithoutMarks(text);
        var exponent = rest.IndexOfAny(['e', 'E', 'd', 'D']);
        if (exponent > 0)
        {
            var power = rest[(exponent + 1)..].TrimStart('+', '-', '\u2212');
            rest = power.Length > 0 && power.All(char.IsAsciiDigit) ? rest[..exponent] : "";
        }
        else if (LacksItsE(rest))
        {
            rest = rest[..^4];
        }

        var parts = rest.Split([.. Separators]);
        // 12  1,189  1.189,50  12,34,567.8  .5 ; not 10.0.0.1, nor 1.2.3
        return parts.All(part => part.All(char.IsAsciiDigit))
            && parts.Any(part => part.Length > 0)
            && parts.Length switch
            {
                1 or 2 => true,
                _ => parts[0].Length is > 0 and <= 3 && parts[1..^2].All(part => part.Length is 2 or 3)
                    && parts[^2].Length == 3,
            };
    }

    /// <summary>
    /// Whether a text may be a number as 3.1-101, which Fortran writes where an exponent has three digits.
    /// </summary>
    public static bool LacksItsE(string text) => text.Length > 4 && text[^4] is ('+' or '-')
        && text.AsSpan(text.Length - 3).IndexOfAnyExceptInRange('0', '9') < 0
        && text.AsSpan(0, text.Length - 4).IndexOfAny('.', ',') >= 0
        && text.AsSpan(0, text.Length - 4).TrimStart("+-").IndexOfAnyExcept(s_digitsAndPoints) < 0
        && text.AsSpan(0, text.Length - 4).Count('.') + text.AsSpan(0, text.Length - 4).Count(',') == 1;

    // Without signs, parentheses, percent signs and currencies, and the blanks about them.
    private static string WithoutMarks(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsMark(text[start]))
        {
            start++;
        }

        while (end > start && IsMark(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    private static bool IsMark(char c) => c is '+' or '-' or '\u2212' or '\u2013' or '(' or ')' or '%' or '\u2030'
        || char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.CurrencySymbol
            or UnicodeCategory.Format;
}

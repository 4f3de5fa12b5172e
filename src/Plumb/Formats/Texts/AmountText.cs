using System.Globalization;

namespace Plumb.Formats;

/// <summary>A number with a sign of percent or of money: 12 %, $1,189.00, -€ 5, 5 EUR.</summary>
/// <param name="Sign">The sign, as it stands there.</param>
/// <param name="Number">The number, with a minus where there is one.</param>
internal sealed record AmountText(string Sign, string Number)
{
    /// <summary>The longest text that is looked at.</summary>
    public const int Longest = 64;

    private const string InNumbers = "0123456789.,' \u00A0\u2009\u202F";

    // What stands for money beside the characters that Unicode calls currency symbols.
    private static readonly string[] s_words =
    [
        "US$", "A$", "C$", "R$", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "SEK", "NOK", "DKK",
        "PLN", "CZK", "BRL", "kr", "Fr.", "z\u0142",
    ];

    /// <summary>The parts of a text; null where it is no such number.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    public static AmountText? Of(string text)
    {
        if (text.Length > Longest || !text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return null;
        }

        var (rest, minus) = WithoutMinus(text);
        var before = SignOf(word => rest.StartsWith(word, StringComparison.Ordinal), rest[0]);
        var after = SignOf(word => rest.EndsWith(word, StringComparison.Ordinal), rest[^1]);
        if (before is null == after is null)
        {
            return null;
        }

        rest = before is not null ? rest[before.Length..].TrimStart() : rest[..^after!.Length].TrimEnd();
        if (before is not null && minus.Length == 0)
        {
            (rest, minus) = WithoutMinus(rest); // $-5
        }

        return rest is [>= '0' and <= '9' or '.' or ',', ..] && rest.All(InNumbers.Contains)
            ? new AmountText(before ?? after!, minus + rest) : null;
    }

    private static (string Digits, string Minus) WithoutMinus(string text) =>
        text is ['-', _, ..] ? (text[1..].TrimStart(), "-") : (text, "");

    private static string? SignOf(Predicate<string> stands, char character) =>
        Array.Find(s_words, stands) ?? (character is '%' or '\u2030'
            || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol
                ? character.ToString() : null);
}

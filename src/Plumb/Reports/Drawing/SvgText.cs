using System.Globalization;
using System.Text;

namespace Plumb.Reports;

/// <summary>Names and numbers as SVG holds them.</summary>
internal static class SvgText
{
    private const double Farthest = 99999; // beyond any picture: what lies there is cut off anyway
    private const char Unprintable = '\uFFFD';

    /// <summary>
    /// Text for an element or an attribute. What XML cannot hold, and marks that turn the direction of what follows,
    /// are shown as U+FFFD.
    /// </summary>
    public static string Escaped(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes()) // lone surrogates come as U+FFFD
        {
            _ = rune.Value switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '\'' => result.Append("&#39;"),
                '\t' or '\n' or '\r' => result.Append(' '),
                _ when IsUnprintable(rune) => result.Append(Unprintable),
                _ => result.Append(rune.ToString()),
            };
        }

        return result.ToString();
    }

    /// <summary>A coordinate, to a tenth of a unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not a number.</exception>
    public static string Coordinate(double value)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsNaN(value), true, nameof(value));
        var rounded = Math.Round(Math.Clamp(value, -Farthest, Farthest), 1);
        return (rounded == 0 ? 0 : rounded).ToString("0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a character has no picture of its own that is safe to show.</summary>
    public static bool IsUnprintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        || rune.Value is 0xFFFE or 0xFFFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F;
}

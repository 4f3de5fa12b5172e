using System.Globalization;
using System.Text;

namespace Plumb.Reports;

/// <summary>How wide text is, before it is drawn: by Helvetica's widths, and as much more as the widest of the common
/// fonts, DejaVu Sans, needs.</summary>
internal static class TextWidth
{
    private const double Allowance = 1.14; // of Helvetica, in the mean
    private const string Ellipsis = "…";

    // From space to tilde, in thousandths of the font's size (Adobe's font metrics for Helvetica; + < = > ^ ~ are 735
    // in it, with the allowance what DejaVu Sans has).
    private static readonly int[] s_thousandths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 735, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 735, 735, 735, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 735, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 735,
    ];

    /// <summary>The width of a line of text in the size that pictures use unless they say otherwise.</summary>
    public static double Of(string text, double size = FigureSize.Text) =>
        text.EnumerateRunes().Sum(Thousandths) * size * Allowance / 1000;

    /// <summary>The text, its middle left out where it is wider than allowed.</summary>
    public static string Shortened(string text, double most, double size = FigureSize.Text)
    {
        if (Of(text, size) <= most)
        {
            return text;
        }

        var elements = StringInfo.ParseCombiningCharacters(text); // never cut within what is seen as one character
        for (var kept = elements.Length - 1; kept > 0; kept--)
        {
            var tail = kept / 2;
            var end = elements.Length - tail;
            var shorter = text[..elements[kept - tail]] + Ellipsis + (tail == 0 ? "" : text[elements[end]..]);
            if (Of(shorter, size) <= most)
            {
                return shorter;
            }
        }

        return Ellipsis;
    }

    /// <summary>
    /// The text in lines no wider than allowed, broken at spaces; at most so many, the last shortened.
    /// </summary>
    public static IReadOnlyList<string> Wrapped(string text, double most, int lines, double size = FigureSize.Text)
    {
        List<string> result = [];
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length;)
        {
            var line = words[i++];
            var isLast = result.Count == lines - 1;
            while (i < words.Length && (isLast || Of(line + " " + words[i], size) <= most))
            {
                line += " " + words[i++];
            }

            result.Add(Shortened(line, most, size));
        }

        return result;
    }

    private static int Thousandths(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => s_thousandths[0],
        _ when SvgText.IsUnprintable(rune) => 1000, // as U+FFFD
        >= ' ' and <= '~' => s_thousandths[rune.Value - ' '],
        < 0x1100 => 620, // Latin with accents, Greek, Cyrillic and the like
        _ => 1000,
    };
}

using System.Text;

namespace Plumb.Reports;

/// <summary>Names in lines of a terminal: what would move the cursor is shown as U+FFFD.</summary>
internal static class LineText
{
    /// <summary>How many columns it takes: two for the wide characters of East Asia.</summary>
    public static int Width(string text) => text.EnumerateRunes().Sum(Width);

    /// <summary>The text without controls, its end left out where it is wider than allowed.</summary>
    public static string Cut(string text, int width)
    {
        var shown = new StringBuilder();
        var (used, whole) = (0, true);
        foreach (var rune in text.EnumerateRunes())
        {
            var next = SvgText.IsUnprintable(rune) || Rune.IsControl(rune) ? Rune.ReplacementChar : rune;
            used += Width(next);
            whole &= used <= width;
            shown.Append(next.ToString());
        }

        if (whole)
        {
            return shown.ToString();
        }

        var cut = new StringBuilder();
        used = 1; // of the ellipsis
        foreach (var rune in shown.ToString().EnumerateRunes())
        {
            used += Width(rune);
            if (used > width)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }

    /// <summary>The text and spaces up to a width.</summary>
    public static string Padded(string text, int width) => text + new string(' ', Math.Max(0, width - Width(text)));

    private static int Width(Rune rune) => rune.Value >= 0x1100 && rune.Value is not (>= 0x2000 and < 0x2E80)
        && rune != Rune.ReplacementChar ? 2 : 1;
}

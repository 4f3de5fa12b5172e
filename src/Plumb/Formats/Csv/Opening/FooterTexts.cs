using System.Collections.Frozen;

namespace Plumb.Formats;

/// <summary>Texts that lines below a table begin with.</summary>
internal static class FooterTexts
{
    // No name of a category: nobody has a city called Total beside others.
    private static readonly FrozenSet<string> s_totals = Set(
        "total|totals|grand total|sum|overall total|gesamt|gesamtsumme|insgesamt|summe|total g\u00E9n\u00E9ral|somme|"
            + "totale|totaal|suma|suma total|soma");

    // Where numbers or dates are expected, these do as well.
    private static readonly FrozenSet<string> s_summaries = Set(
        "mean|average|avg|median|min|minimum|max|maximum|count|std|std dev|std. dev.|stdev|standard deviation|sd|"
            + "variance|subtotal|mittelwert|durchschnitt|mittel|moyenne|promedio|media|gemiddelde");

    private static readonly string[] s_beginnings =
    [
        "source", "sources", "note", "notes", "quelle", "quellen", "anmerkung", "hinweis", "exported", "generated",
        "created", "printed", "downloaded", "end of", "end", "copyright", "(c)", "\u00A9", "remark", "legend", "as of",
        "stand", "last updated", "footnote", "***", "---", "===", "#", "*", "//", "("
    ];

    /// <summary>Whether a text says that its line sums up the others.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isMeasured">Whether numbers or dates stand in its place in all other lines.</param>
    public static bool IsTotal(string text, bool isMeasured)
    {
        var word = text.TrimEnd(':', ' ').ToLowerInvariant();
        return s_totals.Contains(word) || (isMeasured && s_summaries.Contains(word));
    }

    /// <summary>Whether a text begins like a remark below a table.</summary>
    public static bool IsRemark(string text)
    {
        foreach (var beginning in s_beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                && (text.Length == beginning.Length || !char.IsLetter(beginning[^1])
                    || !char.IsLetter(text[beginning.Length])))
            {
                return true;
            }
        }

        return false;
    }

    private static FrozenSet<string> Set(string words) => words.Split('|').ToFrozenSet(StringComparer.Ordinal);
}

using System.Text.RegularExpressions;

namespace Plumb.Reports;

/// <summary>
/// What stays on one line: a number with its sign, its digits and the short name that it is said of; an option.
/// </summary>
internal static partial class UnbrokenText
{
    /// <summary>Where such parts are, from left to right, of those that a line could end in.</summary>
    public static IEnumerable<Range> Of(string text)
    {
        foreach (Match part in Part().Matches(text))
        {
            if (part.ValueSpan.ContainsAny(' ', '-'))
            {
                yield return part.Index..(part.Index + part.Length);
            }
        }
    }

    // p < 1e-16; height = 0; F 49.5; ± 0.13; 53 312; -1.5e-3; --standardize
    [GeneratedRegex(@"(?<![\w/.-])(?:--[a-z][a-z-]+"
        + @"|(?:\w{1,24} [<=] |F |± )?(?:\d{1,3}(?: \d{3})+|-?\d[\d.]*(?:e[-+]?\d+)?))(?!\w)")]
    private static partial Regex Part();
}

using System.Globalization;
using static Plumb.Diagnosis.ErrorText;

namespace Plumb.Diagnosis;

/// <summary>
/// Rows of one target that lie far from where a fit without all of them puts them: together they may hide each other.
/// </summary>
/// <param name="Target">The target.</param>
/// <param name="Rows">The rows, the farthest first.</param>
/// <param name="PValue">How probable it is that some set of rows lies as far off, were nothing wrong.</param>
public sealed record MaskedRows(string Target, IReadOnlyList<RobustOutlier> Rows, double PValue)
{
    private const int MostNamed = 8;

    /// <summary>Whether only a sample of the rows was looked at.</summary>
    public bool IsSample { get; internal init; }

    /// <summary>Whether the classical test of outliers does not find them all.</summary>
    internal bool HideEachOther { get; init; }

    /// <summary>Whether the fit of all rows looks curved or uneven, and that of the others does not.</summary>
    internal bool Explain { get; init; }

    /// <summary>Their numbers, in the order of the rows.</summary>
    internal string Numbers =>
        Listing.Of(
            [.. Rows.Select(row => row.Row).Distinct().Order().Take(MostNamed)
                .Select(row => row.ToString(CultureInfo.InvariantCulture)),
                .. Rows.DistinctBy(row => row.Row).Count() > MostNamed ? ["others"] : Array.Empty<string>()]);

    /// <summary>What follows, in a sentence.</summary>
    public Finding ToFinding() => new(
        Severity.Warning,
        "masked-outliers",
        string.Create(CultureInfo.InvariantCulture,
            $"{(Rows.Count == 1 ? "Row" : "Rows")} {Numbers} of '{Target}' {(Rows.Count == 1 ? "lies" : "lie")} up to "
                + $"{Statistic(Math.Abs(Rows[0].Residual))} standard errors from where the other rows put "
                    + $"{(Rows.Count == 1 ? "it" : "them")}, farther than normal noise throws rows"
                    + $"{(HideEachOther ? ", and hide each other" : "")}"
                    + $"{(!Explain ? "" : $": {(Rows.Count == 1 ? "it alone makes" : "they alone make")} the rest look "
                        + "curved or uneven")}{(IsSample ? " (of a sample of the rows)" : "")}."),
        "Check these rows; leave out what is wrong, not what is inconvenient.");
}

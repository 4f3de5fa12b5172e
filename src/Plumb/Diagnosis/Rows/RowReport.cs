namespace Plumb;

/// <summary>What the rows of the data say of a fit, told by a second look at them.</summary>
/// <param name="Tests">The tests that could be made.</param>
/// <param name="Outliers">Rows too far from the fit to be chance, the farthest first; at most ten a target.</param>
/// <param name="OutlierCount">How many rows are too far from the fit, on one target or more.</param>
/// <param name="Influential">The row that moves the fit most, a target.</param>
/// <param name="LargestLeverage">The largest leverage of a row.</param>
/// <param name="LargestLeverageRow">That row's number, from 1.</param>
public sealed record RowReport(
    IReadOnlyList<HypothesisTest> Tests,
    IReadOnlyList<RowInfluence> Outliers,
    long OutlierCount,
    IReadOnlyList<RowInfluence> Influential,
    double LargestLeverage,
    long LargestLeverageRow)
{
    /// <summary>What follows, in sentences.</summary>
    public IReadOnlyList<Finding> Findings { get; internal init; } = [];

    /// <summary>What the rows say to each question about them.</summary>
    public IReadOnlyList<Evidence> Evidence { get; internal init; } = [];

    /// <summary>The row that decides alone; null where none does.</summary>
    public long? DecidingRow { get; internal init; }

    /// <summary>Whether there are standard errors that allow for uneven noise.</summary>
    internal bool HasRobustErrors { get; init; }

    /// <summary>The rows that are too far from the fit, if they are few.</summary>
    internal Moments? OutlierMoments { get; init; }

    /// <summary>The best fit without the rows that are too far from it; null where there are none, or many, or where the others determine less.</summary>
    internal AffineMap? FitWithoutOutliers(LinearFit fit, Moments moments)
    {
        if (OutlierMoments is null || OutlierMoments.Rows >= moments.Rows)
        {
            return null;
        }

        var others = moments.Clone();
        others.Remove(OutlierMoments);
        var without = fit.Settings.Fit(others);
        return without.Rank == fit.Rank ? without.Map : null;
    }
}

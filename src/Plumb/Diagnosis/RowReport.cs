namespace Plumb;

/// <summary>What the rows of the data say of a fit, told by a second look at them.</summary>
/// <param name="Tests">The tests that could be made.</param>
/// <param name="Outliers">Rows too far from the fit to be chance, the farthest first; at most ten a target.</param>
/// <param name="OutlierCount">How many rows are too far from the fit, on one target or more.</param>
/// <param name="Influential">The row that moves the fit most, a target.</param>
/// <param name="LargestLeverage">The largest leverage of a row.</param>
/// <param name="LargestLeverageRow">That row's number, from 1.</param>
public sealed record RowReport(
    IReadOnlyList<RowTest> Tests,
    IReadOnlyList<RowInfluence> Outliers,
    long OutlierCount,
    IReadOnlyList<RowInfluence> Influential,
    double LargestLeverage,
    long LargestLeverageRow)
{
    /// <summary>What follows, in sentences.</summary>
    public IReadOnlyList<Finding> Findings { get; internal init; } = [];

    /// <summary>Those of the findings that are about single rows.</summary>
    public IReadOnlyList<Finding> RowFindings { get; internal init; } = [];

    /// <summary>The rows that are too far from the fit, if they are few.</summary>
    internal Moments? OutlierMoments { get; init; }
}

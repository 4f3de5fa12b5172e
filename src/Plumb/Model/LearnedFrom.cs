namespace Plumb;

/// <summary>
/// The rows that a model was learned from: how well it fits them, and how they were written, so that other rows are
/// read in the same way.
/// </summary>
/// <param name="Rows">How many there were.</param>
public sealed record LearnedFrom(long Rows)
{
    /// <summary>
    /// 1 - residual / total sum of squares about the mean, one per target, not-a-number where a target was the same on
    /// every row; empty where it is not known, as of a map that was trained.
    /// </summary>
    public IReadOnlyList<double> RSquared { get; init => field = ValueList.Of(value); } = ValueList<double>.Empty;

    /// <summary>The texts that stood for a missing value, beside those known everywhere.</summary>
    public IReadOnlyList<string> MissingValues { get; init => field = ValueList.Of(value); } = ValueList<string>.Empty;

    /// <summary>The signs of percent or money, by the columns whose cells had them.</summary>
    public IReadOnlyDictionary<string, string> Signs { get; init => field = ValueMap<string>.Of(value); } =
        ValueMap<string>.Empty;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(LearnedFrom), PrintMembers);
}

namespace Plumb.Fitting;

/// <summary>
/// What a category makes of a target: its mean, or a slope, at each level, and how these differ; see
/// <see cref="Inference.CompareLevels"/>.
/// </summary>
/// <param name="Column">The category.</param>
/// <param name="Target">The target.</param>
public sealed record LevelComparison(string Column, string Target)
{
    /// <summary>The input whose slope is compared; null where means are.</summary>
    public string? SlopeOf { get; init; }

    /// <summary>
    /// What is estimated at each level, in the order of the levels, its text the level's name; NaN where the data leave
    /// it undetermined. Means are those at the means of the other inputs, and over all levels of other categories alike
    /// (Searle, Speed and Milliken, The American Statistician 34, 1980). Of a transformed target, on its own scale.
    /// </summary>
    public IReadOnlyList<TestedRestriction> Estimates
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList.Of<TestedRestriction>([]);

    /// <summary>Every difference of two levels.</summary>
    public IReadOnlyList<TestedHypothesis> Differences
    {
        get;
        init => field = ValueList.Of(value);
    } = ValueList.Of<TestedHypothesis>([]);

    /// <summary>That they are equal at all levels.</summary>
    public required TestedHypothesis Equal { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(LevelComparison), PrintMembers);
}

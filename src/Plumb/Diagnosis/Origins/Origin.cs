namespace Plumb.Diagnosis;

/// <summary>Where a map comes from: an objective that it minimises, or slips that undone make it the best
/// fit.</summary>
/// <param name="Code">A short, stable name: ridge, ridge-standardized, weight-decay, lasso, elastic-net, no-bias,
/// inputs-left-out, early-stop, early-stop-standardized, first-rows, last-rows, row-left-out, log-target, rounded, or
/// that of a <see cref="Mistake"/>.</param>
/// <param name="Text">What W and b are, as the end of a sentence that begins with "your W and b are".</param>
/// <param name="Parameters">The numbers that go with it, such as the penalty; empty where there are none.</param>
/// <param name="Others">The same in the words of other programs, such as "scikit-learn Ridge(alpha=10)".</param>
/// <param name="Goal">The map that this origin leads to, which the map at hand is but for what is left.</param>
/// <param name="Leaves">The largest over targets of the root mean square distance between the predictions of the two,
/// over the target's standard deviation.</param>
/// <param name="Share">The part of the gap between the map and the best fit, in predictions, that this explains: 1 for
/// all.</param>
/// <param name="IsClaimed">Whether it is stated as a fact; false where it would explain the map, and so would other
/// origins.</param>
public sealed record Origin(
    string Code, string Text, IReadOnlyList<OriginParameter> Parameters, IReadOnlyList<string> Others, AffineMap Goal,
        double Leaves, double Share, bool IsClaimed)
{
    /// <summary>The numbers that go with it, such as the penalty; empty where there are none.</summary>
    public IReadOnlyList<OriginParameter> Parameters { get; init => field = ValueList.Of(value); } =
        ValueList.Of(Parameters);

    /// <summary>The same in the words of other programs, such as "scikit-learn Ridge(alpha=10)".</summary>
    public IReadOnlyList<string> Others { get; init => field = ValueList.Of(value); } = ValueList.Of(Others);

    /// <summary>The slips to undo before the rest is true; null where there are none.</summary>
    public Mistake? Slips { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Origin), PrintMembers);

    /// <summary>What the map minimises; null where that is the sum of squares alone.</summary>
    internal Objective? Objective { get; init; }

    /// <summary>What to do about it, where that is not to train without the objective.</summary>
    internal string? Remedy { get; init; }

    /// <summary>Another origin that explains the map as well; null where there is none.</summary>
    internal Origin? Rival { get; init; }
}

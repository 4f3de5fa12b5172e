namespace Plumb;

/// <summary>The points to measure next.</summary>
/// <param name="Rank">The rank of the data so far.</param>
/// <param name="ParametersPerTarget">The rank that determines everything.</param>
/// <param name="UnitErrors">The standard errors so far, as in <see cref="ProposedPoint.UnitErrors"/>.</param>
/// <param name="Points">The points, in the order in which to measure them.</param>
/// <param name="Findings">What a user should know.</param>
public sealed record Proposal(int Rank, int ParametersPerTarget, IReadOnlyList<double> UnitErrors,
    IReadOnlyList<ProposedPoint> Points, IReadOnlyList<Finding> Findings)
{
    /// <summary>The standard errors so far, as in <see cref="ProposedPoint.UnitErrors"/>.</summary>
    public IReadOnlyList<double> UnitErrors { get; init => field = ValueList.Of(value); } = ValueList.Of(UnitErrors);

    /// <summary>The points, in the order in which to measure them.</summary>
    public IReadOnlyList<ProposedPoint> Points { get; init => field = ValueList.Of(value); } = ValueList.Of(Points);

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = ValueList.Of(value); } = ValueList.Of(Findings);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Proposal), PrintMembers);
}

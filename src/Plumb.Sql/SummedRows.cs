namespace Plumb.Sql;

/// <summary>What an engine added up.</summary>
/// <param name="Moments">The moments of the rows.</param>
/// <param name="Findings">What a user should know about the rows.</param>
public sealed record SummedRows(Moments Moments, IReadOnlyList<Finding> Findings)
{
    /// <summary>What a user should know about the rows.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = ValueList.Of(value); } = ValueList.Of(Findings);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(SummedRows), PrintMembers);
}

namespace Plumb.Diagnosis;

/// <summary>What scalers other than standardization take from rows: each column's smallest and largest value, and its
/// quartiles where all values were at hand. Weights are not looked at.</summary>
/// <param name="Inputs">One for each input.</param>
/// <param name="Targets">One for each target.</param>
public sealed record ColumnRanges(IReadOnlyList<ColumnRange> Inputs, IReadOnlyList<ColumnRange> Targets)
{
    /// <summary>One for each input.</summary>
    public IReadOnlyList<ColumnRange> Inputs { get; init => field = ValueList.Of(value); } = ValueList.Of(Inputs);

    /// <summary>One for each target.</summary>
    public IReadOnlyList<ColumnRange> Targets { get; init => field = ValueList.Of(value); } = ValueList.Of(Targets);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ColumnRanges), PrintMembers);
}

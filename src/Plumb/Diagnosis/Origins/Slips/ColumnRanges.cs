namespace Plumb;

/// <summary>What scalers other than standardization take from rows: each column's least and greatest value, and its
/// quartiles where all values were at hand. Weights are not looked at.</summary>
/// <param name="Inputs">One for each input.</param>
/// <param name="Targets">One for each target.</param>
public sealed record ColumnRanges(IReadOnlyList<ColumnRange> Inputs, IReadOnlyList<ColumnRange> Targets);

namespace Plumb;

/// <summary>Another map with the same predictions on every row of the data.</summary>
/// <param name="Map">The other W and b.</param>
/// <param name="LargestPredictionDifference">A proved bound on the difference of the two maps' predictions on any row; not 0 only because the twin's numbers are rounded to doubles.</param>
public sealed record Twin(AffineMap Map, double LargestPredictionDifference);

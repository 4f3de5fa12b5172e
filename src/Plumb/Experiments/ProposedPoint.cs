namespace Plumb.Experiments;

/// <summary>A point worth measuring, and what the data will determine once it has been.</summary>
/// <param name="Point">One number per column.</param>
/// <param name="Candidate">Its number in the list of candidates, from 0; null for a point of a box.</param>
/// <param name="Rank">The rank of the data with it.</param>
/// <param name="Gain">By what factor it improves on the goal: the determinant of the information matrix, or the
/// variance over the variance with it; NaN for a point that adds to the rank.</param>
/// <param name="UnitErrors">The standard errors of the weights, then of the bias, for noise of standard deviation 1,
/// once it has been measured; NaN where not determined.</param>
public sealed record ProposedPoint(IReadOnlyList<double> Point, int? Candidate, int Rank, double Gain,
    IReadOnlyList<double> UnitErrors)
{
    /// <summary>One number per column.</summary>
    public IReadOnlyList<double> Point { get; init => field = ValueList.Of(value); } = ValueList.Of(Point);

    /// <summary>
    /// The standard errors of the weights, then of the bias, for noise of standard deviation 1, once it has been
    /// measured; NaN where not determined.
    /// </summary>
    public IReadOnlyList<double> UnitErrors { get; init => field = ValueList.Of(value); } = ValueList.Of(UnitErrors);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ProposedPoint), PrintMembers);
}

namespace Plumb.Fitting;

/// <summary>
/// The rank that is left when each number of the inputs may be off by a tolerance, relative to itself, and how firm
/// that is. The constant column is exact.
/// The tolerance does not grow with the number of rows.
/// </summary>
/// <param name="Tolerance">What each number may be off by: 2^-53, half a unit in the last place of a double.</param>
/// <param name="Rank">The determined parameters per target, less one for each near dependence at this
/// tolerance.</param>
/// <param name="AtTenfold">The rank at ten times the tolerance.</param>
/// <param name="AtTenth">The rank at a tenth of it.</param>
/// <param name="Gap">By what factor the singular values of the inputs and the constant column, each scaled to length 1,
/// fall after as many as the rank; NaN where none is left, infinite where what is left is 25 digits from
/// dependence.</param>
public sealed record NearRank(double Tolerance, int Rank, int AtTenfold, int AtTenth, double Gap)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(NearRank), PrintMembers);
}

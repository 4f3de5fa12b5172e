namespace Plumb.Experiments;

/// <summary>The points among which the next ones are chosen.</summary>
public abstract record CandidatePoints
{
    private CandidatePoints()
    {
    }

    /// <summary>A list, each point of which can be measured once.</summary>
    /// <param name="Points">Points x columns.</param>
    public sealed record Listed(Matrix Points) : CandidatePoints;

    /// <summary>
    /// All points between two bounds, each of which can be measured as often as wanted. Of a category or of truth
    /// values, the levels between: the bounds are their places.
    /// </summary>
    /// <param name="Low">The smallest value of each column.</param>
    /// <param name="High">The largest value of each column.</param>
    public sealed record Box(IReadOnlyList<double> Low, IReadOnlyList<double> High) : CandidatePoints
    {
        /// <summary>The smallest value of each column.</summary>
        public IReadOnlyList<double> Low { get; init => field = ValueList.Of(value); } = ValueList.Of(Low);

        /// <summary>The largest value of each column.</summary>
        public IReadOnlyList<double> High { get; init => field = ValueList.Of(value); } = ValueList.Of(High);
    }
}

namespace Plumb.Experiments;

/// <summary>
/// What the next measurements are for. Whatever it is, directions in which the rows do not vary come first. Atkinson,
/// Donev and Tobias, Optimum Experimental Designs, with SAS, 2007, chapters 9 and 10.
/// </summary>
public abstract record ExperimentGoal
{
    private ExperimentGoal()
    {
    }

    /// <summary>That the data determine every parameter, and nothing more.</summary>
    public sealed record FullRank : ExperimentGoal;

    /// <summary>
    /// All parameters together: D-optimality, the largest determinant of the information matrix. Units make no
    /// difference.
    /// </summary>
    public sealed record Determinant : ExperimentGoal;

    /// <summary>The mean variance of a target's parameters: A-optimality, in the units of the data.</summary>
    public sealed record MeanVariance : ExperimentGoal;

    /// <summary>One parameter: c-optimality. It is the same for every target, as targets share their inputs.</summary>
    /// <param name="Input">The input whose weight is meant; the number of inputs for the bias.</param>
    public sealed record OneParameter(int Input) : ExperimentGoal
    {
        /// <summary>Its place among the inputs; their number for the bias.</summary>
        public int Input { get; init => field = Setting.AtLeast(0, value, "parameter", nameof(Input)); } =
            Setting.AtLeast(0, Input, "parameter", nameof(Input));

        /// <inheritdoc/>
        public override string ToString() => Shown.Record(nameof(OneParameter), PrintMembers);
    }
}

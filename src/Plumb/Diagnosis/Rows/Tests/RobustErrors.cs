namespace Plumb.Diagnosis;

/// <summary>
/// Standard errors that hold where the noise changes from row to row, or rows of a group are correlated: NaN where a
/// parameter is not determined, and where two groupings leave a variance below 0.
/// </summary>
/// <param name="Weights">Those of the weights, targets x inputs.</param>
/// <param name="Bias">Those of the bias, one per target.</param>
/// <param name="Kind">Which they are: HC0 to HC4, clustered, HAC or bootstrap.</param>
public sealed record RobustErrors(Matrix Weights, IReadOnlyList<double> Bias, string Kind)
{
    /// <summary>
    /// How many rows have leverage 1: they meet their targets whatever the noise, so that nothing is known of theirs.
    /// </summary>
    public long RowsLeftOut { get; init; }

    /// <summary>The degrees of freedom of Student's t that goes with them.</summary>
    public long DegreesOfFreedom { get; init; }

    /// <summary>
    /// The degrees of freedom of each parameter, the inputs and then the bias, where they differ (Satterthwaite's);
    /// empty where they do not.
    /// </summary>
    public IReadOnlyList<double> Freedoms { get; init; } = [];

    /// <summary>The same as a form, for tests and intervals.</summary>
    internal SandwichCovariance? Form { get; init; }

    /// <summary>How many groups there are, by column; empty where rows are not grouped.</summary>
    public IReadOnlyList<long> Groups { get; init; } = [];

    /// <summary>
    /// Up to how many rows apart HAC errors take rows to be correlated, by target; empty for other errors.
    /// </summary>
    public IReadOnlyList<int> Lags { get; init; } = [];

    /// <summary>How many replicates bootstrap errors come from; 0 for other errors.</summary>
    public int Replicates { get; init; }

    /// <summary>
    /// How many replicates were left out, as their rows did not determine what all rows do.
    /// </summary>
    public int ReplicatesLeftOut { get; init; }

    /// <summary>The replicates, for their percentiles; null for other errors.</summary>
    internal BootstrapDraws? Draws { get; init; }
}

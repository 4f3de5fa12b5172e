namespace Plumb.Fitting;

/// <summary>
/// How well a map predicts one target of some rows; a residual is what was measured less what was predicted.
/// </summary>
/// <param name="Target">The target's name.</param>
public sealed record TargetScore(string Target)
{
    /// <summary>The root of the mean squared residual.</summary>
    public required double RootMeanSquare { get; init; }

    /// <summary>The mean of the residuals without their signs; not-a-number where the rows were not seen.</summary>
    public required double MeanAbsolute { get; init; }

    /// <summary>The mean residual: above 0 where predictions are too low on average.</summary>
    public required double MeanResidual { get; init; }

    /// <summary>
    /// 1 - sum of squared residuals / sum of squares about the mean of these rows: below 0 where the mean predicts them
    /// better; not-a-number where the target is the same on every row.
    /// </summary>
    public required double RSquared { get; init; }

    /// <summary>The mean of the target on these rows.</summary>
    public required double Mean { get; init; }

    /// <summary>
    /// The root of the target's mean squared distance from its mean: what predicting the mean would leave.
    /// </summary>
    public required double StandardDeviation { get; init; }

    /// <summary>
    /// The mean residual in standard errors, as far as the rows are independent of each other; not-a-number where all
    /// residuals are the same.
    /// </summary>
    public required double MeanInErrors { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(TargetScore), PrintMembers);
}

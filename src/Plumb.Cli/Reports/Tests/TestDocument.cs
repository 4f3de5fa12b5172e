namespace Plumb.Cli.Reports;

/// <summary>Tests of hypotheses about a fit, as every rendering tells them.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Source">What the data are called.</param>
/// <param name="Tests">One a hypothesis and target.</param>
internal sealed record TestDocument(LinearFit Fit, string Source, IReadOnlyList<TestedHypothesis> Tests)
{
    /// <summary>By which errors they were made.</summary>
    public required Inference Inference { get; init; }

    /// <summary>What the rows say; null where they were not looked at.</summary>
    public required RowReport? Rows { get; init; }

    /// <summary>The levels of a category, compared; none where nobody asked.</summary>
    public IReadOnlyList<LevelComparison> Levels { get; init; } = [];

    /// <summary>How the p-values of their differences allow for each other.</summary>
    public AdjustmentMethod AdjustmentOfLevels { get; init; }

    /// <summary>Those of all targets at once.</summary>
    public required IReadOnlyList<MultivariateTest> Multivariate { get; init; }

    /// <summary>How p-values allow for each other.</summary>
    public required AdjustmentMethod Adjustment { get; init; }

    /// <summary>What the data's reader has to say.</summary>
    public required IReadOnlyList<Finding> DataFindings { get; init; }

    /// <summary>The columns that are inputs as nobody named these; null where somebody did.</summary>
    public required IReadOnlyList<string>? Rest { get; init; }

    /// <summary>What is said beside the numbers.</summary>
    public IReadOnlyList<Finding> Findings =>
        [.. TestText.Findings(this), .. TestText.OfErrors(this), .. DataFindings];
}

namespace Plumb.Cli.Reports;

/// <summary>How well a model predicts rows, as every rendering tells it.</summary>
/// <param name="Score">The numbers.</param>
/// <param name="Model">What the model is called.</param>
/// <param name="Source">What the data are called.</param>
internal sealed record ScoreDocument(MapScore Score, string Model, string Source)
{
    /// <summary>Whether rows have weights.</summary>
    public required bool IsWeighted { get; init; }

    /// <summary>The rows that the model was learned from; null when unknown.</summary>
    public LearnedFrom? LearnedFrom { get; init; }

    /// <summary>R-squared on those rows, one per target; empty when unknown.</summary>
    public IReadOnlyList<double> RSquaredThen { get; init; } = [];

    /// <summary>What there is to say of the rows and the score.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }
}

namespace Plumb.Reports;

/// <summary>Points to measure next, as every rendering tells them.</summary>
/// <param name="Proposal">The points.</param>
/// <param name="Design">What the inputs are made from.</param>
/// <param name="Fit">The fit of the rows that there are.</param>
internal sealed record NextDocument(Proposal Proposal, Design Design, LinearFit Fit)
{
    /// <summary>What there is to say of the proposal and the data.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The columns that are inputs as nobody named these; null where somebody did.</summary>
    public required IReadOnlyList<string>? Rest { get; init; }

    /// <summary>The points to choose from.</summary>
    public required CandidatePoints Candidates { get; init; }

    /// <summary>What the data are called.</summary>
    public required string Source { get; init; }
}

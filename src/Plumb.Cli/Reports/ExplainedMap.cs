namespace Plumb.Cli.Reports;

/// <summary>A map and what explains it, as every rendering tells it.</summary>
/// <param name="Candidate">The map, as it was stored.</param>
/// <param name="Explanation">What explains it.</param>
internal sealed record ExplainedMap(AffineModel Candidate, Explanation Explanation)
{
    /// <summary>The fit without the inputs' noise; null where none was given.</summary>
    public required CorrectedFit? Corrected { get; init; }

    /// <summary>What there is to say of the files.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What the map's file is called.</summary>
    public required string Model { get; init; }

    /// <summary>What the data are called.</summary>
    public required string Source { get; init; }

    /// <summary>The map, repaired where a slip was found.</summary>
    public AffineModel Repaired => Candidate with { Map = Explanation.Mistake?.Repaired ?? Candidate.Map };
}

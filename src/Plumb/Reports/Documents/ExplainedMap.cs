namespace Plumb.Reports;

/// <summary>A map and what explains it, as every rendering tells it.</summary>
/// <param name="Candidate">The map, as it was stored.</param>
/// <param name="Explanation">What explains it.</param>
internal sealed record ExplainedMap(AffineModel Candidate, Explanation Explanation)
{
    /// <summary>The fit without the inputs' noise; null where none was given.</summary>
    public required CorrectedFit? Corrected { get; init; }

    /// <summary>What there is to say of the files.</summary>
    public required IReadOnlyList<Finding> DataFindings { get; init; }

    /// <summary>Puts what is to be done into the words of who asked: a command line adds its flags.</summary>
    public Func<string, string> InWords { get; init; } = text => text;

    /// <summary>All findings, those of the explanation first.</summary>
    public IReadOnlyList<Finding> Findings => [.. Explanation.Findings.Concat(DataFindings)
        .Select(finding => finding with { Remedy = InWords(finding.Remedy) })];

    /// <summary>The one thing to do next.</summary>
    public string Next => InWords(Explanation.Next);

    /// <summary>What the map's file is called.</summary>
    public required string Model { get; init; }

    /// <summary>What the data are called.</summary>
    public required string Source { get; init; }

    /// <summary>The map, repaired where a slip was found.</summary>
    public AffineModel Repaired => Candidate with { Map = Explanation.Mistake?.Repaired ?? Candidate.Map };
}

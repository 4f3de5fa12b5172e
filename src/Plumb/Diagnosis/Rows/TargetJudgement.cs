namespace Plumb.Diagnosis;

/// <summary>What the tests of one target say, each only where it does so beyond chance.</summary>
/// <param name="Target">The target.</param>
internal sealed record TargetJudgement(int Target)
{
    /// <summary>All tests that could be made, whatever they say.</summary>
    public IReadOnlyList<HypothesisTest> Tests { get; init; } = [];

    /// <summary>Neighbouring rows are correlated.</summary>
    public HypothesisTest? Order { get; init; }

    /// <summary>Neighbouring rows seem to be correlated, and nobody knows whether their order means anything.</summary>
    public HypothesisTest? OrderInDoubt { get; init; }

    /// <summary>Whether the rows are sorted by the target, so that neighbours are alike anyway.</summary>
    public bool IsSorted { get; init; }

    /// <summary>What explains that neighbours are alike; null where nothing has to.</summary>
    public string? OrderExplained { get; init; }

    /// <summary>The tests that say that the relation is not affine.</summary>
    public IReadOnlyList<HypothesisTest> Form { get; init; } = [];

    /// <summary>The noise changes with the inputs.</summary>
    public HypothesisTest? Noise { get; init; }

    /// <summary>Rows too far from the fit, the farthest first.</summary>
    public IReadOnlyList<RowCandidate> Outliers { get; init; } = [];

    /// <summary>The row that moves the fit most.</summary>
    public RowCandidate? Influential { get; init; }

    /// <summary>How probable it is that one of the few rows of its leverage lies as far off.</summary>
    public double PValueOfInfluential { get; init; } = 1;

    /// <summary>Why the form was not tested; null where it was.</summary>
    public string? FormNotTested { get; init; }

    /// <summary>Why the order was not tested; null where it was.</summary>
    public string? OrderNotTested { get; init; }

    /// <summary>Why the noise was not tested; null where it was.</summary>
    public string? NoiseNotTested { get; init; }
}

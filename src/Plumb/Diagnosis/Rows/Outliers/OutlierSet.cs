namespace Plumb.Diagnosis;

/// <summary>Rows that lie too far from what a fit without all of them predicts.</summary>
/// <param name="Rows">These rows, the farthest first.</param>
/// <param name="LogOfPValue">The natural logarithm of how probable it is that some set of rows lies as far off, were
/// nothing wrong.</param>
/// <param name="Shift">By how much the fit without them differs, in coordinates: those of the rows times it are added
/// to predictions.</param>
/// <param name="StandardDeviation">Of the noise without them.</param>
internal sealed record OutlierSet(IReadOnlyList<RobustOutlier> Rows, double LogOfPValue, double[] Shift,
    double StandardDeviation)
{
    /// <summary>How probable it is that some set of rows lies as far off, were nothing wrong; never 0.</summary>
    public double PValue => Math.Max(Math.Exp(LogOfPValue), double.Epsilon);

    /// <summary>How many rows were looked at.</summary>
    public int RowsLookedAt { get; init; }

    /// <summary>
    /// Whether a gap lies between them and the rest, as there is none in noise with long tails.
    /// </summary>
    public bool AreApart { get; init; }

    /// <summary>Whether they were a sample.</summary>
    public bool IsSample { get; init; }
}

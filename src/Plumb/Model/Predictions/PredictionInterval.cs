namespace Plumb;

/// <summary>Which intervals predictions are given.</summary>
/// <param name="Level">The probability that one covers what it is for, or that all do; between 0 and 1.</param>
public sealed record PredictionInterval(double Level = 0.95)
{
    /// <summary>How they are widened so that all hold at once.</summary>
    public SimultaneousMethod Simultaneous { get; init; }

    /// <summary>
    /// How many are made at once for a target; 1 or more. Scheffé's for means does not depend on it.
    /// </summary>
    public long Count { get; init; } = 1;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(PredictionInterval), PrintMembers);
}

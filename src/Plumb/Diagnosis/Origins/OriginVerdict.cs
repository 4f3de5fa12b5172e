namespace Plumb.Diagnosis;

/// <summary>What is known of where a map comes from.</summary>
/// <param name="Evidence">What was looked at.</param>
internal sealed record OriginVerdict(Evidence Evidence)
{
    /// <summary>Where it comes from, or may come from; null where nothing is known.</summary>
    public Origin? Origin { get; init; }

    /// <summary>Whether noise takes the best fit as far as the map lies from it.</summary>
    public bool IsWithinNoise { get; init; }

    /// <summary>The part of the targets' variation that the map leaves unexplained, a mean over targets.</summary>
    public double Unexplained { get; init; }

    /// <summary>The slips to undo; null where there are none.</summary>
    public Mistake? Mistake => Origin is { IsClaimed: true } ? Origin.Slips : null;
}

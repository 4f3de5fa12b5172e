namespace Plumb.Diagnosis;

/// <summary>A repair that is supported.</summary>
/// <param name="Repair">It.</param>
/// <param name="Score">The digits that support it, less their cost.</param>
/// <param name="Lengths">What it leaves, one for each target, over the spread.</param>
internal sealed record SlipFound(Repair Repair, double Score, double[] Lengths);

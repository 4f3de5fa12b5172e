namespace Plumb;

/// <summary>Some of the numbers of a checkpoint.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Numbers">The numbers.</param>
public sealed record CheckpointPart(string Name, double[] Numbers);

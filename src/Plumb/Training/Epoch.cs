namespace Plumb;

/// <summary>Where training stands after a pass over the data.</summary>
/// <param name="Steps">The steps so far.</param>
/// <param name="Loss">The loss: for full batches that of <paramref name="Map"/>; for smaller ones the mean of the batches' losses, each before its step. Where training diverged, that of the step that went too far.</param>
/// <param name="Map">W and b.</param>
/// <param name="Diverged">Whether the loss grows without end; then training has stopped here, while W and b are still finite.</param>
public sealed record Epoch(long Steps, double Loss, AffineMap Map, bool Diverged);

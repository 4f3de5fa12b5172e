namespace Plumb.Training;

/// <summary>
/// Where training stands: after a pass over the data, a block of a stream or a step of full batches, or as often as
/// <see cref="GradientDescent.ReportEvery"/> asks.
/// </summary>
/// <param name="Steps">The steps so far.</param>
/// <param name="Loss">The loss: for full batches that of <paramref name="Map"/>; for smaller ones the mean of the
/// batches' losses since the last report, each before its step. Where training diverged, that of the step that went too
/// far.</param>
/// <param name="Map">W and b; where training diverged, the last that were finite.</param>
/// <param name="Diverged">Whether the loss grows without end; then training has stopped here.</param>
public sealed record Epoch(long Steps, double Loss, AffineMap Map, bool Diverged)
{
    internal Func<Checkpoint>? Capture { get; init; }

    /// <summary>
    /// Everything that training needs to continue from here to the same bits. Ask before going on to the next epoch:
    /// later, training has moved on.
    /// </summary>
    /// <exception cref="InvalidOperationException">The method keeps no state to resume from.</exception>
    public Checkpoint ToCheckpoint() => Capture?.Invoke()
        ?? throw new InvalidOperationException("this method keeps no state to resume from; start it from the map.");

    /// <inheritdoc/>
    public override string ToString() =>
        $"after {Shown.Count(Steps, "step")}: loss {Shown.Number(Loss)}{(Diverged ? ", diverged" : "")}, {Map}";
}

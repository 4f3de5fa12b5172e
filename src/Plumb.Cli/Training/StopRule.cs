namespace Plumb.Cli.Training;

/// <summary>When training ends that has neither converged nor diverged.</summary>
/// <param name="Steps">The maximum number of steps.</param>
internal sealed record StopRule(long Steps)
{
    /// <summary>The longest time; null for any.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The part of the rows to hold out, whose loss stops training once it no longer falls; null for
    /// none.</summary>
    public double? HoldOut { get; init; }

    /// <summary>Reports without a smaller held-out loss after which training stops.</summary>
    public int Patience { get; init; }
}

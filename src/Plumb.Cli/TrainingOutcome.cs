namespace Plumb.Cli;

/// <summary>How training ended.</summary>
internal enum TrainingOutcome
{
    /// <summary>The distance to the limit is within the tolerance.</summary>
    Converged,

    /// <summary>The steps were used up before.</summary>
    StepLimit,

    /// <summary>The loss grew without end.</summary>
    Diverged,
}

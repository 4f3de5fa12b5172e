namespace Plumb.Cli.Training;

/// <summary>How training ended.</summary>
internal enum TrainingOutcome
{
    /// <summary>The distance to the best fit, along directions that the data determine, is within the tolerance.</summary>
    Converged,

    /// <summary>The steps were used up before.</summary>
    StepLimit,

    /// <summary>The time was used up before.</summary>
    TimeLimit,

    /// <summary>The loss over held-out rows had not fallen for long enough; the map is the one where it was least.</summary>
    EarlyStopped,

    /// <summary>The loss grew without end.</summary>
    Diverged,
}

namespace Plumb.Cli.Training;

/// <summary>How training ended.</summary>
internal enum TrainingOutcome
{
    /// <summary>
    /// W and b are the best fit's: no combination of them that the data determine is farther away than the tolerance
    /// times its standard error, or than rounding.
    /// </summary>
    Converged,

    /// <summary>The steps were used up before.</summary>
    StepLimit,

    /// <summary>The time was used up before.</summary>
    TimeLimit,

    /// <summary>
    /// The loss over held-out rows had not fallen for long enough; the map is the one where it was least.
    /// </summary>
    EarlyStopped,

    /// <summary>The loss grew without end.</summary>
    Diverged,
}

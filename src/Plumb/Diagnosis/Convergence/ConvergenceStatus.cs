namespace Plumb.Diagnosis;

/// <summary>How close a map has come to the best fit of one target, along all that the data determine.</summary>
public enum ConvergenceStatus
{
    /// <summary>As close as rounding lets anyone come.</summary>
    ToRounding,

    /// <summary>
    /// No parameter, and no combination of parameters, is farther away than the tolerance times its standard error.
    /// </summary>
    WithinTolerance,

    /// <summary>
    /// No farther than noise may have put the best fit from the truth: the rows cannot tell the two apart, but it is
    /// not the best fit.
    /// </summary>
    WithinNoise,

    /// <summary>Farther away than noise and rounding explain.</summary>
    NotConverged,
}

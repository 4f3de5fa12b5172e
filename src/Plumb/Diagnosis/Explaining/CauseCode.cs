namespace Plumb.Diagnosis;

/// <summary>Why learned and true parameters differ.</summary>
public enum CauseCode
{
    /// <summary>The part along directions that the data leave undetermined: training leaves it as it started.</summary>
    NotIdentified,

    /// <summary>The part that further training would remove.</summary>
    NotConverged,

    /// <summary>
    /// The part that comes of minimising something else, such as a ridge penalty, or of stopping early.
    /// </summary>
    Objective,

    /// <summary>
    /// The part that comes of what is not affine in the targets: outliers, noise in the inputs, inputs left out; as far
    /// as it is known.
    /// </summary>
    Misfit,

    /// <summary>
    /// The part that comes of noise in the targets, and of misfit that is not known: the best fit, corrected for known
    /// misfit, less the truth.
    /// </summary>
    Noise,

    /// <summary>The part that comes of rounding in the candidate's own arithmetic.</summary>
    Arithmetic,
}

using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The covariance of a fit's estimates as a form: what tests, intervals and predictions ask, whatever way the errors
/// are estimated.
/// </summary>
internal abstract class CovarianceForm
{
    /// <summary>How the errors are estimated.</summary>
    public abstract ErrorMethod Method { get; }

    /// <summary>
    /// The degrees of freedom for Student's t of a combination: Satterthwaite's differ from one to the next; infinite
    /// for a normal distribution.
    /// </summary>
    public abstract double DegreesOfFreedom(ParameterCombination combination);

    /// <summary>The denominator's degrees of freedom for an F test of several combinations.</summary>
    public abstract double DegreesOfFreedom(IReadOnlyList<ParameterCombination> combinations);

    /// <summary>The covariances of combinations that the data determine, symmetric.</summary>
    public abstract Dyadic[,] Of(IReadOnlyList<ParameterCombination> combinations);

    /// <summary>The variance of one.</summary>
    public Dyadic Variance(ParameterCombination combination) => Of([combination])[0, 0];
}

using Plumb.Numerics;

namespace Plumb.Fitting;

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

    /// <summary>
    /// The denominator's degrees of freedom for an F test of several combinations, none a combination of the others.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public abstract double DegreesOfFreedom(IReadOnlyList<ParameterCombination> combinations);

    /// <summary>What an F of several combinations is multiplied by, to be F with these degrees of freedom.</summary>
    public virtual double FactorOf(IReadOnlyList<ParameterCombination> combinations) => 1;

    /// <summary>The covariances of combinations that the data determine, symmetric.</summary>
    public abstract Dyadic[,] Of(IReadOnlyList<ParameterCombination> combinations);

    /// <summary>The variance of one.</summary>
    public Dyadic Variance(ParameterCombination combination) => Of([combination])[0, 0];
}

using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The estimates of a fit before they are rounded, and which of their combinations the data determine. A combination
/// that they determine is the same for all maps that fit equally well, and so that of the basic solution, in which
/// dependent inputs have weight 0. Seber and Lee, Linear Regression Analysis, 2nd ed., section 3.9 (estimable
/// functions).
/// </summary>
internal sealed class EstimatedParameters(FitEquations equations, TargetFit[] fits, NullSpace nullSpace)
{
    private const int QuotientBits = 200;

    /// <summary>The equations that were solved.</summary>
    public FitEquations Equations => equations;

    /// <summary>The data.</summary>
    public Moments Moments => equations.Moments;

    /// <summary>The solutions, one per target.</summary>
    public TargetFit[] Fits => fits;

    /// <summary>The number of targets.</summary>
    public int Targets => fits.Length;

    /// <summary>The number of inputs.</summary>
    public int Inputs => equations.Moments.InputCount;

    /// <summary>Rows less rank.</summary>
    public long DegreesOfFreedom =>
        Moments.Rows - nullSpace.SplitOfWeights.Independent.Length - (equations.Bias ? 1 : 0);

    /// <summary>
    /// The direction that a combination would need and the data leave undetermined; null where they determine it.
    /// </summary>
    public Dependence? UndeterminedAlong(ParameterCombination combination)
    {
        for (var k = 0; k < nullSpace.Count; k++)
        {
            foreach (var target in combination.Targets)
            {
                if (!IsOrthogonal(combination.Of(target), nullSpace.Vector(k)))
                {
                    return nullSpace.Dependences[k];
                }
            }
        }

        return null;
    }

    /// <summary>What is estimated for a combination that the data determine.</summary>
    public Dyadic Value(ParameterCombination combination)
    {
        var sum = Dyadic.Zero;
        foreach (var target in combination.Targets)
        {
            var coefficients = combination.Of(target);
            if (!coefficients[0].IsZero)
            {
                sum += coefficients[0]
                    * Dyadic.Quotient(fits[target].BiasSum.Midpoint, Moments.WeightSum, QuotientBits);
            }

            for (var j = 1; j < coefficients.Length; j++)
            {
                sum += coefficients[j].IsZero ? Dyadic.Zero : coefficients[j] * fits[target].Weights[j - 1].Midpoint;
            }
        }

        return sum;
    }

    /// <summary>Whether c . v = 0; of a null vector that is rounded, to its digits.</summary>
    private bool IsOrthogonal(ReadOnlySpan<Dyadic> coefficients, Dyadic[] vector)
    {
        var (sum, largest) = (Dyadic.Zero, Dyadic.Zero.Magnitude);
        for (var j = 0; j < vector.Length; j++)
        {
            var factor = coefficients[j < vector.Length - 1 ? j + 1 : 0]; // the vector's last element is the bias's
            if (!factor.IsZero && !vector[j].IsZero)
            {
                var term = factor * vector[j];
                sum += term;
                largest = Math.Max(largest, term.Magnitude);
            }
        }

        return sum.IsZero || (!nullSpace.IsProved && sum.Magnitude < largest - PositiveDefiniteSolver.WantedBits);
    }
}

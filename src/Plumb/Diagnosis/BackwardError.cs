using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Whether a backward stable solver could have left a distance to the best fit: judged by what it does to predictions, as parameters that hardly matter to these may be far off.
/// Bjorck, Numerical Methods for Least Squares Problems, section 1.4: the inputs' rounding moves predictions by u |X| |w| and, times the condition number, u |r|.
/// </summary>
internal static class BackwardError
{
    private const double Units = 8; // a parameter: what a backward stable solver leaves, in units in the last place
    private const double MostBlame = 1.0 / 1024; // of the residuals, on the condition number: a solver that leaves more has failed, not rounded

    /// <summary>Whether rounding to so many bits explains the distance.</summary>
    public static bool Explains(AffineMap distance, AffineMap candidate, LinearFit fit, Moments moments, int significandBits)
    {
        if (distance.Norm == 0)
        {
            return true;
        }

        var units = Math.ScaleB(Units * fit.ParametersPerTarget, -significandBits);
        var blame = Math.Min(units * fit.Spectrum.ConditionNumber, MostBlame);
        var lengths = Enumerable.Range(0, moments.InputCount + 1).Select(j => Dyadic.SquareRootOfRatio(moments.ParameterProduct(j, j), moments.Unit)).ToArray();
        for (var t = 0; t < distance.TargetCount; t++)
        {
            var size = fit.TargetMagnitudes[t] * Math.Sqrt(moments.Rows) + lengths[^1] * Math.Abs(candidate.Bias[t]);
            for (var j = 0; j < moments.InputCount; j++)
            {
                size += lengths[j] * Math.Abs(candidate.WeightsOf(t)[j]);
            }

            if (!(moments.PredictionLength(distance, t) <= units * size + blame * fit.ResidualLengths[t]))
            {
                return false;
            }
        }

        return true;
    }
}

using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// Tests of a fit against one with fewer inputs, by the residual sums of both: F = ((R0 - R1) / (rank less rank)) /
/// (R1 / degrees of freedom), with a known variance in place of the latter where there is one. It needs no
/// single weight to be determined.
/// Seber and Lee, Linear Regression Analysis, 2nd ed., section 4.3.
/// </summary>
internal static class NestedTests
{
    /// <summary>One per target.</summary>
    /// <param name="fit">The fit, which has standard errors.</param>
    /// <param name="inputs">The inputs of the smaller fit; none for the constant alone.</param>
    /// <param name="text">What the hypothesis is called.</param>
    public static TestedHypothesis[] Of(LinearFit fit, IReadOnlyList<string> inputs, string text)
    {
        var (smaller, rank) = Smaller(fit, inputs);
        var (own, equations) = (fit.ResidualProducts, fit.Rank - rank);
        var (knows, freedom) = (fit.Settings.NoiseIsKnown, fit.NoiseDegreesOfFreedom);
        return [.. fit.Names.Targets.Select((target, t) =>
        {
            var more = smaller[t, t] - own[t, t];
            var (left, divided) = knows ? (fit.Scale, 1) : (own[t, t], fit.ResidualDegreesOfFreedom);
            var f = equations == 0 ? double.NaN
                : left.IsZero ? more.IsZero ? double.NaN : double.PositiveInfinity
                : Math.Max(0, Dyadic.Ratio(more * divided, left * equations));
            return new TestedHypothesis(text, target)
            {
                F = f,
                NumeratorDegreesOfFreedom = equations,
                DenominatorDegreesOfFreedom = freedom,
                PValue = equations == 0 ? double.NaN : double.IsPositiveInfinity(f) ? 0
                    : FisherF.UpperTail(f, equations, freedom),
                Undetermined = equations == 0 ? "the other inputs are combinations of those that stay, and add nothing"
                    : null,
            };
        })];
    }

    /// <summary>For all targets at once; null where they cannot be tested so.</summary>
    public static MultivariateTest? OfAllTargets(LinearFit fit, IReadOnlyList<string> inputs, string text)
    {
        var (smaller, rank) = Smaller(fit, inputs);
        var (own, targets) = (fit.ResidualProducts, fit.Names.Targets.Count);
        var more = new Dyadic[targets, targets];
        for (var t = 0; t < targets; t++)
        {
            for (var u = 0; u < targets; u++)
            {
                more[t, u] = smaller[t, u] - own[t, u];
            }
        }

        return targets < 2 || fit.Settings.NoiseIsKnown ? null
            : MultivariateTest.Of(text, own, more, fit.Rank - rank, fit.ResidualDegreesOfFreedom);
    }

    /// <summary>The residuals' products of the smaller fit, and its rank.</summary>
    private static (Dyadic[,] Products, int Rank) Smaller(LinearFit fit, IReadOnlyList<string> inputs)
    {
        var (moments, bias) = (fit.Moments, fit.Settings.Bias);
        if (inputs.Count > 0)
        {
            var smaller = fit.Settings.Fit(moments.Select(fit.Names with { Inputs = inputs }));
            return (smaller.ResidualProducts, smaller.Rank);
        }

        var targets = moments.TargetCount;
        var products = new Dyadic[targets, targets];
        for (var t = 0; t < targets; t++)
        {
            for (var u = 0; u < targets; u++)
            {
                products[t, u] = bias
                    ? moments.WeightSum * moments.TargetProduct(t, u) - moments.TargetSum(t) * moments.TargetSum(u)
                    : moments.TargetProduct(t, u);
            }
        }

        return (products, bias ? 1 : 0);
    }
}

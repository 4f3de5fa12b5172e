using Plumb.Numerics;

namespace Plumb;

/// <summary>The standard errors of a fit, NaN where there is none: not identified, no degrees of freedom, or a ridge penalty.</summary>
/// <param name="Weights">Targets x inputs.</param>
/// <param name="Bias">One a target.</param>
/// <param name="DegreesOfFreedom">Rows less parameters that the data determine.</param>
/// <param name="ResidualStandardDeviation">One a target: the square root of the residual sum of squares a degree of freedom.</param>
internal sealed record StandardErrors(Matrix Weights, double[] Bias, long DegreesOfFreedom, double[] ResidualStandardDeviation)
{
    /// <summary>s^2 (X'X)^-1 on its diagonal, each in one rounding. Seber and Lee, Linear Regression Analysis, section 3.2.</summary>
    /// <param name="settings">The fit's settings.</param>
    /// <param name="moments">The data.</param>
    /// <param name="nullSpace">What the data do not determine.</param>
    /// <param name="equations">The equations without penalty.</param>
    /// <param name="solver">Solves the equations of the independent inputs.</param>
    /// <param name="residuals">The residual sums of squares on the equations' scale.</param>
    public static StandardErrors Of(LeastSquares settings, Moments moments, NullSpace nullSpace, NormalEquations equations, PositiveDefiniteSolver solver, Dyadic[] residuals)
    {
        var (inputs, targets) = (moments.InputCount, moments.TargetCount);
        var independent = nullSpace.SplitOfWeights.Independent;
        var rank = independent.Length + (settings.Bias ? 1 : 0);
        var freedom = moments.Rows - rank;
        var weights = Matrix.Create(targets, inputs, (_, _) => double.NaN);
        var bias = Enumerable.Repeat(double.NaN, targets).ToArray();
        var deviation = Enumerable.Repeat(double.NaN, targets).ToArray();
        if (freedom < 1 || settings.Ridge > 0)
        {
            return new StandardErrors(weights, bias, freedom, deviation);
        }

        // With a bias the equations are n times the moments about the mean, and so are the sums of squares: n falls out, but for the bias.
        Dyadic scale = settings.Bias ? moments.WeightSum : Dyadic.One;
        var variances = solver.InverseDiagonal();
        var biasVariance = Dyadic.One + (settings.Bias ? MeanTerm(moments, nullSpace, solver) : Dyadic.Zero);
        for (var t = 0; t < targets; t++)
        {
            deviation[t] = Dyadic.SquareRootOfRatio(residuals[t], scale * freedom);
            bias[t] = settings.Bias && nullSpace.DeterminesBias ? Dyadic.SquareRootOfRatio(residuals[t] * biasVariance, scale * scale * freedom) : double.NaN;
            for (var k = 0; k < variances.Length; k++)
            {
                var input = independent[k];
                weights[t, input] = nullSpace.DeterminesWeight(input) ? Dyadic.SquareRootOfRatio(residuals[t] * variances[k], freedom) : double.NaN;
            }
        }

        return new StandardErrors(weights, bias, freedom, deviation);
    }

    /// <summary>s' C^-1 s, s the inputs' sums: n (mean x)' (moments about the mean)^-1 (mean x).</summary>
    private static Dyadic MeanTerm(Moments moments, NullSpace nullSpace, PositiveDefiniteSolver solver)
    {
        Dyadic[] sums = [.. nullSpace.SplitOfWeights.Independent.Select(moments.InputSum)];
        var solution = solver.Solve(sums);
        var term = Dyadic.Zero;
        for (var k = 0; k < sums.Length; k++)
        {
            term += sums[k] * solution[k];
        }

        return term;
    }
}

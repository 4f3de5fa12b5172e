using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// The standard errors of a fit, NaN where there is none: not identified, no degrees of freedom (unless the noise is
/// known), or a ridge penalty.
/// </summary>
/// <param name="Weights">Targets x inputs.</param>
/// <param name="Bias">One per target.</param>
/// <param name="DegreesOfFreedom">Rows less parameters that the data determine.</param>
/// <param name="ResidualStandardDeviation">One per target: the square root of the residual sum of squares a degree of
/// freedom.</param>
/// <param name="Bounds">Bounds on the relative errors of the standard errors as given: those of the weights, then those
/// of the biases.</param>
internal sealed record StandardErrors(Matrix Weights, double[] Bias, long DegreesOfFreedom,
    double[] ResidualStandardDeviation, (Matrix Weights, double[] Bias) Bounds)
{
    private readonly List<StandardErrorTooLarge> _tooLarge = [];

    /// <summary>Those that no double holds; infinite.</summary>
    public IReadOnlyList<StandardErrorTooLarge> TooLarge => _tooLarge;

    /// <summary>
    /// s^2 (X'X)^-1 on its diagonal, each in one rounding; s is 1 where the noise is known. Seber and Lee, Linear
    /// Regression Analysis, section 3.2.
    /// </summary>
    /// <param name="settings">The fit's settings.</param>
    /// <param name="equations">The equations; without penalty, of the independent inputs.</param>
    /// <param name="nullSpace">What the data do not determine.</param>
    /// <param name="fits">One per target.</param>
    public static StandardErrors Of(LeastSquares settings, FitEquations equations, NullSpace nullSpace,
        TargetFit[] fits)
    {
        var (moments, solver, sums) = (equations.Moments, equations.Solver, equations.Sums);
        var (inputs, targets) = (moments.InputCount, moments.TargetCount);
        var independent = nullSpace.SplitOfWeights.Independent;
        var rank = independent.Length + (settings.Bias ? 1 : 0);
        var freedom = moments.Rows - rank;
        Matrix None() => Matrix.Create(targets, inputs, (_, _) => double.NaN);
        double[] NoneOfBias() => [.. Enumerable.Repeat(double.NaN, targets)];
        var errors = new StandardErrors(None(), NoneOfBias(), freedom, NoneOfBias(), (None(), NoneOfBias()));
        if ((freedom < 1 && !settings.NoiseIsKnown) || settings.Ridge > 0)
        {
            return errors;
        }

        // With a bias the equations are n times the moments about the mean, and so are the sums of squares: n falls
        // out, but for the bias.
        Dyadic scale = settings.Bias ? moments.WeightSum : Dyadic.One;
        var variances = independent.Length > 0 ? solver.InverseDiagonal() : [];
        // N (mean x)' (moments about the mean)^-1 (mean x).
        var form = sums.Length > 0 ? solver.Inverse.QuadraticForm(sums) : default;
        var ofBias = form with { Value = Dyadic.One + form.Value };
        var names = moments.Names;
        for (var t = 0; t < targets; t++)
        {
            // The variance is noise / divisor on the equations' scale; known, it is 1.
            var unit = scale * moments.Unit;
            var (noise, divisor) = settings.NoiseIsKnown ? (new Bounded(unit, 0), Dyadic.One)
                : (fits[t].Residual, (Dyadic)freedom);
            errors.ResidualStandardDeviation[t] =
                freedom < 1 ? double.NaN : Dyadic.SquareRootOfRatio(fits[t].Residual.Value, unit * freedom);
            if (settings.Bias && nullSpace.DeterminesBias)
            {
                errors.Bias[t] = errors.Root(noise.Value * ofBias.Value, scale * scale * divisor, names, t, "bias");
                errors.Bounds.Bias[t] = Bound(noise, ofBias);
            }

            for (var k = 0; k < variances.Length; k++)
            {
                var input = independent[k];
                if (nullSpace.DeterminesWeight(input))
                {
                    var variance = noise.Value * variances[k].Value;
                    errors.Weights[t, input] = errors.Root(variance, divisor, names, t, names.Inputs[input]);
                    errors.Bounds.Weights[t, input] = Bound(noise, variances[k]);
                }
            }
        }

        return errors;
    }

    /// <summary>The root of a variance, noted where it is too large.</summary>
    private double Root(Dyadic numerator, Dyadic denominator, VariableNames names, int target, string input)
    {
        var root = Dyadic.SquareRootOfRatio(numerator, denominator);
        if (double.IsInfinity(root))
        {
            var logarithm = (numerator.Log10() - denominator.Log10()) / 2;
            _tooLarge.Add(new StandardErrorTooLarge(names.Targets[target], input, logarithm));
        }

        return root;
    }

    /// <summary>A bound on the relative error of the root of a product, rounded to a double.</summary>
    private static double Bound(Bounded left, Bounded right)
    {
        const double Rounding = 1.0000001 / (1L << 53);
        if (left.Value.IsZero && left.RelativeError == 0)
        {
            return 0;
        }

        // |1 - sqrt((1 + d) (1 + e))| is at most half of |d + e + d e| once that is small, and never more than it.
        var both = left.RelativeError + right.RelativeError + left.RelativeError * right.RelativeError;
        return (both < 0.01 ? 0.51 * both : both) + Rounding;
    }
}

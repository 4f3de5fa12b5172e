using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// What the estimates of a fit are worth, by one way of estimating their errors: covariances, tests and intervals that
/// agree with each other.
/// </summary>
public sealed class Inference
{
    private readonly CoefficientCovariance?[] _covariances;

    internal Inference(LinearFit fit, EstimatedParameters estimates, CovarianceForm form)
    {
        (Fit, Estimates, Form) = (fit, estimates, form);
        _covariances = new CoefficientCovariance?[fit.Names.Targets.Count];
    }

    /// <summary>The fit.</summary>
    public LinearFit Fit { get; }

    /// <summary>How the errors are estimated.</summary>
    public ErrorMethod Method => Form.Method;

    internal EstimatedParameters Estimates { get; }

    internal CovarianceForm Form { get; }

    /// <summary>The covariance of one target's parameters.</summary>
    /// <param name="target">The target's place.</param>
    public CoefficientCovariance Covariance(int target = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(target);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, _covariances.Length);
        return _covariances[target] ??= new CoefficientCovariance(this, target);
    }

    /// <summary>
    /// The covariances of the parameters of one target with those of another, parameters x parameters, the bias first;
    /// NaN where the data leave one undetermined. Over all pairs of targets they make cov vec B.
    /// </summary>
    /// <param name="left">The target of the rows.</param>
    /// <param name="right">The target of the columns.</param>
    public Matrix CovarianceBetween(int left, int right)
    {
        var (targets, inputs) = (Fit.Names.Targets.Count, Fit.Names.Inputs.Count);
        var first = Fit.Settings.Bias ? 0 : 1;
        var size = inputs + 1 - first;
        int[] determined = [.. Enumerable.Range(0, size).Where(k => k + first == 0 ? Fit.NullSpace.DeterminesBias
            : Fit.NullSpace.DeterminesWeight(k + first - 1))];
        ParameterCombination[] Units(int target) =>
            [.. determined.Select(k => ParameterCombination.Unit(targets, inputs, target, k + first))];
        ParameterCombination[] asked = left == right ? Units(left) : [.. Units(left), .. Units(right)];
        var products = Form.Of(asked);
        var shift = left == right ? 0 : determined.Length;
        var matrix = Matrix.Create(size, size, (_, _) => double.NaN);
        for (var a = 0; a < determined.Length; a++)
        {
            for (var b = 0; b < determined.Length; b++)
            {
                matrix[determined[a], determined[b]] = products[a, shift + b].ToDouble();
            }
        }

        return matrix;
    }

    /// <summary>The direction that a combination would need and the data leave undetermined.</summary>
    internal Dependence? UndeterminedAlong(ParameterCombination combination) =>
        Estimates.UndeterminedAlong(combination);
}

using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>
/// How the estimates of one target's parameters vary together: what its standard errors, tests and intervals are made
/// of. Of parameters that the data leave undetermined it says nothing, but combinations that they determine have a
/// variance all the same.
/// </summary>
public sealed class CoefficientCovariance
{
    private readonly Inference _inference;
    private readonly int _target;
    private readonly Matrix _matrix;

    internal CoefficientCovariance(Inference inference, int target)
    {
        (_inference, _target) = (inference, target);
        var fit = inference.Fit;
        Parameters = fit.Settings.Bias ? ["bias", .. fit.Names.Inputs] : fit.Names.Inputs;
        _matrix = inference.CovarianceBetween(target, target);
    }

    /// <summary>How the errors are estimated.</summary>
    public ErrorMethod Method => _inference.Form.Method;

    /// <summary>The target.</summary>
    public string Target => _inference.Fit.Names.Targets[_target];

    /// <summary>What rows and columns stand for: "bias" first, where there is one, then the inputs.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>The covariance of two parameters; NaN where the data leave one of them undetermined.</summary>
    /// <param name="row">A place in <see cref="Parameters"/>.</param>
    /// <param name="column">Another.</param>
    public double this[int row, int column] => _matrix[row, column];

    /// <summary>The covariances, parameters x parameters; NaN where there is none.</summary>
    public Matrix ToMatrix() => _matrix;

    /// <summary>Whether the data determine a combination of the parameters, decided exactly.</summary>
    /// <param name="combination">One factor per parameter.</param>
    /// <exception cref="ArgumentException">There are more factors than parameters, or fewer, or one is not
    /// finite.</exception>
    public bool Determines(params ReadOnlySpan<double> combination) =>
        _inference.UndeterminedAlong(CombinationOf(combination)) is null;

    /// <summary>The estimated variance of a combination of the parameters, to a double's last digits.</summary>
    /// <param name="combination">One factor per parameter.</param>
    /// <exception cref="ArgumentException">There are more factors than parameters, or fewer, or one is not
    /// finite.</exception>
    /// <exception cref="InvalidOperationException">The data leave it undetermined.</exception>
    public double Variance(params ReadOnlySpan<double> combination)
    {
        var exact = CombinationOf(combination);
        return _inference.UndeterminedAlong(exact) is { } direction
            ? throw new InvalidOperationException(
                $"the data leave this combination undetermined, as {direction.Text} on every row.")
            : _inference.Form.Variance(exact).ToDouble();
    }

    /// <summary>The degrees of freedom of Student's t for a combination of the parameters.</summary>
    /// <param name="combination">One factor per parameter.</param>
    /// <exception cref="ArgumentException">There are more factors than parameters, or fewer, or one is not
    /// finite.</exception>
    public double DegreesOfFreedom(params ReadOnlySpan<double> combination) =>
        _inference.Form.DegreesOfFreedom(CombinationOf(combination));

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Method.Name} covariance of {Parameters.Count} parameters of {Target}");

    private ParameterCombination CombinationOf(ReadOnlySpan<double> combination)
    {
        if (combination.Length != Parameters.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"there are {combination.Length} factors, expected {Parameters.Count}: one a parameter."),
                nameof(combination));
        }

        var fit = _inference.Fit;
        var first = fit.Settings.Bias ? 0 : 1;
        var row = new Dyadic[fit.Names.Inputs.Count + 1];
        for (var k = 0; k < combination.Length; k++)
        {
            row[first + k] = double.IsFinite(combination[k]) ? combination[k]
                : throw new ArgumentException(FormattableString.Invariant(
                    $"the factor of {Parameters[k]} is {combination[k]}, expected a finite number."),
                    nameof(combination));
        }

        return ParameterCombination.Of(fit.Names.Targets.Count, _target, row);
    }
}

using Plumb.Numerics;

namespace Plumb;

/// <content>What the estimates are worth.</content>
public sealed partial class LinearFit
{
    /// <summary>
    /// What the estimates are worth where the noise is even: classical errors, with their tests and intervals.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public Inference Inference => field ??= WhyNoErrors is { } why
        ? throw new InvalidOperationException(why) : new Inference(this, Estimates!, Classical);

    /// <summary>The covariance of one target's parameters, [bias; weights].</summary>
    /// <param name="target">The target's place.</param>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public CoefficientCovariance Covariance(int target = 0) => Inference.Covariance(target);

    /// <summary>
    /// The residuals' covariance between targets, targets x targets: sums of products over the degrees of freedom, on
    /// its diagonal the squares of <see cref="ResidualStandardDeviation"/>. NaN where there are no standard errors.
    /// </summary>
    public Matrix ResidualCovariance => Matrix.Create(Names.Targets.Count, Names.Targets.Count, (t, u) =>
        WhyNoErrors is not null ? double.NaN
            : Dyadic.Ratio(Classical.Residuals[t, u], Scale * ResidualDegreesOfFreedom));

    /// <summary>Every parameter, target by target, the weights in the inputs' order and then the bias.</summary>
    public IReadOnlyList<Coefficient> Coefficients => field ??= [.. Enumerable.Range(0, Names.Targets.Count)
        .SelectMany(target => Enumerable.Range(0, ParametersPerTarget).Select(k => CoefficientOf(target, k)))];

    /// <summary>Why there are no standard errors, in a sentence; null where there are.</summary>
    internal string? WhyNoErrors => Settings.Ridge > 0
        ? "with a ridge penalty estimates are drawn towards 0, and no standard error says how far: fit without it."
        : ResidualDegreesOfFreedom < 1 ? FormattableString.Invariant(
            $"{Rows} rows determine {Rank} parameters and leave no degree of freedom: there is no way to estimate the ")
                + "noise, and so no standard errors; more rows are needed."
        : null;

    /// <summary>The estimates before they are rounded.</summary>
    internal EstimatedParameters? Estimates { get; init; }

    private ClassicalCovariance Classical => field ??= new ClassicalCovariance(Estimates!);

    /// <summary>How many times what it says a sum of squares is, in the equations.</summary>
    private Dyadic Scale => Settings.Bias ? Moments.WeightSum * Moments.Unit : Moments.Unit;

    private Coefficient CoefficientOf(int target, int k)
    {
        var isBias = k == Names.Inputs.Count;
        var estimate = isBias ? Map.Bias[target] : Map.WeightsOf(target)[k];
        var error = isBias ? BiasErrors[target] : WeightError(target, k);
        var reach = IntervalFactor * error;
        var digits = isBias ? Accuracy.OfBias(target) : Accuracy.OfWeight(target, k);
        return new Coefficient(Names.Targets[target], isBias ? "bias" : Names.Inputs[k], estimate, error)
        {
            IsDetermined = isBias ? DeterminesBias : Determines(k),
            Low = estimate - reach,
            High = estimate + reach,
            T = error > 0 ? estimate / error : double.NaN,
            PValue = PValue(estimate, error),
            Digits = digits?.Digits ?? double.NaN,
            Standardized = isBias ? double.NaN : estimate * Dyadic.SquareRootOfRatio(
                SquaresAboutMean(Moments.InputProduct(k, k), Moments.InputSum(k)),
                SquaresAboutMean(Moments.TargetProduct(target, target), Moments.TargetSum(target))),
        };
    }

    /// <summary>n times the sum of squares about the mean.</summary>
    private Dyadic SquaresAboutMean(Dyadic square, Dyadic sum) => Moments.WeightSum * square - sum * sum;
}

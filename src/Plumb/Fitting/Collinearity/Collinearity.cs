namespace Plumb.Fitting;

/// <summary>
/// Whether the rows of a fit can tell its inputs apart, given the noise. An input is entangled with others where its
/// confidence interval
/// holds 0 (or nearly, where its error is a hundred times what it would be without them), most of its variation is that
/// of others beyond
/// chance, and its variance is inflated tenfold, or its weight would be beyond
/// doubt if those were left out, or all inputs together are beyond doubt and none of them alone. Nothing here depends
/// on units or,
/// with a bias, on offsets.
/// </summary>
public sealed class Collinearity
{
    /// <summary>The most inputs whose groups are looked for.</summary>
    public const int MostInputs = 256;

    private readonly ParameterStatus[,] _weights; // targets x inputs
    private readonly ParameterStatus[] _bias;

    private Collinearity(ParameterStatus[,] weights, ParameterStatus[] bias, double[] inflation) =>
        (_weights, _bias, VarianceInflation) = (weights, bias, inflation);

    /// <summary>
    /// By what factor each weight's variance is larger than if its input did not move together with others: 1 / (1 -
    /// R^2) of the input
    /// on the others. NaN where the weight is undetermined. Generalised to what the data determine where inputs are
    /// dependent.
    /// </summary>
    public IReadOnlyList<double> VarianceInflation { get; }

    /// <summary>The groups of inputs that cannot be told apart; those with the largest inflation first.</summary>
    public IReadOnlyList<EntangledGroup> Groups { get; private init; } = [];

    /// <summary>
    /// Whether groups were looked for: not where there are more than <see cref="MostInputs"/>, or no noise to judge by.
    /// </summary>
    public bool WasLookedAt { get; private init; }

    /// <summary>What the data say of a weight.</summary>
    public ParameterStatus OfWeight(int target, int input) => _weights[target, input];

    /// <summary>What the data say of a bias.</summary>
    public ParameterStatus OfBias(int target) => _bias[target];

    /// <inheritdoc/>
    public override string ToString() => !WasLookedAt ? "not looked for"
        : Groups.Count == 0 ? "no inputs are entangled"
        : $"entangled: {Shown.Items([.. Groups.Select(group => Shown.List(group.Names))])}";

    internal static Collinearity Of(LinearFit fit)
    {
        var (targets, inputs) = (fit.Names.Targets.Count, fit.Names.Inputs.Count);
        var weights = new ParameterStatus[targets, inputs];
        var factor = fit.SignFactor;
        var bias = new ParameterStatus[targets];
        for (var t = 0; t < targets; t++)
        {
            for (var j = 0; j < inputs; j++)
            {
                weights[t, j] =
                    StatusOf(fit, fit.Determines(j), fit.Map.WeightsOf(t)[j], fit.WeightErrors[t, j], factor);
            }

            bias[t] = StatusOf(fit, fit.DeterminesBias, fit.Map.Bias[t], fit.BiasErrors[t], factor);
        }

        var independent = fit.NullSpace.SplitOfWeights.Independent;
        var isNoiseKnown = fit.NoiseDegreesOfFreedom > 0 && fit.Settings.Ridge == 0;
        var precision = independent.Length is > 0 and <= MostInputs
            ? InputPrecision.Of(fit.Moments, independent, fit.Settings.Bias) : null;
        var inflation = Enumerable.Repeat(double.NaN, inputs).ToArray();
        for (var place = 0; place < precision?.Inputs.Length; place++)
        {
            var input = precision.Inputs[place];
            inflation[input] = fit.NullSpace.DeterminesWeight(input) ? Math.Max(1, precision.Inverse[place, place].High)
                : double.NaN;
        }

        var search = precision is not null && isNoiseKnown ? new GroupSearch(fit, precision, weights, inflation) : null;
        return new Collinearity(weights, bias, inflation)
        {
            Groups = search?.Find() ?? [],
            WasLookedAt = search is not null || (isNoiseKnown && independent.Length == 0),
        };
    }

    private static ParameterStatus StatusOf(LinearFit fit, bool isDetermined, double estimate, double error,
        double factor) =>
        !isDetermined ? ParameterStatus.Undetermined
        : double.IsInfinity(estimate) || double.IsInfinity(error) ? ParameterStatus.TooLarge
        : Math.Abs(estimate) > factor * error || (error == 0 && fit.ResidualDegreesOfFreedom > 0)
            ? ParameterStatus.Stands
        : ParameterStatus.SignUnknown;
}

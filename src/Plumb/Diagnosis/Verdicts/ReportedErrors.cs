using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The standard errors to report of a fit: the classical ones, or for a target whose noise is uneven those that allow
/// for it.
/// What follows from them, intervals, p-values and digits, is of the same kind.
/// </summary>
public sealed class ReportedErrors
{
    /// <summary>What the classical errors are called.</summary>
    public const string Classical = "classical";

    private readonly LinearFit _fit;
    private readonly RobustErrors? _robust;
    private readonly bool[] _isRobust; // a target

    private ReportedErrors(LinearFit fit, RobustErrors? robust, bool[] isRobust) =>
        (_fit, _robust, _isRobust) = (fit, robust, isRobust);

    /// <summary>
    /// The errors that the rows were asked for; else the classical ones, and for targets whose noise the rows show to
    /// be uneven the robust ones, where there are any, unless the noise is known.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">What its rows say; null where they were not seen again.</param>
    public static ReportedErrors Of(LinearFit fit, RowReport? rows)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new ReportedErrors(fit, rows?.AskedErrors ?? rows?.RobustErrors,
            [.. fit.Names.Targets.Select(target => rows?.AskedErrors is not null
                || (!fit.Settings.NoiseIsKnown && rows?.RobustErrors is not null && rows.HasUnevenNoise(target)))]);
    }

    /// <summary>The classical errors of all targets.</summary>
    public static ReportedErrors OnlyClassical(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return new ReportedErrors(fit, robust: null, new bool[fit.Names.Targets.Count]);
    }

    /// <summary>Of which kind the errors of a target are: "classical", "HC0" to "HC4", "clustered",
    /// "HAC" or "bootstrap".</summary>
    public string KindOf(int target) => _isRobust[target] ? _robust!.Kind : Classical;

    /// <summary>How many groups of rows errors were found of, by column; empty where rows are not grouped.</summary>
    public IReadOnlyList<long> GroupsOf(int target) => _isRobust[target] ? _robust!.Groups : [];

    /// <summary>Up to how many rows apart HAC errors take rows to be correlated; null for other errors.</summary>
    public int? LagsOf(int target) => _isRobust[target] && _robust!.Lags.Count > 0 ? _robust.Lags[target] : null;

    /// <summary>The degrees of freedom of Student's t that goes with the errors of a parameter.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">The input's place; behind them, the bias.</param>
    public double DegreesOfFreedom(int target, int place) => !_isRobust[target] ? _fit.NoiseDegreesOfFreedom
        : _robust!.Freedoms is { Count: > 0 } freedoms ? freedoms[place] : _robust.DegreesOfFreedom;

    /// <summary>Whether the degrees of freedom differ from one parameter to the next: Satterthwaite's.</summary>
    public bool AreFreedomsApart(int target) => _isRobust[target] && _robust!.Freedoms.Count > 0;

    /// <summary>How many replicates bootstrap errors come from; 0 for other errors.</summary>
    public int ReplicatesOf(int target) => _isRobust[target] ? _robust!.Replicates : 0;

    /// <summary>How many replicates were left out.</summary>
    public int ReplicatesLeftOut(int target) => _isRobust[target] ? _robust!.ReplicatesLeftOut : 0;

    /// <summary>
    /// A confidence interval of the fit's level: by Student's t, or of a bootstrap by percentiles; NaN without degrees
    /// of freedom or standard error.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="place">The input's place; behind them, the bias.</param>
    public (double Low, double High) Interval(int target, int place) => Interval(target, place, _fit.Settings.Level);

    /// <summary>The same of any level.</summary>
    /// <param name="target">The target.</param>
    /// <param name="place">The input's place; behind them, the bias.</param>
    /// <param name="level">The level, such as 0.95.</param>
    public (double Low, double High) Interval(int target, int place, double level)
    {
        var isBias = place == _fit.Names.Inputs.Count;
        var estimate = isBias ? _fit.Map.Bias[target] : _fit.Map.WeightsOf(target)[place];
        var error = isBias ? OfBias(target) : OfWeight(target, place);
        if (_isRobust[target] && _robust!.Draws is { } draws && error > 0)
        {
            var (low, high) = draws.Percentiles(target, place, level);
            return (estimate + low, estimate + high);
        }

        var half = Factor(target, place, level) * error;
        return (estimate - half, estimate + half);
    }

    /// <summary>
    /// How probable an estimate at least this far from 0 would be, were the true parameter 0; NaN without a standard
    /// error.
    /// </summary>
    public double PValue(int target, int place, double estimate, double error) =>
        error > 0 && double.IsFinite(error) && double.IsFinite(estimate) && DegreesOfFreedom(target, place) > 0
            ? 2 * StudentT.UpperTail(Math.Abs(estimate) / error, DegreesOfFreedom(target, place)) : double.NaN;

    /// <summary>Whether any are robust.</summary>
    public bool AreSomeRobust => _isRobust.Contains(true);

    /// <summary>The standard error of a weight; NaN where there is none.</summary>
    public double OfWeight(int target, int input) => _isRobust[target] ? _robust!.Weights[target, input]
        : _fit.WeightErrors[target, input];

    /// <summary>The standard error of a bias; NaN where there is none.</summary>
    public double OfBias(int target) => _isRobust[target] ? _robust!.Bias[target] : _fit.BiasErrors[target];

    /// <summary>The standard errors of all weights, targets x inputs.</summary>
    public Matrix Weights => Matrix.Create(_fit.Names.Targets.Count, _fit.Names.Inputs.Count, OfWeight);

    /// <summary>The standard errors of all biases.</summary>
    public double[] Bias => [.. Enumerable.Range(0, _fit.Names.Targets.Count).Select(OfBias)];

    /// <summary>The digits of a weight, the statistical ones by these errors.</summary>
    public BelievableDigits? DigitsOfWeight(Accuracy accuracy, int target, int input)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        var statistical = Statistical(target, _fit.Map.WeightsOf(target)[input], OfWeight(target, input),
            accuracy.Statistical.Weights[target, input]);
        return BelievableDigits.Of(accuracy.Arithmetic.Weights[target, input], accuracy.Data.Weights[target, input],
            statistical);
    }

    /// <summary>The digits of a bias, likewise.</summary>
    public BelievableDigits? DigitsOfBias(Accuracy accuracy, int target)
    {
        ArgumentNullException.ThrowIfNull(accuracy);
        var statistical = Statistical(target, _fit.Map.Bias[target], OfBias(target), accuracy.Statistical.Bias[target]);
        return BelievableDigits.Of(accuracy.Arithmetic.Bias[target], accuracy.Data.Bias[target], statistical);
    }

    /// <summary>What the data say of a weight, its sign by these errors.</summary>
    public ParameterStatus StatusOfWeight(int target, int input) =>
        Status(target, input, _fit.Collinearity.OfWeight(target, input), _fit.Map.WeightsOf(target)[input],
            OfWeight(target, input));

    /// <summary>What the data say of a bias, likewise.</summary>
    public ParameterStatus StatusOfBias(int target) =>
        Status(target, _fit.Names.Inputs.Count, _fit.Collinearity.OfBias(target), _fit.Map.Bias[target],
            OfBias(target));

    /// <inheritdoc/>
    public override string ToString() => "standard errors: "
        + Shown.Items([.. _fit.Names.Targets.Select((name, t) => $"{name} {KindOf(t)}")]);

    private double Factor(int target, int place, double level) => DegreesOfFreedom(target, place) > 0
        ? StudentT.UpperQuantile((1 - level) / 2, DegreesOfFreedom(target, place)) : double.NaN;

    private double Statistical(int target, double estimate, double error, double classical) =>
        _isRobust[target] && error > 0 ? Math.Max(0, Math.Log10(Math.Abs(estimate) / error)) : classical;

    private ParameterStatus Status(int target, int place, ParameterStatus classical, double estimate, double error) =>
        !_isRobust[target] || classical is not (ParameterStatus.Stands or ParameterStatus.SignUnknown) ? classical
        : Math.Abs(estimate) > Factor(target, place, 0.95) * error ? ParameterStatus.Stands
        : ParameterStatus.SignUnknown;
}

using Plumb.Numerics;

namespace Plumb.Fitting;

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

    /// <summary>
    /// The predictions at a point with their intervals, one per target. By other errors than classical ones, the mean
    /// has an interval, and a new observation none: nothing says how large its own noise is.
    /// </summary>
    /// <param name="x">One number per input.</param>
    /// <param name="interval">Which intervals.</param>
    /// <exception cref="ArgumentException">There are more numbers than inputs, or fewer, or one is not
    /// finite.</exception>
    public IReadOnlyList<Prediction> Predict(ReadOnlySpan<double> x, PredictionInterval interval)
    {
        ArgumentNullException.ThrowIfNull(interval);
        if (x.Length != Fit.Names.Inputs.Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"x has {x.Length} numbers, expected {Fit.Names.Inputs.Count}: one an input."), nameof(x));
        }

        foreach (var value in x)
        {
            _ = double.IsFinite(value) ? value : throw new ArgumentException(
                FormattableString.Invariant($"x holds {value}, expected finite numbers."), nameof(x));
        }

        return PredictionsAt(x, interval);
    }

    private Prediction[] PredictionsAt(ReadOnlySpan<double> x, PredictionInterval interval)
    {
        var targets = Fit.Names.Targets.Count;
        var errors = Fit.PredictionErrors ?? throw new InvalidOperationException(
            "numbers of the data leave the range of doubles: give them in other units.");
        var reaches = errors.Reaches(interval);
        ParameterCombination[] places = new ParameterCombination[targets];
        for (var t = 0; t < targets; t++)
        {
            places[t] = ParameterCombination.At(targets, t, x, Fit.Settings.Bias);
        }

        var isDetermined = UndeterminedAlong(places[0]) is null;
        var leverage = isDetermined ? Fit.LeverageOf(places[0]) : double.PositiveInfinity;
        double[] values = isDetermined ? [.. places.Select(place => Estimates.Value(place).ToDouble())]
            : Fit.Map.Apply(x);
        var design = Estimates.Moments.Design;
        return [.. values.Select((value, t) => ByForm(errors.Of(Fit.Names.Targets[t], t, value, leverage, reaches),
            isDetermined ? places[t] : null, interval).Undo(design.Targets[t].Factors[0].Function))];
    }

    // The mean's variance by errors that are not classical.
    private Prediction ByForm(Prediction prediction, ParameterCombination? place, PredictionInterval interval)
    {
        if (Form is ClassicalCovariance || place is null)
        {
            return prediction;
        }

        var error = Dyadic.SquareRootOfRatio(Form.Variance(place), Dyadic.One);
        var own = Fit.PredictionErrors! with { DegreesOfFreedom = Form.DegreesOfFreedom(place) };
        var reach = own.Reach(IntervalKind.Mean, interval) * error;
        return prediction with
        {
            StandardError = error,
            MeanLow = prediction.Value - reach,
            MeanHigh = prediction.Value + reach,
            NewStandardError = double.NaN,
            NewLow = double.NaN,
            NewHigh = double.NaN,
        };
    }

    /// <summary>
    /// Tests linear hypotheses, each for every target, or once where it names targets itself; see
    /// <see cref="Hypothesis.Parse"/>.
    /// </summary>
    /// <param name="hypotheses">Such as "x1 = x2" or "x1 + x2 = 1, x3 = 0".</param>
    /// <exception cref="FormatException">One is no hypothesis about this fit, or contradicts itself.</exception>
    public IReadOnlyList<TestedHypothesis> Test(params ReadOnlySpan<string> hypotheses) =>
        Test([.. hypotheses.ToArray().Select(text => Hypothesis.Parse(text, Design))], AdjustmentMethod.None);

    /// <summary>The same with p-values that allow for each other.</summary>
    /// <param name="hypotheses">The hypotheses.</param>
    /// <param name="adjustment">How.</param>
    /// <exception cref="FormatException">One contradicts itself, or the adjustment is not for such.</exception>
    public IReadOnlyList<TestedHypothesis> Test(IReadOnlyList<Hypothesis> hypotheses, AdjustmentMethod adjustment)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        return Adjust([.. hypotheses.SelectMany(hypothesis => WaldTests.Of(this, hypothesis))], adjustment);
    }

    /// <summary>Makes the p-values of tests of one fit allow for each other.</summary>
    /// <param name="tests">The tests.</param>
    /// <param name="adjustment">How.</param>
    /// <exception cref="FormatException">The adjustment is not for such hypotheses.</exception>
    public static IReadOnlyList<TestedHypothesis> Adjust(IReadOnlyList<TestedHypothesis> tests,
        AdjustmentMethod adjustment)
    {
        ArgumentNullException.ThrowIfNull(tests);
        return Adjustment.Apply(tests, adjustment);
    }

    /// <summary>
    /// Tests a hypothesis about all targets at once; null for one target, where it names targets itself, and where the
    /// data leave it undetermined or the residuals of targets depend on each other.
    /// </summary>
    /// <param name="hypothesis">The hypothesis.</param>
    /// <exception cref="FormatException">It contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">There are several targets, and the errors are not classical: they
    /// are known target by target.</exception>
    public MultivariateTest? TestAllTargets(Hypothesis hypothesis)
    {
        ArgumentNullException.ThrowIfNull(hypothesis);
        return Form is not ClassicalCovariance && Fit.Names.Targets.Count > 1
            ? throw new InvalidOperationException($"{Method.Name} errors are known target by target, and this tests "
                + "all targets at once; classical errors do.")
            : WaldTests.OfAllTargets(this, hypothesis);
    }

    /// <summary>
    /// Compares the levels of a category: its means at the means of the other inputs, and the slopes that differ
    /// between levels, target by target.
    /// </summary>
    /// <param name="column">A category among the inputs.</param>
    /// <param name="adjustment">How the p-values of the differences allow for each other.</param>
    /// <exception cref="FormatException">It is none, or has one level, or an input has no mean of its own.</exception>
    public IReadOnlyList<LevelComparison> CompareLevels(string column,
        AdjustmentMethod adjustment = AdjustmentMethod.Tukey)
    {
        ArgumentNullException.ThrowIfNull(column);
        return LevelTests.Of(this, column, adjustment);
    }

    /// <summary>What the inputs and targets are made of, by the fit's names.</summary>
    internal Design Design => Estimates.Moments.Design;

    /// <summary>The direction that a combination would need and the data leave undetermined.</summary>
    internal Dependence? UndeterminedAlong(ParameterCombination combination) =>
        Estimates.UndeterminedAlong(combination);
}

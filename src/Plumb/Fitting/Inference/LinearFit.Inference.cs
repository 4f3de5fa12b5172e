using Plumb.Numerics;

namespace Plumb;

/// <content>What the estimates are worth.</content>
public sealed partial class LinearFit
{
    private const int MostInputsKept = 200; // whose factor takes some 400 KB in a model file

    /// <summary>
    /// What the estimates are worth where the noise is even: classical errors, with their tests and intervals.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public Inference Inference => field ??= InferenceBy(null);

    /// <summary>The same by other errors; null for classical ones.</summary>
    internal Inference InferenceBy(CovarianceForm? form) => WhyNoErrors is { } why
        ? throw new InvalidOperationException(why) : new Inference(this, Estimates!, form ?? Classical);

    /// <summary>The covariance of one target's parameters, [bias; weights].</summary>
    /// <param name="target">The target's place.</param>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public CoefficientCovariance Covariance(int target = 0) => Inference.Covariance(target);

    /// <summary>
    /// The residuals' covariance between targets, targets x targets: sums of products over the degrees of freedom, on
    /// its diagonal the squares of <see cref="ResidualStandardDeviation"/>. NaN where there are no standard errors.
    /// </summary>
    public Matrix ResidualCovariance => field ??= Matrix.Create(Names.Targets.Count, Names.Targets.Count, (t, u) =>
        WhyNoErrors is not null || ResidualDegreesOfFreedom < 1 ? double.NaN
            : Dyadic.Ratio(Classical.Residuals[t, u], Scale * ResidualDegreesOfFreedom));

    /// <summary>Every parameter, target by target, the weights in the inputs' order and then the bias.</summary>
    public IReadOnlyList<Coefficient> Coefficients => field ??= [.. Enumerable.Range(0, Names.Targets.Count)
        .SelectMany(target => Enumerable.Range(0, ParametersPerTarget).Select(k => CoefficientOf(target, k)))];

    /// <summary>
    /// A weight in units of the target's standard deviation per standard deviation of the input, over the rows.
    /// </summary>
    /// <param name="target">The target's place.</param>
    /// <param name="input">The input's.</param>
    public double StandardizedWeight(int target, int input)
    {
        var own = SquaresAboutMean(Moments.TargetProduct(target, target), Moments.TargetSum(target));
        return own.IsZero ? double.NaN : Map.WeightsOf(target)[input] * Dyadic.SquareRootOfRatio(
            SquaresAboutMean(Moments.InputProduct(input, input), Moments.InputSum(input)), own);
    }

    /// <summary>
    /// The logarithm of the likelihood of a target under normal noise, at its maximum: -n/2 (log(2 pi R / n) + 1), R
    /// the residual sum of squares; of weighted rows less half the sum of their weights' logarithms, which moments do
    /// not hold. Where the noise is known, -(n log(2 pi) + chi-squared) / 2, less the same. Infinite without a residual
    /// and known noise; NaN with a ridge penalty.
    /// </summary>
    /// <param name="target">The target's place.</param>
    public double LogLikelihood(int target) => Settings.Ridge > 0 ? double.NaN
        : Settings.NoiseIsKnown ? -0.5 * (Rows * Math.Log(2 * Math.PI) + ResidualSumOfSquares[target])
        : -0.5 * Rows * (Math.Log(2 * Math.PI) + 1
            + (HasNoResidual[target] ? double.NegativeInfinity
                : 2 * (Math.Log(ResidualLengths[target]) - Math.Log(Rows) / 2)));

    /// <summary>
    /// Akaike's information criterion, 2 k - 2 log-likelihood, k the rank and, unless it is known, 1 for the noise.
    /// IEEE Trans. Automatic Control 19, 1974.
    /// </summary>
    /// <param name="target">The target's place.</param>
    public double AkaikeInformation(int target) => 2 * Estimated - 2 * LogLikelihood(target);

    /// <summary>The Bayesian one, k log n - 2 log-likelihood. Schwarz, Annals of Statistics 6, 1978.</summary>
    /// <param name="target">The target's place.</param>
    public double BayesianInformation(int target) => Estimated * Math.Log(Rows) - 2 * LogLikelihood(target);

    private int Estimated => Rank + (Settings.NoiseIsKnown ? 0 : 1);

    /// <summary>
    /// How far predictions may be off, as models keep it; null without standard errors, and where numbers leave the
    /// range of doubles.
    /// </summary>
    public PredictionErrors? PredictionErrors => WhyNoErrors is null ? field ??= PredictionErrorsOf() : null;

    /// <summary>The predictions at a point with their intervals, one per target.</summary>
    /// <param name="x">One number per input.</param>
    /// <param name="level">The probability that an interval covers what it is for; that of the settings when left
    /// out.</param>
    /// <exception cref="ArgumentException">There are more numbers than inputs, or fewer, or one is not
    /// finite.</exception>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public IReadOnlyList<Prediction> Predict(ReadOnlySpan<double> x, double? level = null) =>
        Inference.Predict(x, new PredictionInterval(level ?? Settings.Level));

    /// <summary>A map learned from these data, with what the data determine of it.</summary>
    /// <param name="map">The map: <see cref="Map"/>, or one that was trained.</param>
    /// <param name="made">How it was made.</param>
    /// <exception cref="ArithmeticException">The map is this fit's, and a coefficient is too large for a
    /// double.</exception>
    public AffineModel ToModel(AffineMap map, Provenance made) =>
        new(ReferenceEquals(map, Map) && TooLarge.Count > 0
            ? throw new ArithmeticException(TooLarge[0].ToString()) : map)
        {
            Provenance = made,
            Design = Moments.Design is { IsPlain: false } design ? design : null,
            Identified = new Identification(
                [.. Enumerable.Range(0, Names.Inputs.Count).Select(NullSpace.DeterminesWeight)],
                NullSpace.DeterminesBias),
            FreeDirections =
                [.. NullSpace.Dependences.Select(relation => new Direction(relation.Weights, relation.Bias))],
            Errors = ReferenceEquals(map, Map) && Names.Inputs.Count <= MostInputsKept ? PredictionErrors : null,
            LearnedFrom = new LearnedFrom(Moments.Rows)
            {
                RSquared = ReferenceEquals(map, Map) && RSquaredIsCentred ? RSquared : [],
            },
        };

    /// <summary>
    /// Tests this fit against one of fewer inputs, one test per target: whether the others add anything.
    /// </summary>
    /// <param name="inputs">The inputs that stay; none for the constant alone.</param>
    /// <exception cref="ArgumentException">A name is no input, or is given twice.</exception>
    /// <exception cref="InvalidOperationException">There are no standard errors: no degree of freedom is left, or there
    /// is a ridge penalty.</exception>
    public IReadOnlyList<TestedHypothesis> TestAgainst(params IReadOnlyList<string> inputs) =>
        NestedTests.Of(Inference.Fit, inputs, AgainstText(inputs));

    /// <summary>
    /// The same for all targets at once; null for one target, and where the residuals of targets depend on each other.
    /// </summary>
    /// <inheritdoc cref="TestAgainst" path="/param"/>
    /// <inheritdoc cref="TestAgainst" path="/exception"/>
    public MultivariateTest? TestAllTargetsAgainst(params IReadOnlyList<string> inputs) =>
        NestedTests.OfAllTargets(Inference.Fit, inputs, AgainstText(inputs));

    private static string AgainstText(IReadOnlyList<string> inputs) => inputs.Count == 0 ? "all weights are 0"
        : $"only {string.Join(", ", inputs)}";

    private PredictionErrors? PredictionErrorsOf()
    {
        var place = new RowCoordinates(Moments, NullSpace, Settings.Bias);
        var count = place.Inputs.Count;
        var errors = new PredictionErrors
        {
            Rows = Rows,
            WeightSum = Settings.Bias ? Dyadic.Ratio(Moments.WeightSum, Moments.Unit) : null,
            Inputs = place.Inputs,
            Means = place.Means,
            Factor = Matrix.Create(count, count, (i, j) => j <= i ? place.Factor(i, j) : 0),
            DegreesOfFreedom = NoiseDegreesOfFreedom,
            ResidualStandardDeviation = [.. Names.Targets.Select((_, t) => NoiseStandardDeviation(t))],
        };
        return errors.IsFinite ? errors : null;
    }

    /// <summary>Why there are no standard errors, in a sentence; null where there are.</summary>
    internal string? WhyNoErrors => Settings.Ridge > 0
        ? "with a ridge penalty estimates are drawn towards 0, and no standard error says how far: fit without it."
        : NoiseDegreesOfFreedom < 1 ? FormattableString.Invariant(
            $"{Rows} rows determine {Rank} parameters and leave no degree of freedom: there is no way to estimate the ")
                + "noise, and so no standard errors; more rows are needed."
        : null;

    /// <summary>The estimates before they are rounded.</summary>
    internal EstimatedParameters? Estimates { get; init; }

    /// <summary>c'(X'X)^-1 c of a combination of the first target's parameters, in one rounding.</summary>
    internal double LeverageOf(ParameterCombination combination) =>
        combination.IsZero ? 0 : Classical.UnitsOf([combination.Of(0).ToArray()])[0, 0].ToDouble();

    /// <summary>
    /// The sums of products of two targets' residuals, on the equations' scale, targets x targets.
    /// </summary>
    internal Dyadic[,] ResidualProducts => Classical.Residuals;

    /// <summary>
    /// The sums of products that a hypothesis about every target adds to those of the residuals, on their scale:
    /// d'(L (X'X)^-1 L')^-1 d.
    /// </summary>
    /// <param name="combinations">L, independent of each other.</param>
    /// <param name="differences">d, targets x combinations.</param>
    internal Dyadic[,] Explained(IReadOnlyList<Dyadic[]> combinations, Dyadic[][] differences)
    {
        var solver = new PositiveDefiniteSolver(ScaledMatrix.Of(Classical.UnitsOf(combinations)));
        var products = new Dyadic[differences.Length, differences.Length];
        for (var t = 0; t < differences.Length; t++)
        {
            var solution = solver.Solve(differences[t]).Values;
            for (var u = 0; u < differences.Length; u++)
            {
                products[t, u] = Scale * differences[u].Zip(solution)
                    .Aggregate(Dyadic.Zero, (sum, pair) => sum + pair.First * pair.Second);
            }
        }

        return products;
    }

    private ClassicalCovariance Classical => field ??= new ClassicalCovariance(Estimates!, Settings.NoiseIsKnown);

    /// <summary>How many times what it says a sum of squares is, in the equations.</summary>
    internal Dyadic Scale => Settings.Bias ? Moments.WeightSum * Moments.Unit : Moments.Unit;

    private Coefficient CoefficientOf(int target, int k)
    {
        var isBias = k == Names.Inputs.Count;
        var estimate = isBias ? Map.Bias[target] : Map.WeightsOf(target)[k];
        var error = isBias ? BiasErrors[target] : WeightErrors[target, k];
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
            Standardized = isBias ? double.NaN : StandardizedWeight(target, k),
        };
    }

    /// <summary>n times the sum of squares about the mean.</summary>
    private Dyadic SquaresAboutMean(Dyadic square, Dyadic sum) => Moments.WeightSum * square - sum * sum;
}

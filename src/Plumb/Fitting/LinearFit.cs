using Plumb.Numerics;

namespace Plumb;

/// <summary>The affine map that fits data best, and what is known about it.</summary>
public sealed partial class LinearFit
{
    private const double RoundingLevel = 1.0 / (1L << 49); // residuals of a few units in the last place of the targets

    private readonly StandardErrors _errors;
    private readonly Certificate _certificate;
    private readonly Once<Spectrum> _spectrum;

    internal LinearFit(LeastSquares settings, Moments moments, NullSpace nullSpace, AffineMap map,
        StandardErrors errors, Certificate certificate)
    {
        Moments = moments.Clone();
        (Settings, Names, Rows, NullSpace, Map, _errors, _certificate) =
            (settings, moments.Names, moments.Rows, nullSpace, map, errors, certificate);
        IntervalFactor = NoiseDegreesOfFreedom > 0
            ? StudentT.UpperQuantile((1 - settings.Level) / 2, NoiseDegreesOfFreedom) : double.NaN;
        _spectrum = new Once<Spectrum>(() => Fitting.Spectrum.Of(Moments, nullSpace, settings.Bias));
    }

    /// <summary>What was asked for.</summary>
    public LeastSquares Settings { get; }

    /// <summary>The names of the inputs and targets.</summary>
    public VariableNames Names { get; }

    /// <summary>The number of rows.</summary>
    public long Rows { get; }

    /// <summary>The directions that the data do not determine.</summary>
    public NullSpace NullSpace { get; }

    /// <summary>
    /// The map; of all maps that fit equally well, the one with the smallest weights (the bias goes free).
    /// </summary>
    public AffineMap Map { get; }

    /// <summary>
    /// The weights and biases that no double holds; infinite in <see cref="Map"/>. Predictions, and what is made of
    /// them, need the data in other units.
    /// </summary>
    public IReadOnlyList<CoefficientTooLarge> TooLarge { get; internal init; } = [];

    /// <summary>
    /// The standard errors that no double holds, of parameters that the data determine; infinite where they are asked
    /// for. The others, and the coefficients, stand.
    /// </summary>
    public IReadOnlyList<StandardErrorTooLarge> ErrorsTooLarge => field ??=
    [
        .. _errors.TooLarge.Where(error => error.Input == "bias"
            ? DeterminesBias
            : Names.Inputs.Index().Any(input => input.Item == error.Input && Determines(input.Index))),
    ];

    /// <summary>The sum of squared residuals, one per target; 0 or infinite where no double holds it.</summary>
    public IReadOnlyList<double> ResidualSumOfSquares { get; internal init; } = [];

    /// <summary>
    /// 1 - residual / total sum of squares, one per target; about the mean where <see cref="RSquaredIsCentred"/>, else
    /// about 0. NaN for a target that does not vary.
    /// Without a bias the two are different questions: Eisenhauer, Teaching Statistics 25, 2003.
    /// </summary>
    public IReadOnlyList<double> RSquared { get; internal init; } = [];

    /// <summary>
    /// Whether <see cref="RSquared"/> and what follows from it compare with the mean: with a bias, and without one
    /// where the inputs span the constant, as a column of ones does,
    /// or the indicators of all groups, which is decided exactly. Otherwise they compare with 0, and are not comparable
    /// with those of a fit with a bias.
    /// </summary>
    public bool RSquaredIsCentred { get; internal init; } = true;

    /// <summary>
    /// 1 - residual mean square / total mean square, one per target: R-squared that does not grow with inputs that
    /// explain nothing. NaN for a target that does not vary, without degrees of freedom,
    /// or with a ridge penalty. Draper and Smith, Applied Regression Analysis, 3rd ed., section 5.2.
    /// </summary>
    public IReadOnlyList<double> AdjustedRSquared { get; internal init; } = [];

    /// <summary>
    /// The mean square that the inputs explain over the residual mean square, one per target; infinite without a
    /// residual. NaN where there is none: without inputs, for a target that does not vary,
    /// without degrees of freedom, or with a ridge penalty. Draper and Smith, section 1.3.
    /// </summary>
    public IReadOnlyList<double> FStatistic { get; internal init; } = [];

    /// <summary>
    /// The numerator degrees of freedom of <see cref="FStatistic"/>: the rank less 1 for the constant where there is
    /// one; the denominator's are <see cref="ResidualDegreesOfFreedom"/>.
    /// </summary>
    public int ExplainedDegreesOfFreedom => Rank - (RSquaredIsCentred ? 1 : 0);

    /// <summary>Relations between inputs that could be exact within the rounding of the data.</summary>
    public IReadOnlyList<Dependence> NearDependences { get; internal init; } = [];

    /// <summary>
    /// Whether the weight of an input depends on the last bit of the data, as those in a near dependence do: no digit
    /// of it can be trusted.
    /// </summary>
    public bool HangsOnLastBit(int input) => NearDependences.Any(relation => relation.Weights[input] != 0);

    /// <summary>Whether the bias depends on the last bit of the data.</summary>
    public bool BiasHangsOnLastBit => NearDependences.Any(relation => relation.Bias != 0);

    /// <summary>The number of parameters per target: its weights, and 1 for the bias.</summary>
    public int ParametersPerTarget => Names.Inputs.Count + (Settings.Bias ? 1 : 0);

    /// <summary>
    /// The rank when each number of the inputs may be off by half a unit in its last place, beside that at tolerances
    /// ten times as large and as small; computed when first asked for.
    /// </summary>
    public NearRank NearRank => field ??= new NearRank(
        Settings.Rounding,
        RankAt(Settings.Rounding),
        RankAt(10 * Settings.Rounding),
        RankAt(Settings.Rounding / 10),
        Spectrum.GapAfter(RankAt(Settings.Rounding), Rank));

    /// <summary>
    /// The rank when each number of the inputs may be off by a share of itself: the exact rank less one for each input
    /// that is a combination of those before it within the tolerance.
    /// </summary>
    /// <param name="tolerance">The share, such as 2^-53 for doubles or 1e-6 for data good to six digits; 0 or
    /// more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not finite.</exception>
    public int RankAt(double tolerance)
    {
        if (!(tolerance >= 0 && double.IsFinite(tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance,
                "the tolerance must be 0 or a positive number, such as 1e-6 for data good to six digits.");
        }

        return Rank - FindNear(tolerance).Count;
    }

    /// <summary>How many of them the data determine.</summary>
    public int Rank => ParametersPerTarget - NullSpace.Count;

    /// <summary>Whether the data determine everything.</summary>
    public bool IsIdentified => NullSpace.Count == 0;

    /// <summary>The relations between the inputs that hold on every row, then those that nearly hold.</summary>
    public IReadOnlyList<Dependence> Dependences => field ??= [.. NullSpace.Dependences, .. NearDependences];

    /// <summary>
    /// Whether the data determine a weight: exactly, and not only by the last bit of the inputs, as in a near
    /// dependence.
    /// </summary>
    public bool Determines(int input) => NullSpace.DeterminesWeight(input) && !HangsOnLastBit(input);

    /// <summary>The same of the bias.</summary>
    public bool DeterminesBias => !Settings.Bias || (NullSpace.DeterminesBias && !BiasHangsOnLastBit);

    /// <summary>
    /// Whether the inputs can be told apart, and what the data say of each parameter; computed when first asked for.
    /// </summary>
    public Collinearity Collinearity => field ??= Collinearity.Of(this);

    /// <summary>Rows less rank.</summary>
    public long ResidualDegreesOfFreedom => _errors.DegreesOfFreedom;

    /// <summary>
    /// The estimated standard deviation of the noise, one per target; NaN without degrees of freedom or with a ridge
    /// penalty.
    /// </summary>
    public IReadOnlyList<double> ResidualStandardDeviation => _errors.ResidualStandardDeviation;

    /// <summary>The data, as they were when it was fitted; never changed.</summary>
    internal Moments Moments { get; }

    /// <summary>
    /// How far each parameter can move, to first order, when each number of the data moves by half a unit in its last
    /// place.
    /// </summary>
    internal (Matrix Weights, double[] Bias) RoundingOfParameters() => _certificate.RoundingOfParameters();

    /// <summary>Finds near dependences at a tolerance.</summary>
    internal Func<double, IReadOnlyList<Dependence>> FindNear { get; init; } = _ => [];

    /// <summary>Whether there is no residual on any row, decided exactly; one per target.</summary>
    internal IReadOnlyList<bool> HasNoResidual { get; init; } = [];

    /// <summary>
    /// Whether the residuals of a target are no larger than the rounding of the data, and yet not 0: what they measure
    /// is rounding, and no noise.
    /// </summary>
    public bool HasResidualOfRounding(int target) => ResidualDegreesOfFreedom > 0 && !HasNoResidual[target]
        && ResidualStandardDeviation[target] <= RoundingLevel * TargetMagnitudes[target];

    /// <summary>Whether there are residuals to judge the noise of a target by, and more than rounding.</summary>
    internal bool HasNoise(int target) => ResidualDegreesOfFreedom > 0 && Settings.Ridge == 0
        && !HasNoResidual[target] && !HasResidualOfRounding(target);

    /// <summary>
    /// The square root of the residual sum of squares, which may leave the range of doubles; one per target.
    /// </summary>
    internal IReadOnlyList<double> ResidualLengths { get; init; } = [];

    /// <summary>
    /// The root of each target's weighted sum of squares over the rows: what its residual standard deviation is to be
    /// seen beside, whatever factor all weights have in common.
    /// </summary>
    internal IReadOnlyList<double> TargetMagnitudes { get; init; } = [];

    /// <summary>The standard errors of the weights, targets x inputs; NaN where there is none.</summary>
    public Matrix WeightErrors => _errors.Weights;

    /// <summary>The standard errors of the bias, one per target; NaN where there is none.</summary>
    public IReadOnlyList<double> BiasErrors => _errors.Bias;

    /// <summary>
    /// How many digits of the parameters to trust: what is proved, what the rounding of the data to doubles
    /// leaves, what noise leaves.
    /// </summary>
    public Accuracy Accuracy => field ??= _certificate.AccuracyOf(this, _errors.Bounds, uncertainty: null);

    /// <summary>
    /// The same for data that are uncertain by other lengths than half a unit in the last place of each number.
    /// </summary>
    /// <param name="uncertainty">How far each column may be off.</param>
    /// <exception cref="ArgumentException">There is not one length per column, or a length is negative or not
    /// finite.</exception>
    public Accuracy AccuracyWith(DataUncertainty uncertainty)
    {
        ArgumentNullException.ThrowIfNull(uncertainty);
        uncertainty.Require(Names, nameof(uncertainty));
        return _certificate.AccuracyOf(this, _errors.Bounds, uncertainty);
    }

    /// <summary>
    /// Of all maps that fit equally well, the one closest to a given map: where gradient descent that starts there
    /// ends.
    /// Lengths are taken over weights and biases in the units of the data.
    /// </summary>
    public AffineMap ClosestTo(AffineMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return IsIdentified ? Map : Map + NullSpace.Project(map - Map);
    }

    /// <summary>
    /// The half-width of a confidence interval is this many standard errors: the quantile of Student's t, or of the
    /// normal distribution where the noise is known. NaN without degrees of freedom.
    /// </summary>
    public double IntervalFactor { get; }

    /// <summary>
    /// An estimate this many standard errors from 0 has a known sign: 95 %, whatever level intervals are shown at, so
    /// that how a fit is shown never changes what is said of it. NaN without degrees of freedom.
    /// </summary>
    internal double SignFactor => NoiseDegreesOfFreedom > 0 ? StudentT.UpperQuantile(0.025, NoiseDegreesOfFreedom)
        : double.NaN;

    /// <summary>
    /// How probable an estimate at least this far from 0 would be, were the true parameter 0: both tails of Student's
    /// t, or of the normal distribution where the noise is known. NaN without a standard error or a
    /// residual, or where no double holds the estimate.
    /// </summary>
    public double PValue(double estimate, double error) =>
        error > 0 && double.IsFinite(error) && double.IsFinite(estimate) && NoiseDegreesOfFreedom > 0
            ? 2 * StudentT.UpperTail(Math.Abs(estimate) / error, NoiseDegreesOfFreedom) : double.NaN;

    /// <summary>
    /// How probable an F statistic at least this large would be, were all true weights 0: the upper tail of Fisher's F.
    /// NaN where there is no statistic.
    /// </summary>
    /// <param name="target">The target.</param>
    public double FPValue(int target) =>
        double.IsNaN(FStatistic[target]) ? double.NaN
            : FisherF.UpperTail(FStatistic[target], ExplainedDegreesOfFreedom, ResidualDegreesOfFreedom);

    /// <summary>The eigenvalues and eigenvectors that govern gradient descent; computed when first asked for.</summary>
    public Spectrum Spectrum => _spectrum.Value;

    /// <summary>The same, in a way that can be ended while it is computed.</summary>
    /// <param name="cancellationToken">Ends the computation; asked for again, it begins anew.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public Spectrum GetSpectrum(CancellationToken cancellationToken) =>
        Stop.Within(() => _spectrum.Value, cancellationToken);
}

using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether maps are the best fit of some data. With d the map less the best fit, X the rows of [x; 1] and s the
/// residual standard deviation of a target, |X d| decides: by Cauchy and Schwarz, |c . d| is at most |X d| / s standard
/// errors of c . w for every combination c that the data determine, and exactly that for one of them. So |X d| of at
/// most s / 100 means that no parameter, and no combination of parameters, is farther away than a hundredth of its
/// standard error. Scheffe, The Analysis of Variance, section 3.5. Units and offsets leave |X d| / s as it is, and it
/// is
/// taken from exact moments.
/// Without noise, rounding takes the place of s: what a backward stable solver leaves. Bjorck, Numerical Methods for
/// Least Squares Problems, section 1.4: the inputs' rounding moves predictions by u |X| |w| and, times the condition
/// number, u |r|. Where there is noise, but so little that s / 100 is below the last bit of W and b, these decide.
/// </summary>
public sealed class ConvergenceTest
{
    /// <summary>The most standard errors that a map that has converged may be from the best fit.</summary>
    public const double MostStandardErrors = 0.01;

    private const string BiasName = "(bias)";
    private const double Units = 8; // per parameter: what a stable solver leaves, in units in the last place
    private const double LeastUnits = 4; // what rounding W, b and predictions leaves, whoever finds them
    private const double MostBlame = 1.0 / 1024; // of the residuals, on the condition number: more is no rounding

    private readonly Moments _moments;
    private readonly LinearFit _fit;
    private readonly double[] _lengths; // of the columns of inputs, and of the column of ones
    private readonly double[] _targetLengths;
    private readonly Lazy<(Matrix Weights, double[] Bias)> _rounding; // how far rounding the data moves each parameter
    private readonly Lazy<(Matrix Weights, IReadOnlyList<double> Bias)> _errors;

    /// <summary>A test for maps of these data.</summary>
    /// <param name="fit">The best fit to the data, without ridge penalty.</param>
    /// <exception cref="ArgumentException">The fit has a ridge penalty.</exception>
    public ConvergenceTest(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Settings.Ridge > 0)
        {
            throw new ArgumentException(
                "the fit has a ridge penalty, and is not the best one; fit without it.", nameof(fit));
        }

        (_moments, _fit) = (fit.Moments, fit);
        _lengths = [.. Enumerable.Range(0, _moments.InputCount + 1)
            .Select(j => Length(_moments.ParameterProduct(j, j)))];
        _targetLengths = [.. Enumerable.Range(0, _moments.TargetCount)
            .Select(t => Length(_moments.TargetProduct(t, t)))];
        _rounding = new(fit.RoundingOfParameters);
        _errors = new(() => (fit.WeightErrors, fit.BiasErrors));
    }

    /// <summary>
    /// The part of its standard error that any combination of parameters may be away from the best fit's; from 0, where
    /// rounding alone counts, to <see cref="MostStandardErrors"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or larger.</exception>
    public double Tolerance
    {
        get;
        init => field = value is >= 0 and <= MostStandardErrors
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                FormattableString.Invariant($"the tolerance must be from 0 to {MostStandardErrors} standard errors."));
    } = MostStandardErrors;

    /// <summary>The bits that the maps' numbers were kept to: 53 for doubles, 24 for float32.</summary>
    public int SignificandBits { get; init; } = 53;

    /// <summary>Tests a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="goal">Where it should be, if that is not the best fit: the minimiser of another objective.</param>
    /// <exception cref="ArgumentException">A shape is not that of the data.</exception>
    public Convergence Of(AffineMap map, AffineMap? goal = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        RequireShape(_moments, map.InputCount, map.TargetCount, nameof(map));
        goal ??= _fit.Map;
        RequireShape(_moments, goal.InputCount, goal.TargetCount, nameof(goal));
        return new Convergence([.. Enumerable.Range(0, map.TargetCount).Select(t => OfTarget(map, goal, t))]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"distance to {_fit.Map}";

    /// <summary>The largest |X d| that has converged, one per target: what the tolerance leaves, or rounding.</summary>
    /// <param name="map">A map of the size of those that are tested: the best fit closest to them.</param>
    internal double[] Allowed(AffineMap map) =>
        [.. Enumerable.Range(0, map.TargetCount).Select(t => Allowed(Size(map, t), t))];

    /// <summary>What |X d| may come to by the rounding of W and b alone, one per target.</summary>
    internal double[] LastBits(AffineMap map) =>
        [.. Enumerable.Range(0, map.TargetCount).Select(t => LeastUnits / 2 * Unit * Size(map, t))];

    private TargetConvergence OfTarget(AffineMap map, AffineMap goal, int target)
    {
        var difference = Difference(map, goal, target);
        var length = _moments.PredictionLength(difference);
        var size = Size(map, target);
        // Neither's large numbers excuse the other.
        size = _fit.IsIdentified ? Math.Min(size, Size(goal, target)) : size;
        var (parameter, distance, scale) = Farthest(difference, target);
        var rows = Length(_moments.WeightSum);
        return new TargetConvergence(
            map.Names.Targets[target],
            StatusOf(difference, length, size, target),
            length / rows,
            Allowed(size, target) / rows,
            parameter,
            distance,
            scale,
            HasNoise(target));
    }

    private ConvergenceStatus StatusOf(Dyadic[] difference, double length, double size, int target)
    {
        if (length <= Allowed(size, target))
        {
            return length <= StableRounding(size) ? ConvergenceStatus.ToRounding : ConvergenceStatus.WithinTolerance;
        }

        return IsRoundingOfResiduals(difference, length, size, target) ? ConvergenceStatus.ToRounding
            : IsNoise(length, target) ? ConvergenceStatus.WithinNoise
            : ConvergenceStatus.NotConverged;
    }

    /// <summary>Half a unit in the last place of 1.</summary>
    private double Unit => Math.ScaleB(1, -SignificandBits);

    private bool IsNoise(double length, int target) =>
        HasNoise(target) && DistanceTest.OfLength(length, _fit, target).PValue > DistanceTest.Usual;

    private bool HasNoise(int target) => _fit.HasNoise(target);

    private double Allowed(double size, int target)
    {
        var deviation = _fit.ResidualStandardDeviation[target];
        var tolerated = deviation > 0 ? Tolerance * deviation : 0; // NaN without degrees of freedom
        return Math.Max(tolerated, Rounding(size, target));
    }

    private double Rounding(double size, int target) =>
        HasNoise(target) ? LeastUnits * Unit * size : StableRounding(size);

    private double StableRounding(double size) => Units * _fit.ParametersPerTarget * Unit * size;

    /// <summary>|y| + |X| |w|, by columns, which rounding is a part of.</summary>
    private double Size(AffineMap map, int target)
    {
        var size = _targetLengths[target] + _lengths[^1] * Math.Abs(map.Bias[target]);
        var weights = map.WeightsOf(target);
        for (var j = 0; j < weights.Length; j++)
        {
            size += _lengths[j] * Math.Abs(weights[j]);
        }

        return size + double.Epsilon / Unit * _lengths.Sum(); // no double is closer to 0 than its smallest
    }

    /// <summary>
    /// Whether the distance is what rounding makes of the residuals where inputs nearly depend; then each parameter by
    /// itself must be within what rounding the data does to it.
    /// </summary>
    private bool IsRoundingOfResiduals(Dyadic[] difference, double length, double size, int target)
    {
        var (rounding, residual) = (Rounding(size, target), _fit.ResidualLengths[target]);
        return length <= rounding + MostBlame * residual
            && length <= rounding + Math.Min(MostBlame, StableRounding(1) * _fit.Spectrum.ConditionNumber) * residual
            && Determined().All(j => Math.Abs(difference[j].ToDouble()) <= RoundingOf(j, target));
    }

    /// <summary>The determined parameter that is farthest away beside its scale.</summary>
    private (string? Name, double Distance, double Scale) Farthest(Dyadic[] difference, int target)
    {
        var (farthest, most) = ((Name: (string?)null, Distance: double.NaN, Scale: double.NaN), 0.0);
        foreach (var j in Determined().Where(j => !difference[j].IsZero))
        {
            var distance = Math.Abs(difference[j].ToDouble());
            var scale = HasNoise(target) ? ErrorOf(j, target) : RoundingOf(j, target);
            var ratio = distance / scale;
            if (farthest.Name is null || ratio > most)
            {
                (farthest, most) = ((IsWeight(j) ? _fit.Names.Inputs[j] : BiasName, distance, scale), ratio);
            }
        }

        return farthest;
    }

    /// <summary>The parameters that the data determine by themselves.</summary>
    private IEnumerable<int> Determined() => Enumerable.Range(0, _moments.InputCount + 1).Where(j =>
        IsWeight(j) ? _fit.NullSpace.DeterminesWeight(j) : _fit.Settings.Bias && _fit.NullSpace.DeterminesBias);

    private bool IsWeight(int parameter) => parameter < _moments.InputCount;

    private double ErrorOf(int parameter, int target)
    {
        var (weights, bias) = _errors.Value;
        return IsWeight(parameter) ? weights[target, parameter] : bias[target];
    }

    private double RoundingOf(int parameter, int target)
    {
        const int DoubleBits = 53; // that the data are rounded to
        var (weights, bias) = _rounding.Value;
        var change = IsWeight(parameter) ? weights[target, parameter] : bias[target];
        return Math.ScaleB(StableRounding(1), DoubleBits) * change;
    }

    private double Length(Dyadic square) => Dyadic.SquareRootOfRatio(square, _moments.Unit);

    private static Dyadic[] Difference(AffineMap map, AffineMap goal, int target)
    {
        var ours = map.WeightsOf(target);
        var theirs = goal.WeightsOf(target);
        var difference = new Dyadic[ours.Length + 1];
        for (var j = 0; j < ours.Length; j++)
        {
            difference[j] = (Dyadic)ours[j] - theirs[j];
        }

        difference[^1] = (Dyadic)map.Bias[target] - goal.Bias[target];
        return difference;
    }

    private static void RequireShape(Moments moments, int inputs, int targets, string argument)
    {
        if (inputs != moments.InputCount || targets != moments.TargetCount)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"found {inputs} inputs and {targets} targets, but the data have ")
                    + FormattableString.Invariant($"{moments.InputCount} and {moments.TargetCount}."),
                argument);
        }
    }
}

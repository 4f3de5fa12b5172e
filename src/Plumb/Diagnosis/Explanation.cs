using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Why a learned map is not the true one, or not the best fit: the gap, parameter by parameter, as a sum of causes.
/// With P the projection on the directions that the data do not determine, and lengths taken over weights and biases in the units of the data,
/// candidate - truth = P (candidate - truth) + (candidate - nearest best fit) + (1 - P) (best fit - truth).
/// </summary>
public sealed class Explanation
{
    private const double RoundingUnits = 8; // a parameter: what a backward stable solver leaves, in units in the last place
    private const double MostBlame = 1.0 / 1024; // of the residuals, on the condition number: a solver that leaves more has failed, not rounded
    private const double Unit = 1.0 / (1L << 53);

    private Explanation(LinearFit fit, AffineMap candidate, AffineMap? truth, AffineMap limit, IReadOnlyList<Cause> causes, Twin? twin)
    {
        (Fit, Candidate, Truth, Limit, Causes, Twin) = (fit, candidate, truth, limit, causes, twin);
        (Findings, Verdict) = Story.Tell(this);
    }

    /// <summary>What lengths are measured in.</summary>
    public const string Metric = "Euclidean length over weights and biases, in the units of the data";

    /// <summary>The best fit to the data.</summary>
    public LinearFit Fit { get; }

    /// <summary>The map to be explained.</summary>
    public AffineMap Candidate { get; }

    /// <summary>The true map, if it is known.</summary>
    public AffineMap? Truth { get; }

    /// <summary>Of all maps that fit best, the one closest to the candidate: where gradient descent from the candidate, or from where it started, ends.</summary>
    public AffineMap Limit { get; }

    /// <summary>Candidate - truth; candidate - <see cref="Limit"/> when the truth is not known.</summary>
    public AffineMap Gap => Candidate - (Truth ?? Limit);

    /// <summary>The terms of the gap; they add up to it.</summary>
    public IReadOnlyList<Cause> Causes { get; }

    /// <summary>Directions a target that the data do not determine.</summary>
    public int FreeDirections => Fit.NullSpace.Count;

    /// <summary>Directions a target that the data determine.</summary>
    public int IdentifiedDirections => Fit.Rank;

    /// <summary>Another map with the same predictions; null when the data determine everything.</summary>
    public Twin? Twin { get; }

    /// <summary>What follows, the largest cause first.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>One sentence.</summary>
    public string Verdict { get; }

    /// <summary>Explains a candidate.</summary>
    /// <param name="candidate">The learned map, from anywhere.</param>
    /// <param name="moments">The data it was learned from.</param>
    /// <param name="truth">The true map, if it is known.</param>
    /// <param name="ridge">The ridge penalty that the candidate was learned with.</param>
    /// <param name="bias">Whether the map has a bias.</param>
    /// <exception cref="ArgumentException">The shapes disagree, there is no row, a number of a map is not finite, or the candidate has a bias though it should have none.</exception>
    public static Explanation Of(AffineMap candidate, Moments moments, AffineMap? truth = null, double ridge = 0, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(moments);
        RequireShape(candidate, moments, nameof(candidate));
        if (truth is not null)
        {
            RequireShape(truth, moments, nameof(truth));
        }

        if (!bias && candidate.Bias.ContainsAnyExcept(0.0))
        {
            throw new ArgumentException("the candidate is explained as a map without bias, but has one; explain it with a bias.", nameof(candidate));
        }

        var fit = new LeastSquares { Bias = bias }.Fit(moments);
        var limit = fit.ClosestTo(candidate);
        var causes = new List<Cause>();
        if (truth is not null && !fit.IsIdentified)
        {
            causes.Add(new Cause(CauseCode.NotIdentified, fit.NullSpace.Project(candidate - truth)));
        }

        causes.AddRange(DistanceToLimit(fit, moments, candidate, limit, ridge > 0 ? new LeastSquares { Bias = bias, Ridge = ridge }.Fit(moments).Map : null));
        if (truth is not null)
        {
            causes.Add(new Cause(CauseCode.Noise, fit.ClosestTo(truth) - truth));
        }

        return new Explanation(fit, candidate, truth, limit, causes, TwinOf(fit, candidate, moments));
    }

    private static IEnumerable<Cause> DistanceToLimit(LinearFit fit, Moments moments, AffineMap candidate, AffineMap limit, AffineMap? penalized)
    {
        var distance = candidate - limit;
        if (penalized is not null)
        {
            var objective = penalized - fit.ClosestTo(penalized);
            yield return new Cause(CauseCode.Objective, objective);
            distance -= objective;
        }

        // A distance that rounding explains is not for further training to remove.
        yield return new Cause(IsRounding(fit, moments, candidate, distance) ? CauseCode.Arithmetic : CauseCode.NotConverged, distance);
    }

    /// <summary>
    /// Whether a backward stable solver could have left this distance: judged by what it does to predictions, as parameters that hardly matter to these may be far off.
    /// Bjorck, Numerical Methods for Least Squares Problems, section 1.4: the inputs' rounding moves predictions by u |X| |w| and, times the condition number, u |r|.
    /// </summary>
    private static bool IsRounding(LinearFit fit, Moments moments, AffineMap candidate, AffineMap distance)
    {
        if (distance.Norm == 0)
        {
            return true;
        }

        var units = RoundingUnits * Unit * fit.ParametersPerTarget;
        var blame = Math.Min(units * fit.Spectrum.ConditionNumber, MostBlame);
        var lengths = Enumerable.Range(0, moments.InputCount + 1).Select(j => Dyadic.SquareRootOfRatio(moments.ParameterProduct(j, j), Dyadic.One)).ToArray();
        for (var t = 0; t < distance.TargetCount; t++)
        {
            var size = fit.TargetMagnitudes[t] * Math.Sqrt(moments.Rows) + lengths[^1] * Math.Abs(candidate.Bias[t]);
            for (var j = 0; j < moments.InputCount; j++)
            {
                size += lengths[j] * Math.Abs(candidate.WeightsOf(t)[j]);
            }

            var moved = PredictionLength([.. distance.WeightsOf(t).ToArray().Append(distance.Bias[t]).Select(value => (Dyadic)value)], moments);
            if (!(moved <= units * size + blame * fit.ResidualLengths[t]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The candidate moved along the first free direction, by its own length or 1, so that no one can take the two for the same.</summary>
    private static Twin? TwinOf(LinearFit fit, AffineMap candidate, Moments moments)
    {
        if (fit.IsIdentified)
        {
            return null;
        }

        var vector = fit.NullSpace.Vector(0);
        var largest = vector.Select(value => value.Abs()).Aggregate((a, b) => a > b ? a : b);
        var length = Math.Max(1, Math.Round(candidate.Norm));
        double Move(Dyadic element) => length * Dyadic.Ratio(element, largest);
        var inputs = candidate.InputCount;
        var weights = Matrix.Create(candidate.TargetCount, inputs, (t, j) => candidate.WeightsOf(t)[j] + Move(vector[j]));
        var bias = candidate.Bias.ToArray().Select(value => value + Move(vector[inputs])).ToArray();
        var twin = new AffineMap(weights, bias, candidate.Names);
        return new Twin(twin, LargestPredictionDifference(twin, candidate, moments));
    }

    /// <summary>The root of the sum over rows of the squared difference, for the target where it is largest: no row can differ by more. Exact but for one rounding.</summary>
    private static double LargestPredictionDifference(AffineMap left, AffineMap right, Moments moments)
    {
        var largest = 0.0;
        for (var t = 0; t < left.TargetCount; t++)
        {
            var difference = new Dyadic[left.InputCount + 1];
            for (var j = 0; j < left.InputCount; j++)
            {
                difference[j] = (Dyadic)left.WeightsOf(t)[j] - right.WeightsOf(t)[j];
            }

            difference[^1] = (Dyadic)left.Bias[t] - right.Bias[t];
            largest = Math.Max(largest, PredictionLength(difference, moments));
        }

        return largest;
    }

    /// <summary>The root of the sum over rows of (v . [x; 1])^2, exact but for one rounding.</summary>
    private static double PredictionLength(Dyadic[] vector, Moments moments)
    {
        var sum = Dyadic.Zero;
        for (var i = 0; i < vector.Length; i++)
        {
            for (var j = 0; j < vector.Length; j++)
            {
                sum += vector[i] * vector[j] * moments.ParameterProduct(i, j);
            }
        }

        return Dyadic.SquareRootOfRatio(sum, Dyadic.One);
    }

    private static void RequireShape(AffineMap map, Moments moments, string what)
    {
        if (map.InputCount != moments.InputCount || map.TargetCount != moments.TargetCount)
        {
            throw new ArgumentException(FormattableString.Invariant($"the {what} has {map.InputCount} inputs and {map.TargetCount} targets, but the data have {moments.InputCount} and {moments.TargetCount}."), what);
        }

        if (!double.IsFinite(map.Norm))
        {
            throw new ArgumentException(FormattableString.Invariant($"the {what} holds a number that is not finite: there is nothing to explain it by."), what);
        }
    }
}

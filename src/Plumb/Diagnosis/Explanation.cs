using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// Why a learned map is not the true one, or not the best fit: the gap, parameter by parameter, as a sum of causes.
/// With P the projection on the directions that the data do not determine, and lengths taken over weights and biases in the units of the data,
/// candidate - truth = P (candidate - truth) + (candidate - nearest best fit) + (1 - P) (best fit - truth).
/// </summary>
public sealed class Explanation
{
    private const double RoundingUnits = 8; // what a backward stable solver leaves: units in the last place times the condition number
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
    /// <exception cref="ArgumentException">The shapes disagree, or there is no row.</exception>
    public static Explanation Of(AffineMap candidate, Moments moments, AffineMap? truth = null, double ridge = 0, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(moments);
        RequireShape(candidate, moments, nameof(candidate));
        if (truth is not null)
        {
            RequireShape(truth, moments, nameof(truth));
        }

        var fit = new LeastSquares { Bias = bias }.Fit(moments);
        var limit = fit.ClosestTo(candidate);
        var causes = new List<Cause>();
        if (truth is not null && !fit.IsIdentified)
        {
            causes.Add(new Cause(CauseCode.NotIdentified, fit.NullSpace.Project(candidate - truth)));
        }

        causes.AddRange(DistanceToLimit(fit, candidate, limit, ridge > 0 ? new LeastSquares { Bias = bias, Ridge = ridge }.Fit(moments).Map : null));
        if (truth is not null)
        {
            causes.Add(new Cause(CauseCode.Noise, fit.ClosestTo(truth) - truth));
        }

        return new Explanation(fit, candidate, truth, limit, causes, TwinOf(fit, candidate, moments));
    }

    private static IEnumerable<Cause> DistanceToLimit(LinearFit fit, AffineMap candidate, AffineMap limit, AffineMap? penalized)
    {
        var distance = candidate - limit;
        if (penalized is not null)
        {
            var objective = penalized - fit.ClosestTo(penalized);
            yield return new Cause(CauseCode.Objective, objective);
            distance -= objective;
        }

        // A distance that rounding explains is not for further training to remove.
        var rounding = RoundingUnits * Unit * Math.Max(1, fit.Spectrum.ConditionNumber) * Math.Max(limit.Norm, candidate.Norm);
        yield return new Cause(distance.Norm <= rounding ? CauseCode.Arithmetic : CauseCode.NotConverged, distance);
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
        var largest = Dyadic.Zero;
        for (var t = 0; t < left.TargetCount; t++)
        {
            var difference = new Dyadic[left.InputCount + 1];
            for (var j = 0; j < left.InputCount; j++)
            {
                difference[j] = (Dyadic)left.WeightsOf(t)[j] - right.WeightsOf(t)[j];
            }

            difference[^1] = (Dyadic)left.Bias[t] - right.Bias[t];
            var sum = Dyadic.Zero;
            for (var i = 0; i < difference.Length; i++)
            {
                for (var j = 0; j < difference.Length; j++)
                {
                    sum += difference[i] * difference[j] * moments.ParameterProduct(i, j);
                }
            }

            largest = sum > largest ? sum : largest;
        }

        return Dyadic.SquareRootOfRatio(largest, Dyadic.One);
    }

    private static void RequireShape(AffineMap map, Moments moments, string what)
    {
        if (map.InputCount != moments.InputCount || map.TargetCount != moments.TargetCount)
        {
            throw new ArgumentException(FormattableString.Invariant($"the {what} has {map.InputCount} inputs and {map.TargetCount} targets, but the data have {moments.InputCount} and {moments.TargetCount}."), what);
        }
    }
}

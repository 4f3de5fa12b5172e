using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Another map with the same predictions on every row of the data.</summary>
/// <param name="Map">The other W and b.</param>
/// <param name="LargestPredictionDifference">A proved bound on the difference of the two maps' predictions on any row;
/// not 0 only because the twin's numbers are rounded to doubles.</param>
public sealed record Twin(AffineMap Map, double LargestPredictionDifference)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Twin), PrintMembers);

    /// <summary>
    /// The candidate moved along the first free direction, by its own length or 1, so that no one can take the two for
    /// the same; null where the data determine everything.
    /// </summary>
    internal static Twin? Of(AffineMap candidate, LinearFit fit)
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
        var weights = Matrix.Create(candidate.TargetCount, inputs,
            (t, j) => candidate.WeightsOf(t)[j] + Move(vector[j]));
        var bias = candidate.Bias.ToArray().Select(value => value + Move(vector[inputs])).ToArray();
        var twin = new AffineMap(weights, bias, candidate.Names);
        return new Twin(twin,
            Enumerable.Range(0, candidate.TargetCount)
                .Max(t => fit.Moments.PredictionLength(Difference(twin, candidate, t))));
    }

    /// <summary>
    /// The difference of two maps for one target, exactly; by the root of the sum over rows of its square, no row can
    /// differ by more.
    /// </summary>
    private static Dyadic[] Difference(AffineMap left, AffineMap right, int target)
    {
        var difference = new Dyadic[left.InputCount + 1];
        for (var j = 0; j < left.InputCount; j++)
        {
            difference[j] = (Dyadic)left.WeightsOf(target)[j] - right.WeightsOf(target)[j];
        }

        difference[^1] = (Dyadic)left.Bias[target] - right.Bias[target];
        return difference;
    }
}

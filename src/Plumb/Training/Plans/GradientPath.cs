namespace Plumb.Training;

/// <summary>
/// The closed form of full-batch training on least squares: along each direction what is left of the error depends on
/// the number of steps alone.
/// </summary>
public sealed class GradientPath
{
    private readonly Recurrence _recurrence;
    private readonly double[] _products; // rate times eigenvalue
    // Of the initial error along each direction; of several errors the largest decides.
    private readonly double[][] _lengths;

    internal GradientPath(Recurrence recurrence, double[] products, params double[][] lengths) =>
        (_recurrence, _products, _lengths) = (recurrence, products, lengths);

    /// <summary>
    /// The factor that a step leaves of the error along each direction, in the long run, in the order of the
    /// eigenvalues.
    /// </summary>
    public IReadOnlyList<double> Factors => [.. _products.Select(product => Math.Exp(_recurrence.LogFactor(product)))];

    /// <summary>
    /// The fewest steps after which the error along each direction by itself is at most this, in the order of the
    /// eigenvalues; infinite where it never is.
    /// </summary>
    public IReadOnlyList<double> StepsToEach(double distance) =>
        [.. _products.Select((product, i) =>
            new GradientPath(_recurrence, [product], [.. _lengths.Select(error => new[] { error[i] })]).StepsTo(
                distance))];

    /// <summary>The distance to the limit after so many steps: the Euclidean length over weights and biases.</summary>
    public double DistanceAfter(double steps)
    {
        var distances = new double[_lengths.Length];
        for (var i = 0; i < _products.Length; i++)
        {
            var kept = steps > 0 ? _recurrence.After(_products[i], steps) : 1;
            for (var e = 0; e < distances.Length; e++)
            {
                // A direction without error stays so however its factor grows; no step leaves any as it is.
                distances[e] = _lengths[e][i] > 0 ? double.Hypot(distances[e], _lengths[e][i] * kept) : distances[e];
            }
        }

        return distances.Select(distance => double.IsNaN(distance) ? double.PositiveInfinity : distance).Max();
    }

    /// <summary>
    /// The fewest steps after which the distance to the limit is at most this; infinite when it never is.
    /// With momentum the distance may swing: then so many steps are enough and one less is not, but fewer still may be.
    /// </summary>
    public double StepsTo(double distance)
    {
        var start = DistanceAfter(0);
        if (start <= distance)
        {
            return 0;
        }

        var slowest = double.NegativeInfinity;
        for (var i = 0; i < _products.Length; i++)
        {
            slowest = _lengths.Any(error => error[i] > 0) ? Math.Max(slowest, _recurrence.LogFactor(_products[i]))
                : slowest;
        }

        // Or a rate times an eigenvalue beyond the range of doubles.
        if (!(slowest < 0) || !(distance > 0) || !double.IsFinite(start))
        {
            return double.PositiveInfinity;
        }

        // Bisect between none and what the slowest direction alone would need, or, where momentum makes it rise first,
        // a multiple of that.
        var (low, high) = (0.0, LearningPlan.StepsFor(slowest, distance / start) + 1);
        while (DistanceAfter(high) > distance)
        {
            if (double.IsInfinity(high))
            {
                return high;
            }

            (low, high) = (high, 2 * high);
        }

        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = DistanceAfter(middle) <= distance ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <inheritdoc/>
    public override string ToString() => $"distances shrink each step by {Shown.List(Factors)}";
}

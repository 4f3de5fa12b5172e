namespace Plumb;

/// <summary>The closed form of full-batch gradient descent on least squares: after k steps the error along direction i is its start times factor[i]^k.</summary>
public sealed class GradientPath
{
    private readonly double[] _logFactors; // log |factor|
    private readonly double[] _lengths; // of the initial error along each direction, over all targets

    internal GradientPath(double[] logFactors, double[] lengths) => (_logFactors, _lengths) = (logFactors, lengths);

    /// <summary>The distance to the limit after so many steps: the Euclidean length over weights and biases.</summary>
    public double DistanceAfter(double steps)
    {
        var distance = 0.0;
        for (var i = 0; i < _lengths.Length; i++)
        {
            // A direction without error stays so however its factor grows; no step leaves any as it is.
            distance = _lengths[i] > 0 ? double.Hypot(distance, steps > 0 ? _lengths[i] * Math.Exp(steps * _logFactors[i]) : _lengths[i]) : distance;
        }

        return distance;
    }

    /// <summary>The fewest steps after which the distance to the limit is at most this; infinite when it never is.</summary>
    public double StepsTo(double distance)
    {
        if (DistanceAfter(0) <= distance)
        {
            return 0;
        }

        var slowest = double.NegativeInfinity;
        for (var i = 0; i < _lengths.Length; i++)
        {
            slowest = _lengths[i] > 0 ? Math.Max(slowest, _logFactors[i]) : slowest;
        }

        if (slowest >= 0 || !(distance > 0))
        {
            return double.PositiveInfinity;
        }

        // The distance falls with every step: bisect between none and what the slowest direction alone would need.
        var enough = LearningPlan.StepsFor(slowest, distance / DistanceAfter(0)) + 1;
        var (low, high) = (0.0, enough);
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
}

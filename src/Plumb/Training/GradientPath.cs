namespace Plumb;

/// <summary>The closed form of full-batch gradient descent on least squares: after k steps the error along direction i is its start times factor[i]^k.</summary>
public sealed class GradientPath
{
    private readonly double[] _factors;
    private readonly double[] _squares; // of the initial error along each direction, over all targets

    internal GradientPath(double[] factors, double[] squares) => (_factors, _squares) = (factors, squares);

    /// <summary>The distance to the limit after so many steps: the Euclidean length over weights and biases.</summary>
    public double DistanceAfter(double steps)
    {
        var sum = 0.0;
        for (var i = 0; i < _factors.Length; i++)
        {
            sum += _squares[i] * Math.Pow(Math.Abs(_factors[i]), 2 * steps);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The fewest steps after which the distance to the limit is at most this; infinite when it never is.</summary>
    public double StepsTo(double distance)
    {
        if (DistanceAfter(0) <= distance)
        {
            return 0;
        }

        var slowest = 0.0;
        for (var i = 0; i < _factors.Length; i++)
        {
            slowest = _squares[i] > 0 ? Math.Max(slowest, Math.Abs(_factors[i])) : slowest;
        }

        if (slowest >= 1 || distance <= 0)
        {
            return double.PositiveInfinity;
        }

        // The distance falls with every step: bisect between none and what the slowest direction alone would need.
        var enough = Math.Max(1, LearningPlan.StepsFor(slowest, distance / DistanceAfter(0)));
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

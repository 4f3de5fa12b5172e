namespace Plumb.Numerics;

/// <summary>
/// The saddle-point deviance D(x, m) = x log(x / m) + m - x >= 0: how far a count x lies from its mean m.
/// Densities of the gamma and beta families are exp(-D) times factors near one, so nothing large cancels.
/// Loader, Fast and accurate computation of binomial probabilities, 2000, section 2.
/// </summary>
internal static class Deviance
{
    // Up to |x - m| = (x + m) / 2 the closed form loses more digits than the series does.
    private const double SeriesUpTo = 0.5;

    // As a product the factors keep their digits far out, where the exponent as a sum is large; beyond this x they may
    // overflow.
    private const double ProductUpTo = 100;

    /// <summary>
    /// exp(-D(x, m)) = (m / x)^x exp(x - m), in [0, 1]: the likelihood of the mean m relative to that of the mean x.
    /// </summary>
    /// <param name="x">The count: positive, finite, not necessarily whole.</param>
    /// <param name="mean">The mean m: not negative.</param>
    public static double Likelihood(double x, double mean)
    {
        if (double.IsPositiveInfinity(mean))
        {
            return 0;
        }
        var difference = x - mean;
        var v = difference / (x + mean);
        if (Math.Abs(v) < SeriesUpTo)
        {
            return Math.Exp(-Series(x, difference, v));
        }
        return x < ProductUpTo ? Product(x, mean, difference) : Math.Exp(-(x * Math.Log(x / mean) - difference));
    }

    // D = (x - m) v + 2x (v^3 / 3 + v^5 / 5 + ...), v = (x - m) / (x + m).
    private static double Series(double x, double difference, double v)
    {
        var sum = difference * v;
        var square = v * v;
        var power = 2 * x * v * square;
        for (var k = 3; sum + power / k != sum; k += 2)
        {
            sum += power / k;
            power *= square;
        }
        return sum;
    }

    // The rounding error of x - m is put back (Knuth's TwoSum). The square root is squared, since its factors cannot
    // underflow alone.
    private static double Product(double x, double mean, double difference)
    {
        var back = x - difference;
        var lost = (x - (difference + back)) + (back - mean);
        var exponential = Math.Exp(difference / 2);
        var root = exponential == 0 ? 0 : Math.Pow(mean / x, x / 2) * exponential;
        return root * root * (1 + lost);
    }
}

namespace Plumb.Numerics;

/// <summary>
/// The x > 0 at which a tail has a given probability, by Newton's method on log(probability) as a function of log x,
/// inside a bracket.
/// In these coordinates the tails of chi-squared, F and |t| are concave (their log x have log-concave densities),
/// so the tangent lies above the curve: after the first step every step comes from the thin side, monotonically.
/// </summary>
internal static class TailQuantile
{
    // Newton squares the error, so a step this small leaves one below rounding.
    private const double SmallStep = 1e-11;

    // Bisection alone finds the binade in 11 steps and the last bit in 53 more; the rest is Newton's.
    private const int MaxSteps = 128;

    /// <summary>The x with upper(x) = probability for a tail that falls as x grows.</summary>
    public static double OfUpper(Func<double, Tail> upper, double probability, double start) =>
        Solve(upper, probability, start, -1);

    /// <summary>The x with lower(x) = probability for a tail that grows with x.</summary>
    public static double OfLower(Func<double, Tail> lower, double probability, double start) =>
        Solve(lower, probability, start, 1);

    private static double Solve(Func<double, Tail> tail, double probability, double start, int direction)
    {
        var (low, high) = (double.Epsilon, double.MaxValue);
        var x = start > low && start < high ? start : 1;
        for (var i = 0; i < MaxSteps; i++)
        {
            var here = tail(x);
            var excess = Math.Log(here.Probability / probability);
            if (excess * direction > 0)
            {
                high = x;
            }
            else
            {
                low = x;
            }
            var step = -direction * excess * (here.Probability / here.Slope);
            var next = x * Math.Exp(step);
            if (Math.Abs(step) < SmallStep)
            {
                return next;
            }
            x = next > low && next < high ? next : Math.Sqrt(low) * Math.Sqrt(high);
        }
        // An end of the bracket that never moved in: the answer is beyond the range of double.
        return high == double.MaxValue ? double.PositiveInfinity : low == double.Epsilon ? 0 : x;
    }
}

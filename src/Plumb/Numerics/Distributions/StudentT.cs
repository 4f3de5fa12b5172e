namespace Plumb.Numerics;

/// <summary>
/// Student's t distribution with v degrees of freedom, v > 0 and not necessarily whole; the standard normal for
/// infinite v.
/// Abramowitz and Stegun 26.7; NIST DLMF 8.17.
/// </summary>
internal static class StudentT
{
    // Beyond t = FarOut * sqrt(v), t^2 / v would overflow, and the tail is a power of t to every digit long before.
    private const double FarOut = 1e100;

    // With more degrees of freedom a normal quantile is start enough, and exp(...) - 1 would cancel.
    private const double NearlyNormal = 1e8;

    /// <summary>
    /// P(T > t) = (1 - I_x(1/2, v/2)) / 2 at the odds x / (1-x) = t^2 / v, for t >= 0; one minus the same at -t for t
    /// &lt; 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive.</exception>
    public static double UpperTail(double t, double degreesOfFreedom)
    {
        Domain.CheckPositive(degreesOfFreedom);
        if (double.IsNaN(t) || double.IsNaN(degreesOfFreedom))
        {
            return double.NaN;
        }
        return t < 0 ? 1 - Outer(-t, degreesOfFreedom).Probability : Outer(t, degreesOfFreedom).Probability;
    }

    /// <summary>The t with P(T > t) = probability: infinite at 0, zero at 1/2, minus infinity at 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive, or the probability is not
    /// in [0, 1].</exception>
    public static double UpperQuantile(double probability, double degreesOfFreedom)
    {
        Domain.CheckPositive(degreesOfFreedom);
        Domain.CheckProbability(probability);
        if (double.IsNaN(probability) || double.IsNaN(degreesOfFreedom))
        {
            return double.NaN;
        }
        return probability switch
        {
            0 => double.PositiveInfinity,
            0.5 => 0,
            > 0.5 => -UpperQuantile(1 - probability, degreesOfFreedom),
            > 0.25 => TailQuantile.OfLower(t => Inner(t, degreesOfFreedom), 0.5 - probability, 1),
            _ => TailQuantile.OfUpper(t => Outer(t, degreesOfFreedom), probability,
                PeizerPratt(probability, degreesOfFreedom)),
        };
    }

    // P(T > t), t >= 0.
    private static Tail Outer(double t, double v)
    {
        if (double.IsPositiveInfinity(v))
        {
            return OfSquare(IncompleteGamma.Upper(0.5, t * t / 2));
        }
        var far = FarOut * Math.Sqrt(v);
        return t > far ? Outer(far, v).Times(Math.Pow(far / t, v))
            : OfSquare(IncompleteBeta.Upper(0.5, v / 2, Odds(t, v)));
    }

    // P(0 < T < t), t >= 0.
    private static Tail Inner(double t, double v)
    {
        if (double.IsPositiveInfinity(v))
        {
            return OfSquare(IncompleteGamma.Lower(0.5, t * t / 2));
        }
        if (t > FarOut * Math.Sqrt(v))
        {
            var outer = Outer(t, v);
            return outer with { Probability = 0.5 - outer.Probability };
        }
        return OfSquare(IncompleteBeta.Lower(0.5, v / 2, Odds(t, v)));
    }

    private static double Odds(double t, double v) => t / Math.Sqrt(v) * (t / Math.Sqrt(v));

    // Half of the tail of t^2 belongs to t > 0; its slope is by log t = log(t^2) / 2.
    private static Tail OfSquare(Tail tail) => tail with { Probability = tail.Probability / 2 };

    // t = sqrt(v (exp(c z^2) - 1)), c = (v - 5/6) / (v - 2/3 + 1/(10v))^2.
    // Peizer and Pratt, A normal approximation for binomial, F, beta, and other common, related tail probabilities,
    // JASA 63, 1968.
    private static double PeizerPratt(double probability, double v)
    {
        var z = RoughNormal.UpperQuantile(probability);
        if (v > NearlyNormal)
        {
            return z;
        }
        var shifted = v - 2.0 / 3 + 0.1 / v;
        return v < 1 ? 1 : Math.Sqrt(v * (Math.Exp(z * z * (v - 5.0 / 6) / (shifted * shifted)) - 1));
    }
}

namespace Plumb.Numerics;

/// <summary>
/// The chi-squared distribution with v degrees of freedom, v > 0 and not necessarily whole: the sum of v squared
/// standard normals.
/// Abramowitz and Stegun 26.4; NIST DLMF 8.2.
/// </summary>
internal static class ChiSquared
{
    /// <summary>P(X > x) = Q(v/2, x/2), the regularized incomplete gamma function.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive and finite.</exception>
    public static double UpperTail(double x, double degreesOfFreedom)
    {
        Domain.CheckFinite(degreesOfFreedom);
        if (double.IsNaN(x) || double.IsNaN(degreesOfFreedom))
        {
            return double.NaN;
        }
        return x <= 0 ? 1 : IncompleteGamma.Upper(degreesOfFreedom / 2, x / 2).Probability;
    }

    /// <summary>P(X &lt; x), to its own digits where it is small.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive and finite.</exception>
    public static double LowerTail(double x, double degreesOfFreedom)
    {
        Domain.CheckFinite(degreesOfFreedom);
        if (double.IsNaN(x) || double.IsNaN(degreesOfFreedom))
        {
            return double.NaN;
        }
        return x <= 0 ? 0 : IncompleteGamma.Lower(degreesOfFreedom / 2, x / 2).Probability;
    }

    /// <summary>The x with P(X > x) = probability: infinite at 0, 0 at 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive and finite, or the
    /// probability is not in [0, 1].</exception>
    public static double UpperQuantile(double probability, double degreesOfFreedom)
    {
        Domain.CheckFinite(degreesOfFreedom);
        Domain.CheckProbability(probability);
        if (double.IsNaN(probability) || double.IsNaN(degreesOfFreedom))
        {
            return double.NaN;
        }
        if (probability is 0 or 1)
        {
            return probability == 0 ? double.PositiveInfinity : 0;
        }
        var a = degreesOfFreedom / 2;
        var start = WilsonHilferty(probability, degreesOfFreedom) / 2;
        return 2 * (probability <= 0.5
            ? TailQuantile.OfUpper(x => IncompleteGamma.Upper(a, x), probability, start)
            : TailQuantile.OfLower(x => IncompleteGamma.Lower(a, x), 1 - probability, start));
    }

    // x = v (1 - 2 / (9v) + z sqrt(2 / (9v)))^3. Abramowitz and Stegun 26.4.17.
    private static double WilsonHilferty(double probability, double v)
    {
        var variance = 2 / (9 * v);
        var root = 1 - variance + RoughNormal.UpperQuantile(probability) * Math.Sqrt(variance);
        return root > 0 ? v * root * root * root : v;
    }
}

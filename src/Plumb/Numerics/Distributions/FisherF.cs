namespace Plumb.Numerics;

/// <summary>
/// The F distribution with k and v degrees of freedom, k, v > 0 and not necessarily whole: the ratio of two mean
/// squares of normals.
/// Abramowitz and Stegun 26.6; NIST DLMF 8.17.
/// </summary>
internal static class FisherF
{
    /// <summary>
    /// P(F > f) = 1 - I_x(k/2, v/2) at the odds x / (1-x) = k f / v, the regularized incomplete beta function;
    /// chi-squared over k for infinite v.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom are not positive, or those of the numerator not
    /// finite.</exception>
    public static double UpperTail(double f, double numeratorDegreesOfFreedom, double denominatorDegreesOfFreedom)
    {
        Domain.CheckFinite(numeratorDegreesOfFreedom);
        Domain.CheckPositive(denominatorDegreesOfFreedom);
        if (double.IsNaN(f) || double.IsNaN(numeratorDegreesOfFreedom) || double.IsNaN(denominatorDegreesOfFreedom))
        {
            return double.NaN;
        }
        if (double.IsPositiveInfinity(denominatorDegreesOfFreedom))
        {
            return ChiSquared.UpperTail(f * numeratorDegreesOfFreedom, numeratorDegreesOfFreedom);
        }
        var (a, b) = (numeratorDegreesOfFreedom / 2, denominatorDegreesOfFreedom / 2);
        return f <= 0 ? 1 : IncompleteBeta.Upper(a, b, f * (a / b)).Probability;
    }

    /// <summary>The f with P(F > f) = probability: infinite at 0, 0 at 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Degrees of freedom are not positive, those of the numerator not finite, or the probability is not in [0, 1].
    /// </exception>
    public static double UpperQuantile(double probability, double numeratorDegreesOfFreedom,
        double denominatorDegreesOfFreedom)
    {
        Domain.CheckFinite(numeratorDegreesOfFreedom);
        Domain.CheckPositive(denominatorDegreesOfFreedom);
        Domain.CheckProbability(probability);
        if (double.IsNaN(probability) || double.IsNaN(numeratorDegreesOfFreedom)
            || double.IsNaN(denominatorDegreesOfFreedom))
        {
            return double.NaN;
        }
        if (double.IsPositiveInfinity(denominatorDegreesOfFreedom))
        {
            return ChiSquared.UpperQuantile(probability, numeratorDegreesOfFreedom) / numeratorDegreesOfFreedom;
        }
        if (probability is 0 or 1)
        {
            return probability == 0 ? double.PositiveInfinity : 0;
        }
        var (a, b) = (numeratorDegreesOfFreedom / 2, denominatorDegreesOfFreedom / 2);
        var start = Paulson(probability, numeratorDegreesOfFreedom, denominatorDegreesOfFreedom) * (a / b);
        var odds = probability <= 0.5
            ? TailQuantile.OfUpper(odds => IncompleteBeta.Upper(a, b, odds), probability, start)
            : TailQuantile.OfLower(odds => IncompleteBeta.Lower(a, b, odds), 1 - probability, start);
        return odds * (b / a);
    }

    // w = f^(1/3) of z = ((1 - s) w - (1 - r)) / sqrt(r + s w^2), r = 2 / (9k), s = 2 / (9v). Abramowitz and Stegun
    // 26.6.15.
    private static double Paulson(double probability, double k, double v)
    {
        var z = RoughNormal.UpperQuantile(probability);
        var (r, s) = (2 / (9 * k), 2 / (9 * v));
        var square = (1 - s) * (1 - s) - z * z * s;
        var middle = (1 - s) * (1 - r);
        var root = (middle + z * Math.Sqrt(r * (1 - s) * (1 - s) + s * (1 - r) * (1 - r) - z * z * r * s)) / square;
        return square > 0 && root > 0 ? root * root * root : 1;
    }
}

namespace Plumb.Numerics;

/// <summary>The standard normal quantile to within 4.5e-4: where a search for another quantile starts.</summary>
internal static class RoughNormal
{
    /// <summary>
    /// The z that a standard normal exceeds with this probability, 0 &lt; p &lt; 1. Abramowitz and Stegun 26.2.23.
    /// </summary>
    public static double UpperQuantile(double probability)
    {
        if (probability > 0.5)
        {
            return -UpperQuantile(1 - probability);
        }
        var t = Math.Sqrt(-2 * Math.Log(probability));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}

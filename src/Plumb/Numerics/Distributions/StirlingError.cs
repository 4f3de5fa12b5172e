namespace Plumb.Numerics;

/// <summary>
/// The error of Stirling's formula: delta(n) = log Gamma(n + 1) - [(n + 1/2) log n - n + log sqrt(2 pi)], for any n >
/// 0.
/// Loader, Fast and accurate computation of binomial probabilities, 2000, section 2; the series is NIST DLMF 5.11.1.
/// </summary>
internal static class StirlingError
{
    // The first term left out of the series, 3617 / (122400 n^15), is below 2e-18 from here on.
    private const double SeriesFrom = 12;

    /// <summary>delta(n), to a few units of 1e-16 in absolute terms, which is what exp(delta) needs.</summary>
    public static double Of(double n)
    {
        var steps = 0.0;
        for (; n < SeriesFrom; n++)
        {
            steps += Step(n);
        }
        return Series(n) + steps;
    }

    // delta(n) - delta(n + 1) = (n + 1/2) log(1 + 1/n) - 1 = z^2 / 3 + z^4 / 5 + ..., z = 1 / (2n + 1).
    private static double Step(double n)
    {
        if (n < 1)
        {
            return (n + 0.5) * (Math.Log(1 + n) - Math.Log(n)) - 1;
        }
        var square = 1 / ((2 * n + 1) * (2 * n + 1));
        var sum = 0.0;
        var power = square;
        for (var k = 3; sum + power / k != sum; k += 2)
        {
            sum += power / k;
            power *= square;
        }
        return sum;
    }

    private static double Series(double n)
    {
        var r = 1 / n;
        var s = r * r;
        return r
            * (1.0 / 12
                - s * (1.0 / 360
                    - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188 - s * (691.0 / 360360 - s / 156))))));
    }
}

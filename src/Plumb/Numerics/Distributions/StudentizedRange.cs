namespace Plumb.Numerics;

/// <summary>
/// The studentized range: the largest less the smallest of k standard normals, over s, s^2 an independent chi-squared
/// over its v degrees of freedom. To ten digits or so, by the trapezoidal rule, which converges faster than any power
/// for integrands that fade on both sides. Miller, Simultaneous Statistical Inference, 2nd ed., chapter 2.
/// </summary>
internal static class StudentizedRange
{
    private const double Step = 0.125; // of z
    private const double Farthest = 10; // where a normal density is below 1e-21
    private const double Negligible = 1e-15;

    /// <summary>P(Q > q).</summary>
    /// <param name="q">The range.</param>
    /// <param name="k">How many normals; 2 or more.</param>
    /// <param name="v">Degrees of freedom, above 0; infinite where s is 1.</param>
    public static double UpperTail(double q, int k, double v)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        Domain.CheckPositive(v);
        if (double.IsNaN(q) || double.IsNaN(v))
        {
            return double.NaN;
        }

        if (q <= 0)
        {
            return 1;
        }

        // log s = u has the density e^(v (u - e^(2u) / 2)), up to a factor, with its peak at 0 and width 1/sqrt(2v).
        const double PartsOfWidth = 5;
        if (double.IsPositiveInfinity(v))
        {
            return Math.Min(1, UpperTail(q, k));
        }

        var step = Math.Min(0.05, 1 / Math.Sqrt(2 * v) / PartsOfWidth);
        var (sum, total) = (0.0, 0.0);
        foreach (var direction in (double[])[1, -1])
        {
            for (var i = direction > 0 ? 0 : 1; ; i++)
            {
                var u = direction * i * step;
                var density = Math.Exp(v * (u - (Math.Exp(2 * u) - 1) / 2));
                if (density <= Negligible * sum)
                {
                    break; // no tail is above 1
                }

                total += density;
                sum += density * UpperTail(q * Math.Exp(u), k);
            }
        }

        return Math.Min(1, sum / total);
    }

    /// <summary>
    /// P(range > w) = k (integral of f(z) (F(z)^(k-1) - (F(z) - F(z - w))^(k-1))), z the largest, F normal.
    /// </summary>
    private static double UpperTail(double w, int k)
    {
        var sum = 0.0;
        for (var z = -Farthest; z <= Farthest; z += Step)
        {
            var below = Lower(z);
            var share = Math.Min(1, Lower(z - w) / below);
            var (reached, others) = (0.0, 1.0); // 1 - (1 - share)^(k - 1), as a sum
            for (var i = 1; i < k; i++, others *= 1 - share)
            {
                reached += share * others;
            }

            sum += Math.Exp(-z * z / 2) * Math.Pow(below, k - 1) * reached;
        }

        return Math.Min(1, k * sum * Step / Math.Sqrt(2 * Math.PI));
    }

    private static double Lower(double z)
    {
        var tail = IncompleteGamma.Upper(0.5, z * z / 2).Probability / 2;
        return z < 0 ? tail : 1 - tail;
    }
}

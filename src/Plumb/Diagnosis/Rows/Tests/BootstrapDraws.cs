namespace Plumb.Diagnosis;

/// <summary>The replicates of a bootstrap: how far each one's parameters are from those of the fit.</summary>
/// <param name="inverse">What each parameter is of the coordinates: a row an input, then one for the bias.</param>
/// <param name="units">What the coordinates are in units of, by target.</param>
/// <param name="draws">By target, replicate and coordinate.</param>
internal sealed class BootstrapDraws(double[][] inverse, double[] units, double[][][] draws)
{
    /// <summary>How many replicates there are.</summary>
    public int Count => draws[0].Length;

    /// <summary>
    /// The covariance of the coordinates of a target's replicates, in squares of its unit.
    /// </summary>
    public double[][] Covariance(int target)
    {
        var (all, size) = (draws[target], inverse[0].Length);
        double[] means = [.. Enumerable.Range(0, size).Select(k => all.Sum(draw => draw[k]) / all.Length)];
        return [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size)
            .Select(j => all.Sum(draw => (draw[i] - means[i]) * (draw[j] - means[j])) / (all.Length - 1)).ToArray())];
    }

    /// <summary>
    /// The ends of the middle part of the replicates of a parameter, as distances from its estimate: the share's tails
    /// at (B + 1) times their probability. Efron and Tibshirani, An Introduction to the Bootstrap, section 13.3.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="parameter">The input's place; behind them, the bias.</param>
    /// <param name="level">The middle part, such as 0.95.</param>
    public (double Low, double High) Percentiles(int target, int parameter, double level)
    {
        double[] values = [.. draws[target].Select(draw =>
            units[target] * Enumerable.Range(0, draw.Length).Sum(k => inverse[parameter][k] * draw[k])).Order()];
        var place = Math.Max((1 - level) / 2 * (values.Length + 1), 1) - 1;
        var (first, part) = ((int)place, place - Math.Floor(place));
        double At(int k) => values[Math.Min(k, values.Length - 1)];
        double FromTop(int k) => values[Math.Max(values.Length - 1 - k, 0)];
        return (At(first) + part * (At(first + 1) - At(first)),
            FromTop(first) + part * (FromTop(first + 1) - FromTop(first)));
    }

    /// <summary>The replicates of sums; those that do not determine every coordinate are left out.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="inverse">What each parameter is of the coordinates.</param>
    /// <param name="units">What a coordinate is in units of, by target.</param>
    /// <param name="sums">Products of two coordinates, the lower triangle row by row, then of each with each target's
    /// residual.</param>
    /// <param name="replicates">How many.</param>
    public static BootstrapDraws Of(RowFrame frame, double[][] inverse, double[] units, BootstrapSums sums,
        int replicates)
    {
        var (size, targets, unit) = (frame.Place.Count, frame.Targets.Length, Math.ScaleB(1, -2 * frame.Power));
        var draws = Enumerable.Range(0, targets).Select(_ => new List<double[]>()).ToArray();
        var products = size * (size + 1) / 2;
        var factor = new double[products];
        for (var r = 0; r < replicates; r++)
        {
            for (var k = 0; k < products; k++)
            {
                factor[k] = sums[r, k] * unit;
            }

            if (!Factor(factor, size))
            {
                continue;
            }

            for (var t = 0; t < targets; t++)
            {
                var solution = new double[size];
                for (var k = 0; k < size; k++)
                {
                    solution[k] = sums[r, products + t * size + k];
                }

                Solve(factor, solution);
                draws[t].Add(solution);
            }
        }

        return new BootstrapDraws(inverse, units, [.. draws.Select(own => own.ToArray())]);
    }

    // Cholesky's, in place; false where the matrix, which is near 1, is singular.
    private static bool Factor(double[] a, int size)
    {
        const double Singular = 1e-8;
        static int At(int i, int j) => i * (i + 1) / 2 + j;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[At(i, j)];
                for (var k = 0; k < j; k++)
                {
                    sum -= a[At(i, k)] * a[At(j, k)];
                }

                if (i == j && !(sum > Singular))
                {
                    return false;
                }

                a[At(i, j)] = i == j ? Math.Sqrt(sum) : sum / a[At(j, j)];
            }
        }

        return true;
    }

    private static void Solve(double[] factor, double[] x)
    {
        static int At(int i, int j) => i * (i + 1) / 2 + j;
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++)
            {
                x[i] -= factor[At(i, k)] * x[k];
            }

            x[i] /= factor[At(i, i)];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++)
            {
                x[i] -= factor[At(k, i)] * x[k];
            }

            x[i] /= factor[At(i, i)];
        }
    }
}

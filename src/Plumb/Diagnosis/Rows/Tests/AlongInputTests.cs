using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whether residuals of rows that lie next to each other along an input are alike: then the relation is no straight
/// line along it, be it a wave, a step or a kink. On rows that were kept.
/// </summary>
/// <remarks>
/// Of rows in the order of the input, those with equal inputs taken together, the sum of s times the sum of the next s
/// before it, s the sum of residuals over the root of their number, over the root of the sum of such squares: its
/// parts are uncorrelated whatever the noise of each row, and no row can move it far. De la Pena, Lai and Shao,
/// Self-Normalized Processes, 2009. But one row of high leverage tilts all residuals together, so what speaks is
/// compared with what the same residuals give with signs drawn at random, e / (1 - h) in place of noise. Davidson and
/// Flachaire, The wild bootstrap, tamed at last, J. Econometrics 146, 2008.
/// </remarks>
internal sealed class AlongInputTests(RowFrame frame, SampledRows rows)
{
    private const int FewestParts = 10;
    private const int LeastWaves = 8; // windows that fit into the rows
    private const int Wider = 4; // times the window before
    private const int Draws = 400; // of signs

    private readonly int[]?[] _orders = new int[frame.Coordinates][];

    /// <summary>
    /// The test of the input and the window where residuals are most surely alike; null where all inputs take few
    /// values. Its statistic is the correlation, and its p-value that of the least of so many (Bonferroni).
    /// </summary>
    /// <param name="fit">The fit of the target.</param>
    /// <param name="target">The target.</param>
    public HypothesisTest? Of(SampledFit fit, int target)
    {
        var (count, best, at) = (0, (HypothesisTest?)null, (Coordinate: 0, Window: 0));
        for (var k = 0; ProductTests.AreLookedAt(frame) && k < frame.Coordinates; k++)
        {
            var sums = SumsAlong(k, fit.Residuals);
            for (var window = 1; sums.Length >= Math.Max(FewestParts, LeastWaves * window); window *= Wider)
            {
                count++;
                var (correlation, statistic) = Alike(sums, window);
                var p = correlation > 0 ? ChiSquared.UpperTail(statistic, 1) : 1;
                if (best is null || p < best.PValue)
                {
                    at = (k, window);
                    best = new HypothesisTest("along-input", "residuals in the order of an input",
                        frame.Names.Targets[target], correlation, [], p)
                    { Input = frame.Names.Inputs[frame.Place.Inputs[k]] };
                }
            }
        }

        if (best is null)
        {
            return null;
        }

        var least = count * best.PValue < HypothesisTest.Level
            ? Math.Max(best.PValue, PValueBesideSigns(fit, at.Coordinate, at.Window)) : best.PValue;
        return best with { PValue = Math.Min(1, count * least), Among = count };
    }

    /// <summary>
    /// How probable such a statistic would be beside those of residuals with random signs: the tail of a chi-squared
    /// distribution, shifted and scaled to their mean, spread and skewness, and no less than the share of them that
    /// reach it.
    /// </summary>
    private double PValueBesideSigns(SampledFit fit, int coordinate, int window)
    {
        const double MostFreedom = 1e6; // as good as normal
        var (random, values) = (new RandomSource(1), new double[Draws]);
        for (var draw = 0; draw < Draws; draw++)
        {
            values[draw] = Value(fit.ResidualsOfRandomSigns(random));
        }

        var own = Value(fit.Residuals);
        var mean = values.Average();
        var spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        if (!(spread > 0))
        {
            return 1; // signs change nothing
        }

        var skewness = values.Average(value => Math.Pow((value - mean) / spread, 3));
        var freedom = (long)Math.Clamp(8 / (skewness * skewness), 1, MostFreedom);
        var distance = (own - Math.Max(0, mean)) / Math.Max(1, spread);
        var tail = distance <= 0 ? 1 : skewness <= 0 ? ChiSquared.UpperTail(distance * distance, 1) / 2
            : ChiSquared.UpperTail(freedom + distance * Math.Sqrt(2.0 * freedom), freedom);
        return Math.Max(tail, (double)values.Count(value => value >= own) / Draws);

        double Value(double[] residuals)
        {
            var (correlation, statistic) = Alike(SumsAlong(coordinate, residuals), window);
            return Math.CopySign(Math.Sqrt(statistic), correlation);
        }
    }

    private static (double Correlation, double Statistic) Alike(double[] sums, int window)
    {
        var (before, total, squares, parts) = (0.0, 0.0, 0.0, 0.0);
        for (var g = 0; g < sums.Length; g++)
        {
            var part = sums[g] * before;
            (total, parts, squares) = (total + part, parts + part * part, squares + sums[g] * sums[g]);
            before += sums[g] - (g >= window ? sums[g - window] : 0);
        }

        return parts > 0 ? (total / window / squares, total / parts * total) : (0, 0);
    }

    // One number per value of the input.
    private double[] SumsAlong(int coordinate, double[] residuals)
    {
        var input = frame.Place.Inputs[coordinate];
        var order = _orders[coordinate] ??= OrderOf(input);
        var sums = new List<double>();
        for (var start = 0; start < order.Length;)
        {
            var (end, sum, count) = (start, 0.0, 0.0);
            for (; end < order.Length && rows.Input(order[end], input) == rows.Input(order[start], input); end++)
            {
                sum += Math.Sqrt(rows.Count(order[end])) * residuals[order[end]];
                count += rows.Count(order[end]);
            }

            sums.Add(sum / Math.Sqrt(count));
            start = end;
        }

        return [.. sums];
    }

    private int[] OrderOf(int input)
    {
        var values = new double[rows.Length];
        int[] places = [.. Enumerable.Range(0, rows.Length)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = rows.Input(i, input);
        }

        Array.Sort(values, places);
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            Array.Sort(places, start, end - start); // those of equal values in one order, so that sums are the same
            start = end;
        }

        return places;
    }
}

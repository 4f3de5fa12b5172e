using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>The scalings that programs apply to columns, for one data set.</summary>
internal static class ColumnScalings
{
    /// <summary>Columns as they are.</summary>
    public static ColumnScaling None(Moments moments) => Of("none", "", moments, _ => (0, 1), _ => (0, 1));

    /// <summary>All of one data set: of inputs and targets alike; to be used for one or for both.</summary>
    /// <param name="moments">The data.</param>
    /// <param name="ranges">What rows tell beside; null where they cannot be seen.</param>
    public static IReadOnlyList<ColumnScaling> All(Moments moments, ColumnRanges? ranges)
    {
        var spread = new Spread(moments);
        var rows = Dyadic.Ratio(moments.WeightSum, moments.Unit);
        var unbiased = Math.Sqrt(rows / (rows - 1));
        ColumnScaling Standardized(string text, double factor) => Of(
            "standardized",
            text,
            moments,
            j => (spread.InputMeans[j], factor * spread.InputDeviations[j]),
            t => (spread.TargetMeans[t], factor * spread.TargetDeviations[t]));
        var all = new List<ColumnScaling>
        {
            Standardized("(value - mean) / standard deviation", 1),
            Of("centred", "value - mean", moments, j => (spread.InputMeans[j], 1), t => (spread.TargetMeans[t], 1)),
        };
        if (double.IsFinite(unbiased))
        {
            all.Add(Standardized("(value - mean) / standard deviation, with divisor n - 1", unbiased));
        }

        return ranges is null ? all : [.. all, .. OfRanges(moments, ranges)];
    }

    /// <summary>Those whose units are no multiples of another's; centring changes no penalty.</summary>
    public static IEnumerable<ColumnScaling> Distinct(Moments moments, ColumnRanges? ranges) =>
        All(moments, ranges).Where(scaling => scaling.Code != "centred").DistinctBy(scaling => scaling.Code);

    private static IEnumerable<ColumnScaling> OfRanges(Moments moments, ColumnRanges ranges)
    {
        ColumnScaling Ranged(string code, string text, Func<ColumnRange, (double Centre, double Unit)> of) =>
            Of(code, text, moments, j => of(ranges.Inputs[j]), t => of(ranges.Targets[t]));
        yield return Ranged("min-max", "(value - smallest) / (largest - smallest)", range =>
            (range.Least, range.Greatest - range.Least));
        yield return Ranged("min-max", "2 (value - smallest) / (largest - smallest) - 1", range =>
            (range.Least / 2 + range.Greatest / 2, (range.Greatest - range.Least) / 2));
        yield return Ranged("max-abs", "value / largest absolute value", range =>
            (0, Math.Max(Math.Abs(range.Least), Math.Abs(range.Greatest))));
        if (ranges.Inputs.Concat(ranges.Targets).All(range => !double.IsNaN(range.Median)))
        {
            yield return Ranged("robust", "(value - median) / (upper - lower quartile)", range =>
                (range.Median, range.UpperQuartile - range.LowerQuartile));
        }
    }

    private static ColumnScaling Of(
        string code, string text, Moments moments, Func<int, (double Centre, double Unit)> input,
        Func<int, (double Centre, double Unit)> target)
    {
        (double Centre, double Unit)[] inputs = [.. Enumerable.Range(0, moments.InputCount).Select(input)];
        (double Centre, double Unit)[] targets = [.. Enumerable.Range(0, moments.TargetCount).Select(target)];
        return new ColumnScaling(code, text, [.. inputs.Select(part => part.Centre)],
            [.. inputs.Select(part => Unit(part.Unit))], [.. targets.Select(part => part.Centre)],
            [.. targets.Select(part => Unit(part.Unit))]);
    }

    // 1 where there is none, as scalers have it.
    private static double Unit(double unit) => unit > 0 ? unit : 1;
}

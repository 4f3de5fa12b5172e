using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>Means and slopes at the levels of a category, and all their differences.</summary>
internal static class LevelTests
{
    /// <summary>The means, then the slopes that differ between levels, of each target.</summary>
    public static LevelComparison[] Of(Inference inference, string column, AdjustmentMethod adjustment)
    {
        var points = new LevelPoints(inference.Fit, inference.Design, column);
        return points.Names.Count < 2
            ? throw new FormatException($"'{column}' has one level, and there is nothing to compare it with.")
            : [.. Of(inference, column, null, [.. Enumerable.Range(0, points.Names.Count).Select(points.Mean)],
                points.Names, adjustment),
            .. points.Slopes.SelectMany(input => Of(inference, column, input.Name,
                [.. Enumerable.Range(0, points.Names.Count).Select(level => points.Slope(level, input))],
                points.Names, adjustment))];
    }

    private static IEnumerable<LevelComparison> Of(Inference inference, string column, string? slope,
        Rational[][] points, IReadOnlyList<string> names, AdjustmentMethod adjustment)
    {
        Restriction Difference(int left, int right) => Restriction.Of($"{names[left]} = {names[right]}",
            [.. points[left].Zip(points[right], (one, other) => one - other)], 0, ofTargets: false) with
        {
            ComparesLevels = true,
        };
        var what = slope is null ? "means" : $"slopes of {slope}";
        var levels = points.Select((point, level) => WaldTests.Of(inference,
            Hypothesis.Of(names[level], [Restriction.Of(names[level], point, 0, ofTargets: false)]))).ToArray();
        var equal = WaldTests.Of(inference, Hypothesis.Of($"all {what} by {column} are equal",
            [.. Enumerable.Range(1, points.Length - 1).Select(level => Difference(0, level))]));
        var differences = (from left in Enumerable.Range(0, points.Length)
                           from right in Enumerable.Range(left + 1, points.Length - left - 1)
                           let difference = Difference(left, right)
                           select WaldTests.Of(inference, Hypothesis.Of(difference.Text, [difference]))).ToArray();
        return inference.Fit.Names.Targets.Select((target, t) => new LevelComparison(column, target)
        {
            SlopeOf = slope,
            Estimates = [.. levels.Select((tested, level) => tested[t].Restrictions is [var known] ? known
                : new TestedRestriction(names[level], double.NaN, double.NaN))],
            Equal = equal[t],
            Differences = Adjustment.Apply([.. differences.Select(tested => tested[t])], adjustment),
        });
    }
}

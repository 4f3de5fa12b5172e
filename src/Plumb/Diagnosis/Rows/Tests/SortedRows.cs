namespace Plumb.Diagnosis;

/// <summary>
/// Whether a table was sorted by a target, or rows of equal inputs were: then the residuals of neighbours are alike,
/// and say nothing of the noise.
/// </summary>
internal static class SortedRows
{
    private const int FewestPairs = 10;
    private const double Most = 0.9; // of pairs: chance makes half of them rise

    /// <summary>Whether the rows are sorted.</summary>
    /// <param name="sample">All rows, or some.</param>
    /// <param name="target">By which target.</param>
    public static bool AreSortedBy(RowSample sample, int target)
    {
        RowSample.Kept[] rows = [.. sample.Rows.OrderBy(row => row.Position)];
        var pairs = rows.Zip(rows.Skip(1)).ToArray();
        return IsSorted(pairs, target)
            || IsSorted([.. pairs.Where(pair => pair.First.Inputs.AsSpan().SequenceEqual(pair.Second.Inputs))], target);
    }

    private static bool IsSorted((RowSample.Kept First, RowSample.Kept Second)[] pairs, int target)
    {
        var rising = pairs.Count(pair => pair.First.Targets[target] < pair.Second.Targets[target]);
        var falling = pairs.Count(pair => pair.First.Targets[target] > pair.Second.Targets[target]);
        return rising + falling >= FewestPairs && Math.Max(rising, falling) >= Most * (rising + falling);
    }
}

namespace Plumb.Diagnosis;

/// <summary>What rows tell of where a map comes from, beyond their moments: the ranges that scalers take, and the part
/// of the rows that the map is the best fit of.</summary>
/// <param name="Ranges">The columns' ranges.</param>
/// <param name="Part">Which rows; null where no part is recognised.</param>
/// <param name="Logarithm">natural, decimal or binary, where the map is the best fit to such logarithms of the targets;
/// else null.</param>
public sealed record RowHints(ColumnRanges Ranges, RowPart? Part, string? Logarithm)
{
    /// <summary>Of a data set, the one that the moments are of.</summary>
    public static RowHints Of(AffineMap map, Moments moments, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(data);
        var (ranges, search) = (new ColumnRangesBuilder(moments.Names), new RowPartSearch(map, moments));
        var logarithms = new LogarithmSearch(map, moments);
        ranges.Add(data);
        search.Add(data);
        logarithms.Add(data);
        return new RowHints(ranges.ToRanges(), search.Found(), logarithms.Found());
    }

    /// <summary>The same of rows that come in blocks, in their order.</summary>
    public static async Task<RowHints> OfAsync(AffineMap map, Moments moments, IAsyncEnumerable<Dataset> blocks,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(moments);
        ArgumentNullException.ThrowIfNull(blocks);
        var (ranges, search) = (new ColumnRangesBuilder(moments.Names), new RowPartSearch(map, moments));
        var logarithms = new LogarithmSearch(map, moments);
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            ranges.Add(block);
            search.Add(block);
            logarithms.Add(block);
        }

        return new RowHints(ranges.ToRanges(), search.Found(), logarithms.Found());
    }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(RowHints), PrintMembers);
}

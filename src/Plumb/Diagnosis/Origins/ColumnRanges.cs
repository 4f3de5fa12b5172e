namespace Plumb;

/// <summary>What scalers other than standardization take from rows: each column's least and greatest value, and its quartiles where all values were at hand.</summary>
/// <param name="Inputs">One for each input.</param>
/// <param name="Targets">One for each target.</param>
public sealed record ColumnRanges(IReadOnlyList<ColumnRange> Inputs, IReadOnlyList<ColumnRange> Targets)
{
    private const long MostKept = 4_000_000; // numbers: quartiles need all of them

    /// <summary>Of a data set; weights are not looked at.</summary>
    public static ColumnRanges Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (inputs, targets) = (NewBuilders(data.Names.Inputs.Count), NewBuilders(data.Names.Targets.Count));
        Add(inputs, data.Inputs, areKept: true);
        Add(targets, data.Targets, areKept: true);
        return Of(inputs, targets);
    }

    /// <summary>Of rows that come in blocks; weights are not looked at.</summary>
    /// <param name="names">The names of the inputs and targets.</param>
    /// <param name="blocks">The rows.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public static async Task<ColumnRanges> OfAsync(VariableNames names, IAsyncEnumerable<Dataset> blocks, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(blocks);
        var (inputs, targets) = (NewBuilders(names.Inputs.Count), NewBuilders(names.Targets.Count));
        var numbers = 0L;
        await foreach (var block in blocks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            numbers += (long)block.Rows * (inputs.Length + targets.Length);
            var areKept = numbers <= MostKept;
            Add(inputs, block.Inputs, areKept);
            Add(targets, block.Targets, areKept);
        }

        return Of(inputs, targets);
    }

    private static ColumnRanges Of(ColumnRangeBuilder[] inputs, ColumnRangeBuilder[] targets) =>
        new([.. inputs.Select(column => column.ToRange())], [.. targets.Select(column => column.ToRange())]);

    private static ColumnRangeBuilder[] NewBuilders(int count) => [.. Enumerable.Range(0, count).Select(_ => new ColumnRangeBuilder())];

    private static void Add(ColumnRangeBuilder[] columns, Matrix rows, bool areKept)
    {
        for (var i = 0; i < rows.Rows; i++)
        {
            var row = rows.Row(i);
            for (var j = 0; j < columns.Length; j++)
            {
                columns[j].Add(row[j], areKept);
            }
        }
    }
}

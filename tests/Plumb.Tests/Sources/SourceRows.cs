namespace Plumb.Tests.Sources;

/// <summary>All rows of a reader, for tests.</summary>
internal sealed record SourceRows(IReadOnlyList<string> Columns, double[][] Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads all columns, or the ones named, in their order.</summary>
    public static async Task<SourceRows> OfAsync(Task<RowReader> opening, params string[] columns)
    {
        await using var reader = await opening;
        var names = columns.Length > 0 ? columns : [.. reader.Columns];
        List<double[]> rows = [];
        await foreach (var block in reader.ReadAsync(names[..^1], names[^1..], TestContext.Current.CancellationToken))
        {
            Assert.InRange(block.Rows, 1, 2048);
            for (var i = 0; i < block.Rows; i++)
            {
                rows.Add([.. block.Inputs.Row(i), block.Targets[i, 0]]);
            }
        }

        Assert.Equal(rows.Count, reader.Rows);
        return new SourceRows(reader.Columns, [.. rows], reader.Findings);
    }

    /// <summary>The one column, bit by bit.</summary>
    public IEnumerable<long> Bits() => Rows.SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits);
}

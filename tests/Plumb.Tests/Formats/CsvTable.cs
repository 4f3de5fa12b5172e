using System.Text;

namespace Plumb.Tests;

/// <summary>A whole CSV file in memory, for tests: names, rows and findings.</summary>
internal sealed record CsvTable(IReadOnlyList<string> Columns, double[][] Rows, IReadOnlyList<Finding> Findings)
{
    /// <summary>Reads all columns, or the inputs named, or all but the last as inputs and the last as target.</summary>
    public static Task<CsvTable> OfAsync(string text, CsvFormat? format = null, string name = "t.csv",
        params string[] columns) =>
        OfAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, format, columns);

    public static async Task<CsvTable> OfAsync(Stream stream, string name, CsvFormat? format = null,
        params string[] columns)
    {
        await using var reader = await CsvReader.OpenAsync(stream, name, format, TestContext.Current.CancellationToken);
        var names = columns.Length > 0 ? columns : [.. reader.Columns];
        List<double[]> rows = [];
        await foreach (var block in reader.ReadAsync(names[..^1], names[^1..], TestContext.Current.CancellationToken))
        {
            Assert.InRange(block.Rows, 1, 2048);
            for (var i = 0; i < block.Rows; i++)
            {
                rows.Add([.. block.Inputs.Row(i), .. block.Targets.Row(i)]);
            }
        }

        Assert.Equal(rows.Count, reader.Rows);
        return new CsvTable(reader.Columns, [.. rows], reader.Findings);
    }

    /// <summary>The message with which the file is refused: one line, that begins with the place.</summary>
    public static async Task<string> RefusalAsync(string text, CsvFormat? format = null, string name = "t.csv",
        params string[] columns)
    {
        var message =
            (await Assert.ThrowsAsync<InvalidDataException>(() => OfAsync(text, format, name, columns))).Message;
        Assert.Matches(@"^t\.csv\(\d+\): [^\r\n]+\.$", message);
        return message;
    }

    /// <summary>The values of all cells, bit by bit.</summary>
    public long[] Bits() => [.. Rows.SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits)];
}

using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Plumb.Tests;

/// <summary>What stands below a table.</summary>
public sealed class CsvFooterTests
{
    private const string Table = "city,rent,area\nBern,900,40\nBasel,1000,50\nGenf,1500,45\n";
    private const string Numbers = "x,y\n1,2\n2,3.5\n3,5\n";

    [Theory]
    [InlineData(Table + "Total,3400,135\n",
        "The last line below the table was left out ('Total, 3400, 135'). --footer 0 keeps all lines.")]
    [InlineData(Table + "Total,,135", "The last line below the table was left out ('Total, 135').")]
    [InlineData(Table + ",,\nTotal:,3400,135\n,,\n",
        "The last 3 lines below the table were left out ('Total:, 3400, 135').")]
    [InlineData(Table + "\nSource: statistics office, 2026\n",
        "The last 2 lines below the table were left out ('Source: statistics office, 2026').")]
    [InlineData(Table + "\n* estimated\n** from 2025,,\n",
        "The last 3 lines below the table were left out ('* estimated', ...).")]
    [InlineData(Table + ",,\n,,\n", "The last 2 lines below the table were left out (no values).")]
    [InlineData(Numbers + "Mean,3.5\nstd dev,1.5\n",
        "The last 2 lines below the table were left out ('Mean, 3.5', ...).")]
    [InlineData(Numbers + "Summe,10.5\n", "The last line below the table was left out ('Summe, 10.5').")]
    [InlineData(Numbers + "(3 rows affected)\r\n\r\n",
        "The last line below the table was left out ('(3 rows affected)').")]
    [InlineData(Numbers + "3 rows selected\n", "The last line below the table was left out ('3 rows selected').")]
    [InlineData(Numbers + "measured by hand\n", "The last line below the table was left out ('measured by hand').")]
    [InlineData(Table + "Total,3400,135\nZug,1,1\nTotal,3401,136\n", null)]
    [InlineData(Table + "Tot\n", null)]
    [InlineData(Numbers + "3\n", null)]
    [InlineData(Numbers + "Source,1\nfoo,2\n", null)]
    [InlineData(Numbers + "\n\n", null)]
    [InlineData(Table, null)]
    public async Task What_is_below_the_table_is_left_out_and_told(string text, string? expected)
    {
        foreach (var lines in (int[])[0, 30_000])
        {
            var file = text.Insert(text.IndexOf('\n', StringComparison.Ordinal) + 1, More(text, lines));
            await using var whole = await OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)));
            await using var pipe = await OpenAsync(new TricklingStream(Encoding.UTF8.GetBytes(file), 60_000));
            await using var gzip = await OpenAsync(new MemoryStream(Packed(file)));
            var outcome = await OutcomeAsync(whole);
            Assert.Equal(outcome, await OutcomeAsync(pipe));
            Assert.Equal(outcome, await OutcomeAsync(gzip));
            Assert.Equal(expected?.Split(" --")[0],
                whole.Findings.SingleOrDefault(finding => finding.Code == "footer")?.Message);
            if (expected is not null)
            {
                Assert.EndsWith(FormattableString.Invariant($" {lines + 3} rows"), outcome, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Lines_to_leave_out_are_counted_from_the_end()
    {
        foreach (var end in (string[])["\n", "\r\n", "\r"])
        {
            var text = (Numbers + "foo,bar\nthe end").Replace("\n", end, StringComparison.Ordinal);
            foreach (var more in (string[])["", end])
            {
                var table = await CsvTable.OfAsync(text + more, new CsvFormat { FooterLines = 2 });
                Assert.Equal((double[][])[[1, 2], [2, 3.5], [3, 5]], table.Rows);
            }
        }

        Assert.Equal(
            "t.csv: 100 lines were to be left out below the table, and are all there is, or take more than 64 KB, "
                + "where rows "
                + "were expected above them; leave out fewer.",
            (await Assert.ThrowsAsync<InvalidDataException>(() =>
                CsvTable.OfAsync(Numbers, new CsvFormat { FooterLines = 100 }))).Message);
        Assert.Equal(4, (await CsvTable.OfAsync(Numbers + "4,5\n,\n", new CsvFormat { FooterLines = 1 })).Rows.Length);
        Assert.Contains("column 'x' is empty",
            await CsvTable.RefusalAsync(Numbers + "4,5\n,\n", new CsvFormat { FooterLines = 0 }),
            StringComparison.Ordinal);
    }

    private static string More(string text, int lines) => string.Concat(
        Enumerable.Range(0, lines).Select(i =>
            text[0] == 'c' ? string.Create(CultureInfo.InvariantCulture, $"Ort{i},{i},{i * 3 % 7}\n")
                : string.Create(CultureInfo.InvariantCulture, $"{i},{i * 3 % 7}\n")));

    private static Task<CsvReader> OpenAsync(Stream stream) =>
        CsvReader.OpenAsync(stream, "t.csv", null, TestContext.Current.CancellationToken);

    private static async Task<string> OutcomeAsync(CsvReader reader)
    {
        reader.ChunkBytes = 4000;
        var (sum, rows) = (0.0, 0);
        try
        {
            await foreach (var block in reader.ReadAsync(reader.Columns.ToArray()[1..^1], [reader.Columns[^1]],
                TestContext.Current.CancellationToken))
            {
                rows += block.Rows;
                sum += block.Targets.Values.ToArray().Sum();
            }
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"{string.Join('|', reader.Findings.Select(finding => finding.Message))} {sum} of {rows} rows");
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}

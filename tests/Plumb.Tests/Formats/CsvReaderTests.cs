using System.Text;

namespace Plumb.Tests;

public sealed class CsvReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, CsvFormat, int, string> Accepted => CsvCases.Accepted;

    public static TheoryData<string, CsvFormat, int, string> Refused => CsvCases.Refused;

    [Theory]
    [MemberData(nameof(Accepted), DisableDiscoveryEnumeration = true)]
    public async Task ReadAsync_of_an_awkward_file_gives_its_rows_and_findings(string file, CsvFormat format, int rows,
        string codes)
    {
        var bytes = ReadFile(file);
        var whole = await CsvTable.OfAsync(new MemoryStream(bytes), file, format);
        Assert.Equal(rows, whole.Rows.Length);
        Assert.Equal(codes, string.Join(' ', whole.Findings.Select(finding => finding.Code)));
        var trickled = await CsvTable.OfAsync(new TricklingStream(bytes, 1), file, format);
        Assert.Equal(whole.Bits(), trickled.Bits());
        Assert.Equal(whole.Findings, trickled.Findings);
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task ReadAsync_of_an_awkward_file_refuses_it_with_place_and_remedy(string file, CsvFormat format,
        int line, string part)
    {
        foreach (var piece in new[] { 1, 3, 1 << 16 })
        {
            var error =
                await Assert.ThrowsAsync<InvalidDataException>(() =>
                    CsvTable.OfAsync(new TricklingStream(ReadFile(file), piece), file, format));
            Assert.StartsWith(FormattableString.Invariant($"{file}({line}): "), error.Message,
                StringComparison.Ordinal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void Cases_cover_every_file()
    {
        // Those are sound.
        var files = Directory.GetFiles(Folder, "*.csv").Select(Path.GetFileName)
            .Where(name => !name!.StartsWith("num_", StringComparison.Ordinal));
        // It has a test of its own.
        var covered = Accepted.Concat(Refused).Select(row => row.Data.Item1).Append("csv_quoted_newline.csv");
        Assert.Equal(files.Order(StringComparer.Ordinal), covered.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("csv_no_final_newline.csv")]
    [InlineData("csv_bom_utf8.csv")]
    [InlineData("csv_utf16le.csv")]
    [InlineData("csv_crlf.csv")]
    [InlineData("csv_cr_only.csv")]
    [InlineData("csv_tab.csv")]
    public async Task ReadAsync_of_one_table_in_another_dress_gives_the_same_bits(string file)
    {
        var table = await CsvTable.OfAsync(new MemoryStream(ReadFile(file)), file);
        Assert.Equal(["x1", "x2", "y"], table.Columns);
        Assert.Equal((double[][])[[1, 2, 3], [2, 1, 4], [3, 5, 9], [4, 4, 8.5], [5, 7, 12]], table.Rows);
    }

    [Fact]
    public async Task ReadAsync_of_decimal_commas_reads_them_as_such_when_told()
    {
        var bytes = ReadFile("csv_semicolon_decimal_comma.csv");
        var table = await CsvTable.OfAsync(new MemoryStream(bytes), "t.csv", new CsvFormat { DecimalSeparator = ',' });
        Assert.Equal((double[][])[[1.5, 2, 3.25], [2.5, 1, 4], [3, 2, 6.5]], table.Rows);
    }

    [Fact]
    public async Task ReadAsync_of_a_quoted_newline_leaves_rows_and_line_numbers_right()
    {
        var bytes = ReadFile("csv_quoted_newline.csv");
        var table = await CsvTable.OfAsync(new MemoryStream(bytes), "t.csv", null, "x", "y");
        Assert.Equal((double[][])[[1, 2], [2, 3], [3, 5]], table.Rows);
        Assert.StartsWith("t.csv(6): ",
            await CsvTable.RefusalAsync("x,note,y\n1,\"one\r\ntwo\rthree\",2\n\n3,,oops\n", null, "t.csv", "x", "y"),
            StringComparison.Ordinal);
        Assert.StartsWith("t.csv(4): ",
            await CsvTable.RefusalAsync("x,note,y\n1,\"one\r\n\ntwo\",oops\n", null, "t.csv", "x", "y"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_of_a_column_that_is_not_asked_for_does_not_look_at_its_cells()
    {
        var table = await CsvTable.OfAsync("name,x,y\nAnn \"A\" Smith,1,2\n\"Bob, \"\"B\"\"\",3,4\n", null, "t.csv",
            "x", "y");
        Assert.Equal((double[][])[[1, 2], [3, 4]], table.Rows);
    }

    [Fact]
    public async Task ReadAsync_of_a_huge_field_refuses_it_without_reading_on()
    {
        byte[] bytes = [.. "x,y\n1,\""u8, .. Enumerable.Repeat((byte)'a', 20_000_000)];
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv", null, Cancellation);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Drain(reader));
        Assert.StartsWith("t.csv(2): field 2 at line 2 is longer than 1 MiB", error.Message, StringComparison.Ordinal);
        Assert.InRange(reader.BytesRead, 1 << 20, (1 << 20) + (1 << 17));
    }

    [Fact]
    public async Task OpenAsync_of_a_header_of_200001_names_refuses_it()
    {
        var header = string.Join(',', Enumerable.Range(0, 200_001).Select(i => "c" + i)) + "\n";
        Assert.Contains("line 1 has more than 100,000 fields", await CsvTable.RefusalAsync(header),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_of_100000_columns_reads_them()
    {
        var text = string.Join(',', Enumerable.Range(0, 100_000).Select(i => "c" + i)) + "\n"
            + string.Join(';', Enumerable.Repeat("7", 100_000)).Replace(';', ',') + "\n";
        var table = await CsvTable.OfAsync(text);
        Assert.Equal(100_000, Assert.Single(table.Rows).Length);
    }

    [Fact]
    public async Task ReadAsync_of_many_rows_gives_blocks_of_2048()
    {
        var text = "x,y\n"
            + string.Concat(Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"{i},{2 * i}\n")));
        await using var reader =
            await CsvReader.OpenAsync(new TricklingStream(Encoding.UTF8.GetBytes(text), 1000), "t.csv", null,
                Cancellation);
        List<int> sizes = [];
        await foreach (var block in reader.ReadAsync(["x"], ["y"], Cancellation))
        {
            Assert.Equal(sizes.Sum(), block.Inputs[0, 0]);
            sizes.Add(block.Rows);
            Assert.Equal(sizes.Sum(), reader.Rows);
        }

        Assert.Equal([2048, 2048, 904], sizes);
        Assert.Equal(text.Length, reader.BytesRead);
    }

    [Fact]
    public async Task ReadAsync_takes_columns_in_the_order_asked_for_and_targets_may_be_empty()
    {
        await using var reader =
            await CsvReader.OpenAsync(new MemoryStream("a,b,c\n1,2,3\n"u8.ToArray()), "t.csv", null, Cancellation);
        await foreach (var block in reader.ReadAsync(["c", "a"], [], Cancellation))
        {
            Assert.Equal([3.0, 1.0], block.Inputs.Row(0).ToArray());
            Assert.Equal(0, block.Targets.Columns);
            Assert.Equal(["c", "a"], block.Names.Inputs);
        }
    }

    [Fact]
    public async Task ReadAsync_of_names_that_cannot_be_read_is_the_callers_bug()
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream("a,b\n1,2\n"u8.ToArray()), "t.csv", null,
            Cancellation);
        Assert.Contains("'c' of t.csv is not there; its columns are 'a', 'b'",
            Assert.Throws<ArgumentException>(() => reader.ReadAsync(["c"], [], Cancellation)).Message,
            StringComparison.Ordinal);
        Assert.Contains("asked for twice",
            Assert.Throws<ArgumentException>(() => reader.ReadAsync(["a"], ["a"], Cancellation)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => reader.ReadAsync([], [], Cancellation));
        await Drain(reader);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Drain(reader));
    }

    [Fact]
    public async Task OpenAsync_disposes_of_the_stream_when_it_throws_and_DisposeAsync_does_when_it_does_not()
    {
        var bad = new TricklingStream([], 1);
        await Assert.ThrowsAsync<InvalidDataException>(() => CsvReader.OpenAsync(bad, "t.csv", null, Cancellation));
        Assert.True(bad.IsDisposed);
        var good = new TricklingStream("x\n1\n"u8.ToArray(), 1);
        await (await CsvReader.OpenAsync(good, "t.csv", null, Cancellation)).DisposeAsync();
        Assert.True(good.IsDisposed);
    }

    [Fact]
    public async Task ReadAsync_stops_when_cancelled()
    {
        using var source = new CancellationTokenSource();
        var text = "x,y\n" + string.Concat(Enumerable.Repeat("1,2\n", 100_000));
        await using var reader =
            await CsvReader.OpenAsync(new TricklingStream(Encoding.UTF8.GetBytes(text), 4096), "t.csv", null,
                Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var block in reader.ReadAsync(["x"], ["y"], source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "data", "badinputs");

    private static byte[] ReadFile(string file) => File.ReadAllBytes(Path.Combine(Folder, file));

    private static async Task Drain(CsvReader reader)
    {
        await foreach (var block in reader.ReadAsync(reader.Columns, [], Cancellation))
        {
            Assert.NotNull(block);
        }
    }
}

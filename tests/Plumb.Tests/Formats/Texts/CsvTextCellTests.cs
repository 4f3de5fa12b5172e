using System.Text;

namespace Plumb.Tests;

/// <summary>
/// Cells of texts come through their readings to the same numbers, however a file is cut and on however many threads.
/// </summary>
public sealed class CsvTextCellTests
{
    private static readonly Gen<string> s_level = Gen.Frequency(
        (10, Gen.OneOf("a", "b", "Oslo", "Rome", "Santa Cruz", "é", "日本", "x\"y", "-", "1.5", "007", "a b ")),
        (3, Gen.OneOf("\"a\"", "\" b \"", "\"a,b\"", "\"say \"\"a\"\"\"", "\"two\nlines\"", "\"two\r\nlines\"",
            "\"\"\"\"", " a", "\"NA\" ")),
        (2, Gen.Int[1, 70].Select(length => new string('w', length))),
        (2, Gen.Int[0, 5000].Select(i => FormattableString.Invariant($"level {i}"))),
        (1, Gen.OneOf("", "NA", "\"\"", "null", "  ")));

    private static readonly Gen<string> s_number = Gen.OneOf(
        Gen.Int[-1000, 1000].Select(i => FormattableString.Invariant($"{i / 10.0}")),
        Gen.OneOf("1e5", "\"2\"", " 3 ", "12345678901234567890123", "0.1", "", "NA"));

    private static readonly Gen<string> s_row =
        from first in s_level
        from x in s_number
        from second in s_level
        from skipped in s_level
        from y in s_number
        select string.Join(',', first, x, second, skipped, y);

    private static readonly Gen<string> s_file =
        from lineEnd in Gen.Frequency((5, Gen.Const("\n")), (4, Gen.Const("\r\n")), (1, Gen.Const("\r")))
        from lines in Gen.Frequency((100, s_row), (2, Gen.OneOf("", "  ", "# a comment")),
            (1, Gen.OneOf("a,1,b,c", "a,x,b,c,2", "a,1,\"b\"c,d,2", "a\0,1,b,c,2", "first,x,second,other,y")))
            .Array[1, 60]
        from end in Gen.Bool
        select string.Join(lineEnd, ["first,x,second,other,y", .. lines]) + (end ? lineEnd : "");

    [Fact]
    public Task Every_number_of_threads_and_size_of_chunk_gives_the_same_levels_and_numbers() =>
        Gen.Select(s_file, Gen.OneOf(1, 2, 7), Gen.OneOf(Gen.Int[1, 200], Gen.Const(1 << 18)), Gen.Bool).SampleAsync(
            async (text, threads, chunk, decimals) =>
            {
                var format = new CsvFormat
                {
                    CommentPrefix = "#",
                    DropMissing = text.Length % 4 != 0,
                    MeasurePrecision = text.Length % 3 == 0,
                    Delimiter = ',',
                };
                // Chunks of one byte leave everything to the careful reader.
                var expected = await Outcome(text, format, decimals, 1, 1);
                Assert.Equal(expected, await Outcome(text, format, decimals, threads, chunk));
            },
            iter: 1_500);

    [Fact]
    public async Task Text_becomes_the_number_of_its_reading_without_quotes_and_blanks()
    {
        var levels = new Levels();
        var rows = await Rows("g,y\nOslo,1\n\"Oslo\",2\n \" Oslo \" ,3\n\"say \"\"Oslo\"\"\",4\n", "g", levels);
        Assert.Equal([0, 0, 0, 1], rows);
        Assert.Equal(["Oslo", "say \"Oslo\""], levels.Names);
    }

    [Fact]
    public async Task Missing_text_leaves_its_row_out_and_is_no_level()
    {
        var levels = new Levels();
        var rows = await Rows("g,y\nOslo,1\nNA,2\n,3\nRome,4\n", "g", levels, new CsvFormat { DropMissing = true });
        Assert.Equal([0, 1], rows);
        Assert.Equal(["Oslo", "Rome"], levels.Names);
    }

    [Fact]
    public async Task Text_that_its_reading_refuses_is_told_with_what_was_expected()
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Rows("g,y\nOslo,1\nParis,2\nBonn,3\n", "g", Levels.Of(["Oslo", "Rome"])));
        Assert.Equal("t.csv(3): column 'g' holds 'Paris', expected one of the 2 levels Oslo, Rome; 2 cells cannot be "
            + "read: 'Paris' in column 'g' at line 3, 'Bonn' in column 'g' at line 4; correct it, or leave the "
            + "column out.", refused.Message);
    }

    [Fact]
    public async Task Text_that_is_not_UTF8_is_told_as_that()
    {
        byte[] bytes = [.. "g,y\nOslo,1\nM"u8, 0xFC, .. "nchen,2\n"u8];
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv", null,
            TestContext.Current.CancellationToken);
        reader.ReadAs("g", new Levels());
        var refused = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in reader.ReadAsync(["g"], ["y"], TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.StartsWith("t.csv(3): column 'g' holds 'M\\xFCnchen', which is not valid UTF-8 (byte 12)",
            refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Column_of_texts_is_exact_where_precision_is_measured()
    {
        await using var reader = await CsvReader.OpenAsync(
            new MemoryStream("g,x,y\nOslo,1.5,1\nRome,2.5,2\nOslo,3,3.25\n"u8.ToArray()), "t.csv",
            new CsvFormat { MeasurePrecision = true }, TestContext.Current.CancellationToken);
        reader.ReadAs("g", new Levels());
        await foreach (var _ in reader.ReadAsync(["g", "x"], ["y"], TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(0, reader.Precision!.LengthOf("g"));
        Assert.Equal(1, reader.Precision.DecimalsOf("x"));
    }

    [Fact]
    public async Task More_texts_than_a_cache_holds_keep_their_numbers()
    {
        var text = new StringBuilder("g,y\n");
        for (var i = 0; i < 60_000; i++)
        {
            text.Append(FormattableString.Invariant($"level {i * 7919 % 20_011},1\n"));
        }

        var levels = new Levels();
        var rows = await Rows(text.ToString(), "g", levels);
        var names = levels.Names;
        Assert.Equal(20_011, names.Count);
        Assert.Equal(Enumerable.Range(0, 60_000).Select(i => FormattableString.Invariant($"level {i * 7919 % 20_011}")),
            rows.Select(code => names[(int)code]));
    }

    private static async Task<List<double>> Rows(string text, string column, TextReading reading,
        CsvFormat? format = null)
    {
        await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv",
            format, TestContext.Current.CancellationToken);
        reader.ReadAs(column, reading);
        List<double> rows = [];
        await foreach (var block in reader.ReadAsync([column], ["y"], TestContext.Current.CancellationToken))
        {
            rows.AddRange(block.Inputs.Values);
        }

        return rows;
    }

    private static async Task<string> Outcome(string text, CsvFormat format, bool decimals, int threads, int chunk)
    {
        try
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.csv",
                format, TestContext.Current.CancellationToken);
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            Levels[] levels = [new(), new()];
            reader.ReadAs("first", levels[0]);
            reader.ReadAs("second", levels[1]);
            var outcome = new StringBuilder();
            string[] inputs = ["second", "x", "first"];
            var token = TestContext.Current.CancellationToken;
            if (decimals)
            {
                await foreach (var block in reader.ReadDecimalsAsync(inputs, ["y"], token))
                {
                    for (var i = 0; i < block.Rows; i++)
                    {
                        Add(outcome, levels, [.. Enumerable.Range(0, 4).Select(column => block[i, column].ToDouble())]);
                    }
                }
            }
            else
            {
                await foreach (var block in reader.ReadAsync(inputs, ["y"], token))
                {
                    for (var i = 0; i < block.Rows; i++)
                    {
                        Add(outcome, levels, [.. block.Inputs.Row(i), .. block.Targets.Row(i)]);
                    }
                }
            }

            outcome.Append(reader.Rows).AppendJoin('\n', reader.Findings);
            outcome.AppendJoin(',', levels.SelectMany(level => level.Names).Order(StringComparer.Ordinal));
            foreach (var column in reader.Precision is { } precision ? precision.Columns : [])
            {
                outcome.Append(reader.Precision!.SignificantDigitsOf(column))
                    .Append(reader.Precision.DecimalsOf(column)).Append(reader.Precision.LengthOf(column));
            }

            return outcome.ToString();
        }
        catch (InvalidDataException error)
        {
            return error.Message;
        }
    }

    private static void Add(StringBuilder outcome, Levels[] levels, double[] row) =>
        outcome.Append(levels[1].Names[(int)row[0]]).Append('|').Append(levels[0].Names[(int)row[2]]).Append('|')
            .Append(row[1]).Append('|').Append(row[3]).Append('\n');
}

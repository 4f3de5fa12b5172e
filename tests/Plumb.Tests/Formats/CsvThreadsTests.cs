using System.Globalization;
using System.Text;
using Plumb.Tests.Sources;

namespace Plumb.Tests;

/// <summary>
/// However a file is cut into chunks, and however many threads read it: the same rows, messages, line numbers and
/// moments.
/// </summary>
public sealed class CsvThreadsTests
{
    private static readonly Gen<string> s_number = Gen.OneOf(
        Gen.Double[-1000, 1000].Select(x => FormattableString.Invariant($"{x}")),
        Gen.Double.Where(double.IsFinite).Select(x => FormattableString.Invariant($"{x:E16}")),
        Gen.Double[-1000, 1000].Select(x => x.ToString("0.000000000000000000e+00", CultureInfo.InvariantCulture)),
        Gen.Int.Select(i => FormattableString.Invariant($"{i / 100.0}")),
        Gen.OneOf("0", "-0", "+7", ".5", "1e-320", "1e-999", "12345678901234567890123", "9007199254740993", "\"1.5\"",
            " 2 ", "2 ", "\" -3\"", "1e5", "-1e5", "4503599627370496.5"));

    private static readonly Gen<string> s_cell = Gen.Frequency((60, s_number),
        (2, Gen.OneOf("", "NA", "?", "\"\"", "null")));

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.Char.AlphaNumeric, 0, 12],
        Gen.OneOf("\"a\nb\"", "\"a,\"\"b\"\"\"", "\"\r\n\r\"", "x\"y", "#z", "\"#\n#\"", "é"),
        Gen.Int[30, 300].Select(length => new string('w', length)));

    private static readonly Gen<string> s_row =
        from x in s_cell
        from note in s_text
        from y in s_cell
        from z in s_cell
        select string.Join(',', x, note, y, z);

    private static readonly Gen<string> s_line = Gen.Frequency(
        (100, s_row),
        (3, Gen.OneOf("", "  ", "# a comment, with \"a quote", "#")),
        (1, Gen.OneOf("1,b,x,2", "1,2,3", "x,note,y,z", "1,\"b\"c,2,3", "1,b,0x10,1e999", "1,b,12:30,2", "1.2.3,b,2,2",
            "1,b\0,2,3")));

    private static readonly Gen<string> s_file =
        from lineEnd in Gen.Frequency((5, Gen.Const("\n")), (4, Gen.Const("\r\n")), (1, Gen.Const("\r")))
        from lines in s_line.Array[1, 60]
        from end in Gen.Bool
        select string.Join(lineEnd, ["x,note,y,z", .. lines]) + (end ? lineEnd : "");

    private static readonly Gen<int> s_chunk = Gen.OneOf(Gen.Int[1, 40], Gen.Int[40, 400], Gen.Int[400, 4000],
        Gen.Const(1 << 18));

    [Fact]
    public Task Reader_gives_the_same_for_every_number_of_threads_and_size_of_chunk() =>
        Gen.Select(s_file, Gen.OneOf(1, 2, 3, 7), s_chunk, Gen.Int[1, 5000].Array[1, 3]).SampleAsync(
            async (text, threads, chunk, pieces) =>
            {
                var format = new CsvFormat
                {
                    CommentPrefix = "#",
                    DropMissing = text.Length % 4 != 0,
                    MeasurePrecision = text.Length % 3 == 0,
                    Delimiter = ','
                };
                // Chunks of one byte leave everything to the careful reader.
                var expected = await Outcome(text, format, 1, 1, [1 << 16]);
                Assert.Equal(expected, await Outcome(text, format, threads, chunk, pieces));
            },
            iter: 1_500);

    [Fact]
    public async Task File_that_is_read_whole_at_once_is_cut_at_the_ends_of_records()
    {
        const string Text = "x,note,y\n1,b,3\n4,bb,6\n\"7\",bbb,9\n";
        var format = new CsvFormat { Delimiter = ',' };
        var expected = await Outcome(Text, format, 1, 1 << 18, [1 << 16], "x", "y");
        for (var chunk = 1; chunk < Text.Length + 2; chunk++)
        {
            Assert.Equal(expected, await Outcome(Text, format, 2, chunk, [1 << 16], "x", "y"));
        }
    }

    [Fact]
    public Task Moments_are_the_same_bytes_for_every_number_of_threads_and_size_of_chunk() =>
        Gen.Select(s_file, Gen.OneOf(1, 2, 3, 7), s_chunk).SampleAsync(
            async (text, threads, chunk) =>
            {
                var format = new CsvFormat { CommentPrefix = "#", DropMissing = true, Delimiter = ',' };
                Assert.Equal(await MomentsOf(text, format, 1, 1), await MomentsOf(text, format, threads, chunk));
            },
            iter: 500);

    [Fact]
    public Task Several_files_in_no_order_come_to_the_same_as_in_order() =>
        s_file.Array[2, 4].SampleAsync(
            async texts =>
            {
                var files = RowSource.Concatenate("all",
                    [.. texts.Select((text, i) =>
                        new RowSource(FormattableString.Invariant($"{i}.csv"),
                            token => Open(text, FormattableString.Invariant($"{i}.csv"), token)))]);
                var names = new VariableNames(["z", "x"], ["y"]);
                Task<RowReader> OpenAll() => files.OpenAsync(TestContext.Current.CancellationToken);
                Assert.Equal(await SourceSums.OfAsync(OpenAll, names, inOrder: true),
                    await SourceSums.OfAsync(OpenAll, names, inOrder: false));
            },
            iter: 200);

    [Fact]
    public async Task Many_rows_in_many_chunks_give_the_rows_in_order_and_count_their_lines()
    {
        var lines = Enumerable.Range(0, 30_000)
            .Select(i => i % 5000 == 17 ? "\n" + i + ",\"a\r\nb\"," + -i : FormattableString.Invariant($"{i},b,{-i}"));
        var text = "x,note,y\n" + string.Join('\n', lines) + "\n";
        foreach (var threads in new[] { 1, 2, 7 })
        {
            await using var reader =
                await CsvReader.OpenAsync(Stream(text), "t.csv", null, TestContext.Current.CancellationToken);
            (reader.Threads, reader.ChunkBytes) = (threads, 10_000);
            var next = 0;
            await foreach (var block in reader.ReadAsync(["x"], ["y"], TestContext.Current.CancellationToken))
            {
                for (var i = 0; i < block.Rows; i++, next++)
                {
                    Assert.Equal((next, -next), (block.Inputs[i, 0], block.Targets[i, 0]));
                }
            }

            Assert.Equal(30_000, next);
            var refusal = await Outcome(text + "1,b,oops\n", new CsvFormat(), threads, 10_000, [1 << 16], "x", "y");
            // A header, 30,000 rows, 6 blank lines, 6 line ends in quotes.
            Assert.StartsWith("t.csv(30014): column 'y' holds 'oops'", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused()
    {
        await using var reader =
            await CsvReader.OpenAsync(Stream("x\n1\n"), "t.csv", null, TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Threads = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ChunkBytes = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.ChunkBytes = int.MaxValue);
    }

    private static async Task<RowReader> Open(string text, string name, CancellationToken cancellationToken) =>
        await CsvReader.OpenAsync(Stream(text), name,
            new CsvFormat { CommentPrefix = "#", DropMissing = true, Delimiter = ',' }, cancellationToken);

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> Outcome(string text, CsvFormat format, int threads, int chunk, int[] pieces,
        params string[] columns)
    {
        try
        {
            await using var reader =
                await CsvReader.OpenAsync(new TricklingStream(Encoding.UTF8.GetBytes(text), pieces), "t.csv", format,
                    TestContext.Current.CancellationToken);
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            var outcome = new StringBuilder();
            await foreach (var block in reader.ReadAsync(columns.Length > 0 ? columns[..^1] : ["z", "x"],
                columns.Length > 0 ? columns[^1..] : ["y"], TestContext.Current.CancellationToken))
            {
                outcome.AppendJoin(' ',
                    block.Inputs.Values.ToArray().Concat(block.Targets.Values.ToArray())
                        .Select(BitConverter.DoubleToInt64Bits));
            }

            outcome.Append(reader.Rows).AppendJoin('\n', reader.Findings);
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

    private static Task<string> MomentsOf(string text, CsvFormat format, int threads, int chunk) => SourceSums.OfAsync(
        async () =>
        {
            var reader =
                await CsvReader.OpenAsync(Stream(text), "t.csv", format, TestContext.Current.CancellationToken);
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            return reader;
        },
        new VariableNames(["z", "x"], ["y"]),
        inOrder: false,
        threads);
}

using System.Globalization;
using System.Text;

namespace Plumb.Tests;

public sealed class CsvRoundTripTests
{
    private static readonly Gen<string> s_oddText = Gen.OneOf(
        Gen.String[Gen.OneOf('"', ',', '\n', '\r', ';', '\t', '|', ' ', '\'', '#', '=', '-', 'a', '1', 'é', '\uFEFF',
            '\u00A0'), 0, 6],
        Gen.String[Gen.Char.AlphaNumeric, 0, 10],
        Gen.Const("\U0001F600\"\U0001F600"));

    private static readonly Gen<double> s_number = Gen.OneOf(Gen.Double.Where(double.IsFinite),
        Gen.Int.Select(i => i / 100.0), Gen.Const(-0.0), Gen.Const(double.Epsilon));

    private static readonly Gen<(string[] Names, double[][] Rows)> s_table =
        from width in Gen.Int[1, 6]
        from names in s_oddText.Where(name => name.Length > 0).Array[width].Where(names =>
            names.Select(Guarded).Distinct().Count() == width)
        from rows in s_number.Array[width].Array[1, 12]
        select (names, rows);

    private static readonly Gen<int[]> s_pieces = Gen.OneOf(Gen.Int[1, 9], Gen.Int[1, 100_000]).Array[1, 5];

    [Fact]
    public Task Reader_gives_back_the_bits_that_the_writer_wrote_however_the_stream_is_cut() =>
        Gen.Select(s_table, s_pieces).SampleAsync(async (table, pieces) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Written(table.Names, table.Rows));
            await AssertSame(table.Names, table.Rows, bytes, pieces);
        });

    [Fact]
    public Task Reader_gives_back_the_same_bits_from_utf16() =>
        Gen.Select(s_table, s_pieces, Gen.Bool).SampleAsync(async (table, pieces, bigEndian) =>
        {
            var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Written(table.Names, table.Rows))];
            await AssertSame(table.Names, table.Rows, bytes, pieces);
        });

    [Fact]
    public Task Reader_gives_the_same_bits_and_line_numbers_for_every_line_end() =>
        Gen.Select(s_number.Array[3].Array[1, 12], s_pieces).SampleAsync(async (rows, pieces) =>
        {
            var text = Written(["x1", "x,\"\n\"2", "y"], rows);
            var expected = await Read(Encoding.UTF8.GetBytes(text), pieces);
            foreach (var lineEnd in new[] { "\r\n", "\r" })
            {
                var other = text.Replace("\n", lineEnd, StringComparison.Ordinal);
                Assert.Equal(expected.Bits(), (await Read(Encoding.UTF8.GetBytes(other), pieces)).Bits());
                var error =
                    await Assert.ThrowsAsync<InvalidDataException>(() =>
                        Read(Encoding.UTF8.GetBytes(other + "oops,1,2" + lineEnd), pieces));
                Assert.StartsWith(FormattableString.Invariant($"t.csv({rows.Length + 3}): "), error.Message,
                    StringComparison.Ordinal);
            }
        });

    [Fact]
    public Task Reader_of_random_bytes_reads_or_refuses_with_the_same_words_however_the_stream_is_cut() =>
        Gen.Select(
            Gen.OneOf((byte)'"', (byte)',', (byte)'\n', (byte)'\r', (byte)'1', (byte)' ', (byte)';', (byte)'a',
                (byte)0xE9, (byte)'#', (byte)'-', (byte)'\t').Array[0, 40], s_pieces)
            .SampleAsync(async (bytes, pieces) =>
                Assert.Equal(await Outcome(bytes, [1 << 16]), await Outcome(bytes, pieces)), iter: 3_000);

    [Fact]
    public async Task Reader_of_rows_longer_than_the_buffer_gives_the_same_bits()
    {
        var rows = Enumerable.Range(0, 5)
            .Select(i => Enumerable.Range(0, 30_000).Select(j => Math.Sqrt(i + j)).ToArray()).ToArray();
        var names = Enumerable.Range(0, 30_000).Select(j => "c" + j.ToString(CultureInfo.InvariantCulture)).ToArray();
        await AssertSame(names, rows, Encoding.UTF8.GetBytes(Written(names, rows)), [5000, 1, 70_000]);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("a\nb", "\"a\nb\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("#x", "\"#x\"")]
    public void Writer_of_a_text_quotes_it_and_disarms_formulas(string text, string expected)
    {
        using var output = new StringWriter();
        new CsvWriter(output).Row([text]);
        Assert.Equal(expected + "\n", output.ToString());
    }

    [Fact]
    public void Writer_of_numbers_and_text_in_one_row_never_touches_the_numbers()
    {
        using var output = new StringWriter();
        var writer = new CsvWriter(output);
        writer.Cell("-a");
        writer.Cell(-0.1);
        writer.Cell(-1e300);
        writer.EndRow();
        Assert.Equal("'-a,-0.1,-1E+300\n", output.ToString());
        Assert.Throws<ArgumentException>(() => writer.Cell("a\0"));
    }

    private static string Written(string[] names, double[][] rows)
    {
        using var output = new StringWriter();
        var writer = new CsvWriter(output);
        writer.Row(names);
        foreach (var row in rows)
        {
            writer.Row(row);
        }

        return output.ToString();
    }

    private static string Guarded(string name) => name is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + name
        : name;

    private static Task<CsvTable> Read(byte[] bytes, int[] pieces) =>
        CsvTable.OfAsync(new TricklingStream(bytes, pieces), "t.csv",
            new CsvFormat { HasHeader = true, Delimiter = ',' });

    private static async Task AssertSame(string[] names, double[][] rows, byte[] bytes, int[] pieces)
    {
        var table = await Read(bytes, pieces);
        Assert.Equal(names.Select(Guarded), table.Columns);
        Assert.Equal(rows.SelectMany(row => row).Select(BitConverter.DoubleToInt64Bits), table.Bits());
    }

    private static async Task<string> Outcome(byte[] bytes, int[] pieces)
    {
        try
        {
            var table =
                await CsvTable.OfAsync(new TricklingStream(bytes, pieces), "t.csv",
                    new CsvFormat { DropMissing = bytes.Length % 2 == 0 });
            return string.Join(' ', table.Bits()) + string.Join('\n', table.Findings) + string.Join('|', table.Columns);
        }
        catch (InvalidDataException error)
        {
            Assert.Matches(@"^t\.csv\([0-9]+\): [^\r\n]+\.$", error.Message);
            return error.Message;
        }
    }
}

using System.Text;

namespace Plumb.Tests.Sources;

public sealed class JsonReaderTests
{
    private static readonly Gen<double> s_number = Gen.OneOf(Gen.Double.Where(double.IsFinite),
        Gen.Int.Select(i => i / 100.0), Gen.Const(-0.0), Gen.Const(double.Epsilon));

    [Theory]
    [InlineData("{\"x\":1,\"y\":2}\n{\"x\":3,\"y\":4}\n")]
    [InlineData("\uFEFF{\"x\":1,\"y\":2}\r\n\r\n{\"y\":4,\"x\":3}")]
    [InlineData("{\"x\":1,\"y\":2}{\"x\":3,\"y\":4}")]
    [InlineData(" [ { \"x\" : 1 , \"y\" : 2 } ,\n{\"x\":3,\"y\":4.0} ] \n")]
    [InlineData("{\"x\":\"1\",\"y\":2,\"z\":null}\n{\"\\u0078\":3e0,\"y\":4,\"z\":{\"a\":[1,{}]}}\n")]
    public async Task Objects_are_rows_however_they_are_written(string text)
    {
        var table = await Of(text, columns: ["x", "y"]);
        Assert.Equal([[1, 2], [3, 4]], table.Rows);
    }

    [Fact]
    public Task Numbers_come_back_to_the_bit_from_bytes_that_come_in_pieces() =>
        Gen.Select(s_number.Array[1, 300], Gen.Int[1, 40]).SampleAsync(
            async (numbers, piece) =>
            {
                var text = string.Concat(numbers.Select(number =>
                    FormattableString.Invariant($"{{\"x\": {number:R}}}\n")));
                var rows = await SourceRows.OfAsync(OpenAsync(() =>
                    new TricklingStream(Encoding.UTF8.GetBytes(text), piece), false));
                Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), rows.Bits());
            },
            iter: 50);

    [Theory]
    [InlineData("{\"x\":1}\n{\"x\":\"n/a\"}\n", "(row 2): column 'x' holds 'n/a', which marks a missing value")]
    [InlineData("{\"x\":1}\n{\"x\":\"red\"}\n", "(row 2): column 'x' holds 'red', which is a text, not a")]
    [InlineData("{\"x\":1}\n{\"y\":2}\n", "(row 2): column 'x' holds 'NULL', which marks a missing value")]
    [InlineData("{\"x\":1}\n{\"x\":NaN}\n", "(row 2): column 'x' holds 'NaN', which marks a missing value")]
    [InlineData("{\"x\":1}\n{\"x\":-Infinity}\n", "(row 2): column 'x' holds '-Infinity', which is not a finite")]
    [InlineData("{\"x\":1}\n{\"x\":1e400}\n", "(row 2): column 'x' holds '1e400', which is too large for a double")]
    [InlineData("{\"x\":1}\n{\"x\":true}\n", "(row 2): column 'x' holds 'true', which is a truth value, not a number")]
    [InlineData("{\"x\":1}\n{\"x\":[1]}\n", "(row 2): column 'x' holds '[1]', which holds further values, and is no")]
    [InlineData("{\"x\":[1,2]}\n{\"x\":[1]}\n",
        "(row 2): column 'x' holds a list of 1 value, where 2 were expected, as in the rows before; make the lists")]
    public async Task Value_that_is_no_number_is_refused_by_its_row(string text, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Of(text, columns: "x"));
        Assert.StartsWith("d.jsonl" + message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", ": holds no objects, where one for each row was expected")]
    [InlineData("[]", ": holds no objects, where one for each row was expected")]
    [InlineData("{\"x\":1}\n{\"x\":", "(2): the file ends inside an object; it is cut off")]
    [InlineData("[{\"x\":1},\n", "(2): the file ends inside the list of objects; it is cut off")]
    [InlineData("[{\"x\":1}\n{\"x\":1}]", "(2): a comma or the end of the list was expected behind an object")]
    [InlineData("[{\"x\":1}]\n{\"x\":1}", "(2): something follows the list of objects")]
    [InlineData("{\"x\":1}\n[1]", "(2): an object was expected for each row, as in {\"x\": 1, \"y\": 2}")]
    [InlineData("{\"x\":1,\n\"x\":2}", "(2): the key 'x' occurs twice in one object")]
    [InlineData("{\"x\":1,}", "(1): a value was expected before }; remove the comma")]
    [InlineData("{\"x\":1 2}", "(1): a comma or } was expected")]
    [InlineData("{\"x\":1.2.3}", "(1): a value was expected")]
    [InlineData("{\"x\":yes}", "(1): a value was expected: a number, a text in quotes, true, false or null")]
    [InlineData("{x:1}", "(1): a key in quotes was expected")]
    [InlineData("{\"x\":\"a\nb\"}", "(1): a text is not closed before the end of its line")]
    [InlineData("{\"x\":\"\\q\"}", "(1): a backslash is followed by what is no escape of JSON")]
    public async Task File_that_is_no_json_is_refused_by_its_line(string text, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Of(text));
        Assert.StartsWith("d.jsonl" + message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_differ_in_case_only_or_behind_a_nul_are_two_columns()
    {
        var table = await Of("{\"x\":1,\"X\":2,\"x\\u0000\":3}\n");
        Assert.Equal(["x", "X", "x\0"], table.Columns);
        Assert.Equal([[1, 2, 3]], table.Rows);
    }

    [Fact]
    public async Task Lists_of_one_length_are_columns()
    {
        var table = await Of("{\"e\":[1,2.5],\"y\":3}\n{\"e\":[ -1 , 1e1 ],\"y\":4}\n");
        Assert.Equal(["e[0]", "e[1]", "y"], table.Columns);
        Assert.Equal([[1, 2.5, 3], [-1, 10, 4]], table.Rows);
    }

    [Fact]
    public async Task Kinds_say_what_columns_hold_and_texts_are_read_as_asked()
    {
        const string Text = "{\"n\":1,\"q\":\"2\",\"t\":\"re\\u0064\",\"b\":true,\"d\":\"2026-11-29\",\"o\":{}}\n"
            + "{\"n\":2,\"q\":\"3\",\"t\":\"blue\",\"b\":false,\"d\":\"2026-11-30T12:00\",\"o\":{}}\n";
        await using var reader = await OpenAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(Text)), false);
        Assert.Equal([ColumnKind.Number, ColumnKind.Number, ColumnKind.Text, ColumnKind.TruthValue, ColumnKind.Date,
            ColumnKind.Other], reader.Kinds);
        var levels = new Levels();
        reader.ReadAs("t", levels);
        var rows = new List<double>();
        await foreach (var block in reader.ReadAsync(["t", "b", "q"], [], TestContext.Current.CancellationToken))
        {
            rows.AddRange(block.Inputs.Values.ToArray());
        }

        Assert.Equal([0, 1, 2, 1, 0, 3], rows);
        Assert.Equal(["red", "blue"], levels.Names);
        Assert.Equal(["truth-values", "numbers-in-quotes"], reader.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Damaged_file_is_read_or_refused()
    {
        var sound = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 40).Select(i =>
            $"{{\"x\": {i}, \"n\\u00e9\": [1, {{\"k\": \"v\\n\"}}], \"y\": -{i}.5e-3}}\n")));
        var random = new RandomSource(11);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = sound.ToArray();
            damaged[(int)(random.NextDouble() * damaged.Length)] = (byte)(random.NextDouble() * 256);
            var error = await Record.ExceptionAsync(() => SourceRows.OfAsync(
                OpenAsync(() => new MemoryStream(damaged, 0, damaged.Length - i % 7), false), "x", "y"));
            Assert.True(error is null or InvalidDataException or ArgumentException { ParamName: "columns" or "inputs" },
                error?.ToString());
        }
    }

    private static Task<SourceRows> Of(string text, bool dropMissing = false, params string[] columns) =>
        SourceRows.OfAsync(OpenAsync(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), dropMissing), columns);

    private static async Task<RowReader> OpenAsync(Func<Stream> open, bool dropMissing) =>
        await JsonReader.OpenAsync(open, "d.jsonl", dropMissing, TestContext.Current.CancellationToken);
}

using System.Text;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>Predictions beside the rows that they are of: the rows written are the rows read, in their order.</summary>
public sealed class KeptRowsTests
{
    private const string Model = """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [0.5]}""";
    private const string New = "id,x,note\n11,1,=a\n12,,\"b, \"\"c\"\"\"\n013,3,-\n14,NA,+1\n15,5,\n";

    [Theory]
    [InlineData("--missing empty", "y\n2.5\n\n6.5\n\n10.5\n")]
    [InlineData("--missing drop", "y\n2.5\n6.5\n10.5\n")]
    [InlineData("--keep id", "id,y\n11,2.5\n12,\n013,6.5\n14,\n15,10.5\n")]
    [InlineData("--keep x --keep id", "x,id,y\n1,11,2.5\n,12,\n3,013,6.5\nNA,14,\n5,15,10.5\n")]
    [InlineData("--keep id --missing drop", "id,y\n11,2.5\n013,6.5\n15,10.5\n")]
    [InlineData("--with-data", "id,x,note,y\n11,1,=a,2.5\n12,,\"b, \"\"c\"\"\",\n013,3,-,6.5\n14,NA,+1,\n15,5,,10.5\n")]
    public async Task Rows_that_lack_a_value_keep_their_place(string words, string expected)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.WithInput(New, ["predict", folder.Write("m.json", Model), "-", .. words.Split(' ')]);
        Assert.Equal((0, expected), (run.ExitCode, run.Output));
        Assert.Contains(": 2 of 5 rows", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_lack_a_value_are_refused_where_that_is_said()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var run = await CliRun.WithInput(New, "predict", model, "-", "--keep", "id", "--missing", "refuse", "-o",
            folder["p.csv"]);
        Assert.Equal(3, run.ExitCode);
        Assert.StartsWith("plumb: standard input: row 2 lacks a value in column 'x'; ", run.Error,
            StringComparison.Ordinal);
        Assert.Equal(["m.json"], folder.Files);
    }

    [Fact]
    public async Task Target_that_is_kept_stands_beside_its_prediction()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.WithInput("y,x\n3,1\n", "predict", folder.Write("m.json", Model), "-", "--with-data");
        Assert.Equal((0, "y,x,predicted_y\n3,1,2.5\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Arrays_and_parquet_keep_numbers()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var data = folder.Write("d.csv", "k,x\n0.1,1\n3,\n-2e300,4\n");
        var written = await CliRun.Of("predict", model, data, "--missing", "empty", "-o", folder["p.parquet"]);
        Assert.Equal(0, written.ExitCode);
        var copy = folder.Write("c.json", """{"inputs": ["y"], "targets": ["z"], "weights": [[1]], "bias": [0]}""");
        var run = await CliRun.Of("predict", copy, folder["p.parquet"], "--with-data");
        Assert.Equal((0, "y,z\n2.5,2.5\n,\n8.5,8.5\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Parquet_holds_kept_columns_as_texts()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var written = await CliRun.WithInput(New, "predict", model, "-", "--with-data", "-o", folder["p.parquet"]);
        Assert.Equal(0, written.ExitCode);
        var copy = folder.Write("c.json", """{"inputs": ["y"], "targets": ["z"], "weights": [[1]], "bias": [0]}""");
        var run = await CliRun.Of("predict", copy, folder["p.parquet"], "--keep", "id,note");
        Assert.Equal((0, "id,note,z\n11,=a,2.5\n12,\"b, \"\"c\"\"\",\n013,-,6.5\n14,+1,\n15,,10.5\n"),
            (run.ExitCode, run.Output));
        var look = (await CliRun.Of("look", folder["p.parquet"], "--json")).Json();
        Assert.Equal(["text", "text", "text", "number"],
            look.GetProperty("columns").EnumerateArray().Select(column => column.Text("kind")));
    }

    [Fact]
    public void Rows_written_are_the_rows_read()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        string[] cells = ["1", "-2.50", "", "NA", "1e3"];
        Gen.Select(Gen.Int[0, 4].Select(i => cells[i]), Gen.String).List[1, 5000].Sample(rows =>
        {
            using var text = new StringWriter();
            var csv = new CsvWriter(text);
            csv.Row(["t", "x", "id"]);
            foreach (var (x, t) in rows)
            {
                csv.Verbatim(t.Replace('\0', '0').Trim(' ', '\t'));
                csv.Verbatim(x);
                csv.Cell(7);
                csv.EndRow();
            }

            var run = CliRun.WithInput(text.ToString(), "predict", model, "-", "--with-data").Result;
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(text.ToString().Length + ",y".Length + rows.Sum(row => 1 + Predicted(row.Item1).Length),
                run.Output.Length);
            var read = Read(run.Output);
            Assert.Equal(Read(text.ToString()).Select(row => (row[0], row[1])), read.Select(row => (row[0], row[1])));
            Assert.Equal(rows.Select(row => Predicted(row.Item1)), read.Select(row => row[3]));
        }, iter: 10);
    }

    [Fact]
    public void Terminal_gets_aligned_columns()
    {
        using var text = new StringWriter();
        var texts = new RowTexts(2);
        foreach (var cell in (string[])["1", "a", "20", "a longer one\u001b[31m"])
        {
            texts.Add(Encoding.UTF8.GetBytes(cell));
        }

        var rows = new Dataset(new Matrix(2, 0), Matrix.Create(2, 1, (i, _) => i == 0 ? double.NaN : 2.0 / 3),
            new VariableNames([], ["y"]));
        new AlignedRows(text, 80).Write(["id", "note", "y"], new RowsWithTexts(rows, texts));
        Assert.Equal("""
            id  note                             y
             1  a
            20  a longer one\u{001B}[31m  0.666667

            """, text.ToString());
    }

    /// <summary>Names give way first, then columns that are only kept; predictions are what was asked for.</summary>
    [Fact]
    public void Aligned_columns_fit_the_terminal() => Gen.Select(Gen.Int[1, 12], Gen.Int[1, 6], Gen.Int[30, 120],
        Gen.Int[1, 30]).Sample((kept, predicted, width, length) =>
        {
            using var text = new StringWriter();
            var texts = new RowTexts(kept);
            for (var j = 0; j < 3 * kept; j++)
            {
                texts.Add(Encoding.UTF8.GetBytes(new string('7', 1 + j * length % 29)));
            }

            string[] names = [.. Enumerable.Range(0, kept + predicted).Select(i => new string('a', length) + i)];
            var rows = new Dataset(new Matrix(3, 0), Matrix.Create(3, predicted, (i, j) => (i - 1) * 1e5 / (j + 3.0)),
                new VariableNames([], [.. Enumerable.Range(0, predicted).Select(j => $"y{j}")]));
            var aligned = new AlignedRows(text, width);
            aligned.Write(names, new RowsWithTexts(rows, texts));
            Assert.All(text.ToString().Split('\n'), line => Assert.InRange(line.Length, 0, width));
            Assert.True(aligned.LeftOut.Intersect(names[kept..]).Any() ? aligned.LeftOut.Count >= kept
                : aligned.LeftOut.Count <= kept);
        }, iter: 300);

    private static string Predicted(string x) => x switch
    {
        "1" => "2.5",
        "-2.50" => "-4.5",
        "1e3" => "2000.5",
        _ => "",
    };

    private static List<string[]> Read(string csv)
    {
        var rows = new List<string[]>();
        ReadAsync().GetAwaiter().GetResult();
        return rows;

        async Task ReadAsync()
        {
            await using var reader = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "f.csv");
            await foreach (var (_, cells) in reader.ReadWithTextsAsync([], [], reader.Columns))
            {
                rows.AddRange(Enumerable.Range(0, cells.Rows).Select(i =>
                    Enumerable.Range(0, cells.Columns).Select(j => cells[i, j]!).ToArray()));
            }
        }
    }
}

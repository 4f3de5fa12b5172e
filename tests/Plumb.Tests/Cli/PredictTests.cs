namespace Plumb.Tests.Cli;

public sealed class PredictTests
{
    private const string Energy = """
        {
          "inputs": ["surface_area", "wall_area", "roof_area"], "targets": ["load", "determined"],
          "weights": [[1, 2, 3], [0, 0, 0.5]], "bias": [10, -1],
          "undetermined": [{"weights": [1, -1, -2], "bias": 0}]
        }
        """;

    [Fact]
    public async Task Columns_are_matched_by_name()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json",
            """{"inputs": ["a", "b"], "targets": ["y, hot"], "weights": [[1, 10]], "bias": [0.5]}""");
        var run = await CliRun.WithInput("b,c,a\n1,text,2\n3,,4\n", "predict", model, "-");
        Assert.Equal((0, "\"y, hot\"\n12.5\n34.5\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Rows_off_the_dependence_are_marked_and_counted()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Energy);
        var data = folder.Write("d.csv", "surface_area,wall_area,roof_area\n3,1,1\n4,1,1\n0.3,0.1,0.1\n");
        var run = await CliRun.Of("predict", model, data, "-o", folder["out.csv"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("load,determined,determined_\n18,-0.5,1\n19,-0.5,0\n10.8,-0.95,1\n",
            File.ReadAllText(folder["out.csv"]));
        Assert.Equal(
            "plumb: warning: 1 of 3 predictions depend on directions that the model's data leave undetermined (0 in "
                + "column "
                + "'determined_'): another map fits that data as well and predicts something else there. Do not rely "
                    + "on these rows, or fit again with data that varies as they do.\n",
            run.Error);
    }

    [Fact]
    public async Task Simulated_targets_are_predicted_to_the_bit()
    {
        using var folder = new TemporaryFolder();
        var data = await CliRun.Of("simulate", "--inputs", "5", "--outputs", "1", "--rows", "5000", "--truth",
            folder["truth.json"]);
        var run = await CliRun.WithInput(data.Output, "predict", folder["truth.json"], "-");
        var targets = data.Output.TrimEnd('\n').Split('\n').Select(line => line[(line.LastIndexOf(',') + 1)..]);
        Assert.Equal(string.Join('\n', targets) + "\n", run.Output);
    }

    [Fact]
    public async Task Csv_options_reach_the_reader()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", """{"inputs": ["x1", "x2"], "weights": [[1, 10]], "bias": [0]}""");
        var run = await CliRun.WithInput("# note\n1,5;2;0\nNA;1;1\n3;4;1\n", "predict", model, "-", "--delimiter", ";",
            "--decimal", ",", "--no-header", "--comment", "#", "--missing", "drop");
        Assert.Equal((0, "y1\n21.5\n43\n"), (run.ExitCode, run.Output));
        Assert.Contains("1", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a,c\n1,2\n", "{\"inputs\": [\"a\", \"b\"], \"weights\": [[1, 1]], \"bias\": [0]}", 3,
        "standard input: has no column 'b', which ")]
    [InlineData("a\nx\n", "{\"inputs\": [\"a\"], \"weights\": [[1]], \"bias\": [0]}", 3, "standard input(2): ")]
    [InlineData("a\n1e300\n", "{\"inputs\": [\"a\"], \"weights\": [[1e300]], \"bias\": [0]}", 4,
        "the prediction of 'y1' for row 1 is Infinity, beyond the range of doubles")]
    [InlineData("", "{\"inputs\": [\"a\"], \"weights\": [[1]], \"bias\": [0]}", 3, "standard input(1): file is empty")]
    [InlineData("a\n1\n", "{\"weights\": [[]], \"bias\": [0]}", 3, "")]
    [InlineData("a\n1\n", "{\"weights\": [[null]], \"bias\": [0]}", 3, "")]
    public async Task Refusal_leaves_no_file(string data, string model, int exitCode, string message)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.WithInput(data, "predict", folder.Write("m.json", model), "-", "-o", folder["out.csv"]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.StartsWith($"plumb: {message}", run.Error, StringComparison.Ordinal);
        Assert.Equal(["m.json"], folder.Files);
    }

    [Fact]
    public async Task Parquet_holds_the_same_numbers_as_csv_in_the_same_order()
    {
        using var folder = new TemporaryFolder();
        var data = folder["d.csv"];
        // More than a row group.
        Assert.Equal(0,
            (await CliRun.Of("simulate", "--inputs", "3", "--outputs", "1", "--rows", "300000", "-o", data)).ExitCode);
        var model = folder.Write("m.json",
            """{"inputs": ["x1", "x2", "x3"], "targets": ["y, hot", "z"], "weights": [[1, 10, 0], [1, 1, 1]],"""
                + """ "bias": [0.5, 0], "undetermined": [{"weights": [1, 0, 0], "bias": -0.5}]}""");
        var csv = await CliRun.Of("predict", model, data, "-o", folder["p.csv"]);
        var parquet = await CliRun.Of("predict", model, data, "-o", folder["p.parquet"]);
        Assert.Equal((0, csv.Error), (parquet.ExitCode, parquet.Error));
        string[] columns = ["y, hot", "z", "determined"];
        var expected =
            await Sources.SourceRows.OfAsync(
                Reader(
                    CsvReader.OpenAsync(File.OpenRead(folder["p.csv"]), "p.csv",
                        cancellationToken: TestContext.Current.CancellationToken)), columns);
        var written =
            await Sources.SourceRows.OfAsync(
                Reader(
                    DuckDbReader.OpenAsync(new DuckDbInput.Parquet(folder["p.parquet"]),
                        cancellationToken: TestContext.Current.CancellationToken)), columns);
        Assert.Equal(300000, written.Rows.Length);
        Assert.Equal(expected.Rows, written.Rows);
        Assert.Equal(["d.csv", "m.json", "p.csv", "p.parquet"], folder.Files);
    }

    [Fact]
    public async Task Parquet_that_cannot_be_written_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json",
            """{"inputs": ["a"], "targets": ["y", "Y"], "weights": [[1], [2]], "bias": [0, 0]}""");
        var good = folder.Write("good.csv", "a\n1\n");
        var same = await CliRun.Of("predict", model, good, "-o", folder["p.parquet"]);
        Assert.Equal(3, same.ExitCode);
        Assert.Contains("'y' and 'Y' are one to DuckDB", same.Error, StringComparison.Ordinal);

        var other = folder.Write("n.json", """{"inputs": ["a"], "targets": ["y"], "weights": [[1]], "bias": [0]}""");
        var bad = await CliRun.Of("predict", other, folder.Write("bad.csv", "a\n1\nx\n"), "-o", folder["p.parquet"]);
        Assert.Equal((3, ""), (bad.ExitCode, bad.Output));
        Assert.Contains("bad.csv(3): column 'a' holds 'x'", bad.Error, StringComparison.Ordinal);
        var none = await CliRun.Of("predict", other, good, "-o", folder["no/p.parquet"]);
        Assert.Equal(5, none.ExitCode);
        Assert.Equal(["bad.csv", "good.csv", "m.json", "n.json"], folder.Files);
    }

    private static async Task<RowReader> Reader<T>(Task<T> reader)
        where T : RowReader => await reader;
}

namespace Plumb.Tests.Cli;

/// <summary>Intervals of predictions, as people ask for them.</summary>
public sealed class IntervalTests
{
    private const string Line = "x,y\n0,1\n1,2\n2,4\n3,5\n4,9\n";

    [Fact]
    public async Task Rows_outside_the_data_are_counted_without_being_asked_for()
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("fit", folder.Write("a.csv", Line), "--target", "y", "-o", folder["m.json"]);
        var run = await CliRun.Of("predict", folder["m.json"], folder.Write("n.csv", "x\n0\n1\n9\n"));
        Assert.StartsWith("plumb: warning: 1 of 3 rows lies outside the model's data (leverage up to 5.10; in the "
            + "data at most 0.600).", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("y\n0.4\n2.3\n17.", run.Output, StringComparison.Ordinal);
        var inside = await CliRun.Of("predict", folder["m.json"], folder["a.csv"]);
        Assert.Equal("", inside.Error);
    }

    [Fact]
    public async Task Intervals_stand_beside_predictions()
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("fit", folder.Write("a.csv", Line), "--target", "y", "-o", folder["m.json"]);
        await CliRun.Of("predict", folder["m.json"], folder.Write("n.csv", "x,id\n0,a\n,b\n9,c\n"), "--interval", "new",
            "--keep", "id", "-o", folder["p.csv"]);
        string[] lines = File.ReadAllLines(folder["p.csv"]);
        Assert.Equal("id,y,y_low,y_high,leverage,outside", lines[0]);
        Assert.StartsWith("a,0.4,-3.41893556634", lines[1], StringComparison.Ordinal);
        Assert.Equal("b,,,,,", lines[2]);
        Assert.EndsWith(",1", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Simultaneous_intervals_are_wider_and_depend_on_how_many_there_are()
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("fit", folder.Write("a.csv", Line), "--target", "y", "-o", folder["m.json"]);
        async Task<double> WidthAsync(string rows, params string[] options)
        {
            await CliRun.Of(["predict", folder["m.json"], folder.Write("n.csv", "x\n" + rows), "-o", folder["p.csv"],
                .. options]);
            var cells = File.ReadAllLines(folder["p.csv"])[1].Split(',');
            return double.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture)
                - double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture);
        }

        var one = await WidthAsync("0\n", "--interval", "mean");
        string[] bonferroni = ["--interval", "mean", "--simultaneous", "bonferroni"];
        Assert.Equal(one, await WidthAsync("0\n", bonferroni), 1e-12);
        Assert.True(await WidthAsync("0\n1\n", bonferroni) > one);
        string[] scheffe = ["--interval", "mean", "--simultaneous", "scheffe"];
        Assert.Equal(await WidthAsync("0\n", scheffe), await WidthAsync("0\n1\n2\n", scheffe));
    }

    [Theory]
    [InlineData("--ridge 1", "ridge penalty")]
    [InlineData("--no-second-look", null)]
    public async Task Models_say_what_they_lack(string option, string? expected)
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of(["fit", folder.Write("a.csv", Line), "--target", "y", "-o", folder["m.json"],
            .. option.Split(' ')]);
        var run = await CliRun.Of("predict", folder["m.json"], folder["a.csv"], "--interval", "mean");
        Assert.Equal(expected is null ? 0 : 4, run.ExitCode);
        Assert.Contains(expected ?? "does not say how far out its own rows lie", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_models_predict_as_before_and_say_that_they_know_no_errors()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json",
            """{"schema": "plumb.model/1", "inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}""");
        var data = folder.Write("n.csv", "x\n3\n");
        Assert.Equal("y\n7\n", (await CliRun.Of("predict", model, data)).Output);
        var run = await CliRun.Of("predict", model, data, "--interval", "new");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("it is of an older version", run.Error, StringComparison.Ordinal);
        var idle = await CliRun.Of("predict", model, data, "--level", "0.9");
        Assert.Equal(2, idle.ExitCode);
    }

    [Fact]
    public async Task Weighted_rows_lie_where_they_are_whatever_they_weigh()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("a.csv", "x,y,w\n0,1,1\n1,2,100\n2,4,100\n3,5,100\n4,9,1\n");
        await CliRun.Of("fit", data, "--target", "y", "--weight", "w", "-o", folder["m.json"]);
        Assert.Equal("", (await CliRun.Of("predict", folder["m.json"], data)).Error);
    }

    [Theory]
    [InlineData("\"factor\": [\n      [3.162277660168379]", "\"factor\": [\n      [0]")]
    [InlineData("\"inputs\": [\"x\"],\n    \"means\"", "\"inputs\": [\"z\"],\n    \"means\"")]
    [InlineData("\"degreesOfFreedom\": 3", "\"degreesOfFreedom\": 0")]
    [InlineData("\"means\": [2]", "\"means\": [2, 3]")]
    public async Task Damaged_errors_are_refused_with_their_place(string found, string damaged)
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("fit", folder.Write("a.csv", Line), "--target", "y", "-o", folder["m.json"]);
        var text = File.ReadAllText(folder["m.json"]);
        Assert.Contains(found, text, StringComparison.Ordinal);
        var run = await CliRun.Of("predict", folder.Write("m.json", text.Replace(found, damaged,
            StringComparison.Ordinal)), folder["a.csv"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("$.errors.", run.Error, StringComparison.Ordinal);
    }
}

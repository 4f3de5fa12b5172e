namespace Plumb.Tests.Cli;

/// <summary>fit --truth and explain of too few rows.</summary>
public sealed class FitTruthTests
{
    private const string Truth = """{"weights": [[2, -1]], "bias": [3]}""";
    private const string Rows = "a,b,y\n1,2,3.1\n2,1,6.2\n3,5,3.9\n4,4,7.1\n5,1,11.8\n6,3,12.2\n7,7,9.9\n";

    [Fact]
    public async Task Json_compares_each_parameter_with_the_truth()
    {
        using var folder = new TemporaryFolder();
        var truth = folder.Write("truth.json", Truth);
        var fit = (await CliRun.WithInput(Rows, "fit", "-", "--target", "y", "--truth", truth, "--json")).Json();
        var target = Assert.Single(fit.GetProperty("truth").GetProperty("targets").EnumerateArray());
        var parameters = target.GetProperty("parameters").EnumerateArray().ToList();
        Assert.Equal(["a", "b", "(bias)"], parameters.Select(parameter => parameter.Text("name")));
        Assert.Equal([2, -1, 3], parameters.Select(parameter => parameter.Number("truth")));
        Assert.Equal(fit.Parameters()[0][0] - 2, parameters[0].Number("difference"));
        Assert.Equal((fit.Parameters()[0][0] - 2) / fit.Parameters("standardErrors")[0][0],
            parameters[0].Number("inStandardErrors"));
        Assert.All(parameters, parameter => Assert.True(parameter.GetProperty("insideInterval").GetBoolean()));
        Assert.InRange(target.Number("pValue"), 0.05, 1);
    }

    [Fact]
    public async Task Report_ends_with_the_truth()
    {
        using var folder = new TemporaryFolder();
        var truth = folder.Write("truth.json", Truth);
        var run = await CliRun.WithInput(Rows, "fit", "-", "--target", "y", "--truth", truth);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var (before, section) =
            (run.OneLine().Split("Against the truth")[0], run.OneLine().Split("Against the truth")[1]);
        Assert.Contains("Condition number", before, StringComparison.Ordinal);
        Assert.Contains("3 of 3 intervals hold the truth; all that the data determine at once: F", section,
            StringComparison.Ordinal);
        Assert.Contains("(bias)", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undetermined_directions_are_said_not_to_be_compared()
    {
        using var folder = new TemporaryFolder();
        var truth = folder.Write("truth.json", """{"weights": [[2, -1, 0]], "bias": [3]}""");
        var rows = "a,b,c,y\n"
            + string.Join('\n',
                Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line =>
                    line.Split(',') is [var a, var b, var y] ? $"{a},{b},{a},{y}" : line)) + "\n";
        var run = await CliRun.WithInput(rows, "fit", "-", "--target", "y", "--truth", truth);
        Assert.Contains("The data determine 3 of 4 directions per target, and only what they determine is compared.",
            run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("a undetermined b", run.OneLine().Split("Against the truth")[1], StringComparison.Ordinal);
        Assert.Contains("2 of 2 intervals hold the truth", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truth_with_a_bias_and_a_fit_without_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        var run =
            await CliRun.WithInput(Rows, "fit", "-", "--target", "y", "--no-bias", "--truth",
                folder.Write("truth.json", Truth));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the truth has a bias, and --no-bias fits none", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_of_one_row_is_told_in_a_few_lines()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("one.csv", "x1,x2,x3,y1,y2,y3\n0.424519,0.123,0.7,1,2,3\n");
        Assert.Equal(0,
            (await CliRun.Of("train", data, "--target", "y1,y2,y3", "--steps", "100", "-o",
                folder["m.json"])).ExitCode);
        var run = await CliRun.Of("explain", folder["m.json"], data);
        Assert.InRange(run.Output.Split('\n').Count(line => line.Trim().Length > 0), 4, 12);
        Assert.Contains(
            "1 row; 3 inputs and a bias need at least 4 different ones. It determines 1 of 4 directions per target, "
                + "and no parameter by itself.", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("makes the same predictions on every row", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("Next: collect rows", run.OneLine(), StringComparison.Ordinal);
    }
}

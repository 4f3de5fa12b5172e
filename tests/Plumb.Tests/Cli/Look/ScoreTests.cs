namespace Plumb.Tests.Cli;

/// <summary>How well a model predicts rows, and what is said of it.</summary>
public sealed class ScoreTests
{
    private const string Model = """{"inputs": ["x"], "targets": ["y"], "weights": [[1]], "bias": [0]}""";

    [Fact]
    public async Task Numbers_are_those_of_the_definition()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var run = await CliRun.WithInput("x,y\n1,1\n3,2\n3,4\n", "score", model, "-", "--json");
        Golden.Verify("score-json-names", JsonNames.Of(run.Json()));
        var y = run.Json().GetProperty("targets")[0];
        Assert.Equal((Math.Sqrt(2.0 / 3), 2.0 / 3, 4.0 / 7, 0.0, 7.0 / 3, Math.Sqrt(14.0 / 9)),
            (y.Number("rootMeanSquare"), y.Number("meanAbsolute"), y.Number("rSquared"), y.Number("meanResidual"),
                y.Number("mean"), y.Number("standardDeviation")));
        Assert.Equal("The model explains 57.1% of the variation of y on these rows.", run.Json().Text("verdict"));
    }

    [Fact]
    public async Task Report_of_a_fit_scored_on_its_own_rows()
    {
        using var folder = new TemporaryFolder();
        var energy = Path.Combine(Repository.Root, "samples", "energy.csv");
        var fit = await CliRun.Of("fit", energy, "--target", "heating_load,cooling_load", "-o", folder["m.json"],
            "--json");
        var report = await CliRun.Of("score", folder["m.json"], energy);
        Assert.Equal((0, ""), (report.ExitCode, report.Error));
        Golden.Verify("score", report.Output.Replace(folder["m.json"], "m.json").Replace(energy, "energy.csv"));
        var score = (await CliRun.Of("score", folder["m.json"], energy, "--json")).Json().GetProperty("targets");
        // Of the rounded map, not of the exact fit.
        Assert.All(fit.Json().GetProperty("rSquared").Numbers().Zip(score.EnumerateArray()),
            pair => Assert.Equal(pair.First, pair.Second.Number("rSquared"), 12));
    }

    [Fact]
    public async Task Moments_give_all_but_the_mean_absolute_residual()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var data = folder.Write("d.csv", "x,y\n1,1.5\n3,2\n3,4\n0.1,7\n");
        Assert.Equal(0, (await CliRun.Of("moments", data, "-o", folder["d.moments"])).ExitCode);
        var rows = (await CliRun.Of("score", model, data, "--json")).Json().GetProperty("targets")[0];
        var moments = (await CliRun.Of("score", model, folder["d.moments"], "--json")).Json();
        Assert.Equal(["no-absolute-error"], moments.Codes());
        foreach (var property in rows.EnumerateObject().Where(property => property.Name != "meanAbsolute"))
        {
            Assert.Equal(property.Value.GetRawText(),
                moments.GetProperty("targets")[0].GetProperty(property.Name).GetRawText());
        }
    }

    [Fact]
    public async Task Frequencies_count_rows_as_if_repeated()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var counted = await CliRun.WithInput("x,y,n\n1,1.5,3\n3,2,0\n3,4,2\n0.1,7,1\n", "score", model, "-",
            "--frequency", "n", "--json");
        var repeated = await CliRun.WithInput("x,y\n1,1.5\n1,1.5\n3,4\n3,4\n1,1.5\n0.1,7\n", "score", model, "-",
            "--json");
        Assert.Equal(repeated.Json().GetProperty("targets").GetRawText(),
            counted.Json().GetProperty("targets").GetRawText());
        Assert.Equal(6, counted.Json().Number("rows"));
    }

    [Theory]
    [InlineData("x,y\n1,3\n2,2\n3,1\n", "'y': the mean of these rows predicts it better than the model does")]
    [InlineData("x,y\n1,3\n2,3\n", "'y': the same value on every row, so there is no R-squared.")]
    [InlineData("x,y\n1,1\n2,2\n", "The model explains 100% of the variation of y on these rows.")]
    [InlineData("x,y\n1,1\n2,2.00001\n", "The model explains more than 99.9% of the variation of y on these rows.")]
    public async Task Verdict_says_what_it_means(string data, string verdict)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.WithInput(data, "score", folder.Write("m.json", Model), "-");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(verdict, run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictions_that_are_too_low_on_average_are_noticed()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        var data = "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i =>
            FormattableString.Invariant($"{i},{i + 1 + i % 2}\n")));
        var run = await CliRun.WithInput(data, "score", model, "-", "--json");
        Assert.Equal(["biased-predictions"], run.Json().Codes());
        Assert.StartsWith("Predictions of y are too low by 1.50 on average: 13.1 standard errors",
            run.Json().GetProperty("findings")[0].Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_values_and_missing_columns_are_treated_as_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("m.json", Model);
        Assert.Equal(3, (await CliRun.WithInput("x,y\n1,1\n,2\n2,4\n", "score", model, "-")).ExitCode);
        var run = await CliRun.WithInput("x,y\n1,1\n,2\n2,4\n", "score", model, "-", "--missing", "drop", "--json");
        Assert.Equal((2.0, "missing-dropped"), (run.Json().Number("rows"), run.Json().Codes()[0]));
        var none = await CliRun.WithInput("x,z\n1,1\n", "score", model, "-");
        Assert.Equal(3, none.ExitCode);
        Assert.Contains("has no column 'y'", none.Error, StringComparison.Ordinal);
        var nameless = folder.Write("n.json", """{"weights": [[1]], "bias": [0]}""");
        var renamed = await CliRun.WithInput("w,z\n1,1\n2,2.5\n", "score", nameless, "-", "--target", "z", "--json");
        Assert.Equal("z", renamed.Json().GetProperty("targets")[0].Text("name"));
    }
}

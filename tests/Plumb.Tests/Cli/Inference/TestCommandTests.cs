namespace Plumb.Tests.Cli;

/// <summary>plumb test, as people use it.</summary>
public sealed class TestCommandTests
{
    private static readonly string s_energy = Path.Combine(Repository.Root, "samples", "energy.csv");
    private static readonly string s_flats = Path.Combine(Repository.Root, "samples", "flats.csv");

    [Fact]
    public async Task Releveling_changes_no_test_of_the_whole_factor_and_no_prediction()
    {
        string[] options = [s_flats, "--target", "rent", "--input", "area,city", "--missing-values=-99"];
        string[] answers = [.. await Task.WhenAll(((string[])["Bonn", "Trier", "Ulm"]).Select(async level =>
            (await CliRun.Of(["test", .. options, "--reference", "city=" + level, "city = 0", "--json"])).Json()
                .GetProperty("tests")[0].Number("f").ToString("g12", null)))];
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Moments_are_tested_like_their_rows()
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("moments", s_energy, "-o", folder["e.moments"]);
        string[] asked = ["--target", "heating_load", "height = 4", "glazing_area = 20, orientation = 0",
            "--errors", "classical", "--json"];
        var (rows, moments) = (await CliRun.Of(["test", s_energy, "--exclude", "cooling_load", .. asked]),
            await CliRun.Of(["test", folder["e.moments"], "--exclude", "cooling_load", .. asked]));
        Assert.Equal(rows.Json().GetProperty("tests").GetRawText(), moments.Json().GetProperty("tests").GetRawText());
    }

    [Fact]
    public async Task Undetermined_hypotheses_have_no_answer()
    {
        var run = await CliRun.Of("test", s_energy, "--target", "heating_load", "--exclude", "cooling_load",
            "surface_area = 3");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("as surface_area = wall_area + 2 roof_area on every row", run.Error, StringComparison.Ordinal);
        var other = (await CliRun.Of("test", s_energy, "--target", "heating_load", "--exclude", "cooling_load",
            "surface_area = 3", "height = 4", "--errors", "classical", "--json")).Json();
        Assert.Equal(["undetermined-hypothesis"], other.Codes());
        var height = (await CliRun.Of("fit", s_energy, "--target", "heating_load", "--exclude", "cooling_load",
            "--json")).Json().GetProperty("weights").Rows()[0][4];
        Assert.Equal(height - 4, other.GetProperty("tests")[1].GetProperty("equations")[0].Number("difference"), 1e-14);
    }

    [Fact]
    public async Task Without_a_hypothesis_the_whole_fit_is_tested()
    {
        string[] options = [s_energy, "--target", "heating_load,cooling_load"];
        var (test, fit) = ((await CliRun.Of(["test", .. options, "--errors", "classical", "--json"])).Json(),
            (await CliRun.Of(["fit", .. options, "--json"])).Json());
        Assert.Equal(fit.GetProperty("fStatistic").Numbers(),
            test.GetProperty("tests").EnumerateArray().Select(own => own.Number("f")));
        Assert.Equal(["Wilks", "Pillai", "Hotelling-Lawley", "Roy"], test.GetProperty("multivariate")[0]
            .GetProperty("statistics").EnumerateArray().Select(statistic => statistic.Text("name")));
        var uneven = await CliRun.Of(["test", .. options]); // whose errors are by rows, where weights are undetermined
        Assert.Equal(4, uneven.ExitCode);
        Assert.Contains("--against with --errors classical", uneven.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("height = hight", 2, "at 'hight'")]
    [InlineData("height = 1, height = 2", 2, "contradicts itself")]
    public async Task Mistakes_are_told_with_their_place(string hypothesis, int exitCode, string expected)
    {
        var run = await CliRun.Of("test", s_energy, "--target", "heating_load", hypothesis);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_files_hold_what_is_known()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("test", s_energy, "--target", "heating_load,cooling_load", "height = 4",
            "glazing_area = 20, orientation = 0", "--all-equal", "--errors", "classical", "--report", folder["r.md"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("'all weights are equal' cannot be tested", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("All targets at once: height = 4", run.Output, StringComparison.Ordinal);
        Assert.Contains("Hotelling-Lawley", File.ReadAllText(folder["r.md"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_degrees_of_freedom_there_is_no_test()
    {
        var run = await CliRun.WithInput("x,y\n1,2\n2,3\n", "test", "-", "--target", "y", "x = 1");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("no degree of freedom", run.Error, StringComparison.Ordinal);
    }
}

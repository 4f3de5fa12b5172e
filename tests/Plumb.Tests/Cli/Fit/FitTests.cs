using System.Text.Json;

namespace Plumb.Tests.Cli;

public sealed class FitTests
{
    private const double Digits = 14;
    private static readonly string s_energy = Path.Combine(Repository.Root, "samples", "energy.csv");
    private static readonly string[] s_loads = ["--target", "heating_load", "--target", "cooling_load"];

    [Fact]
    public async Task Report_on_the_energy_set_says_what_it_hides()
    {
        var run = await CliRun.Of(["fit", s_energy, .. s_loads]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Verify("fit-energy", run.Output.Replace(s_energy, "samples/energy.csv"));
    }

    [Fact]
    public async Task Json_has_the_properties_of_its_schema_in_their_order() =>
        Golden.Verify("fit-json-names", JsonNames.Of(await Energy()));

    [Fact]
    public async Task Json_on_the_energy_set_has_null_where_the_data_leave_weights_open()
    {
        var fit = await Energy();
        bool[] identified = [true, false, false, false, true, true, true, true];
        Assert.Equal(("plumb.fit/1", 768, 8, 9, 760),
            (fit.Text("schema"), fit.Number("rows"), fit.Number("rank"), fit.Number("parametersPerTarget"),
                fit.Number("residualDegreesOfFreedom")));
        Assert.Equal(["heating_load", "cooling_load"],
            fit.GetProperty("targets").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(identified,
            fit.GetProperty("identified").GetProperty("weights").EnumerateArray().Select(flag => flag.GetBoolean()));
        Assert.True(fit.GetProperty("identified").GetProperty("bias").GetBoolean());
        foreach (var rows in new[] { fit.GetProperty("weights"),
            fit.GetProperty("standardErrors").GetProperty("weights") })
        {
            Assert.Equal([identified, identified], rows.Rows().Select(row => row.Select(double.IsFinite).ToArray()));
        }

        foreach (var target in fit.GetProperty("confidence").GetProperty("weights").EnumerateArray())
        {
            Assert.Equal(identified,
                target.Rows().Select(interval => interval.Length == 2 && interval.All(double.IsFinite)));
        }

        Parameters.AssertFinite(fit.Parameters("minimumNorm"));
        var dependence = Assert.Single(fit.GetProperty("dependencies").EnumerateArray());
        Assert.Equal(("surface_area = wall_area + 2 roof_area", "exact"),
            (dependence.Text("text"), dependence.Text("kind")));
        var coefficients = dependence.GetProperty("coefficients").GetProperty("weights").Numbers();
        Assert.Equal([0, 1, -1, -2, 0, 0, 0, 0], coefficients.Select(value => value / coefficients[1]));
        Assert.Equal(0, dependence.GetProperty("coefficients").Number("bias"));
        Assert.Equal(["not-identified", "durbin-watson", "bends", "product", "breusch-pagan"], fit.Codes());
        Assert.Contains("surface_area, wall_area and roof_area", fit.Text("verdict"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_on_the_energy_set_agrees_with_exact_arithmetic()
    {
        var (fit, exact) = (await Energy(), Reference.Json("real", "energy.ref.json").GetProperty("exact_dbl"));
        var (map, given) = (fit.Parameters("minimumNorm"), fit.Parameters());
        var residual = fit.GetProperty("residualStandardDeviation").Numbers();
        for (var t = 0; t < 2; t++)
        {
            for (var j = 0; j < 9; j++)
            {
                // The reference has the bias first.
                Reference.AssertDigits(Digits, map[t][j],
                    exact.GetProperty("B_minnorm_weights_only")[(j + 1) % 9][t].GetString()!, $"parameter {j}");
                Assert.True(double.IsNaN(given[t][j]) || given[t][j] == map[t][j]);
            }

            Reference.AssertDigits(Digits, residual[t], exact.GetProperty("sigma")[t].GetString()!,
                "residual standard deviation");
            Reference.AssertDigits(Digits, residual[t] * residual[t] * 760, exact.GetProperty("rss")[t].GetString()!,
                "residual sum of squares");
            Reference.AssertDigits(Digits, fit.GetProperty("rSquared")[t].GetDouble(),
                exact.GetProperty("r2")[t].GetString()!, "R-squared");
        }
    }

    [Fact]
    public async Task Json_gives_the_rates_that_training_needs()
    {
        var learning = (await Energy()).GetProperty("learning");
        var eigenvalues = learning.GetProperty("eigenvalues").Numbers();
        Assert.Equal(9, eigenvalues.Length);
        Assert.Equal(eigenvalues.OrderDescending(), eigenvalues);
        Assert.Equal(0, eigenvalues[^1]); // along surface_area = wall_area + 2 roof_area
        Assert.True(eigenvalues[^2] > 0);
        Assert.Equal(2 / eigenvalues[0], learning.Number("largestStableLearningRate"), 1e-20);
        Assert.Equal(2 / (eigenvalues[0] + eigenvalues[7]), learning.Number("bestLearningRate"), 1e-20);
        Assert.Equal("mse", learning.Text("loss"));

        var sum = (await Energy("--loss", "sum")).GetProperty("learning");
        // Mse is the sum over 768 rows and 2 targets.
        Assert.Equal(768 * 2 * eigenvalues[0], sum.GetProperty("eigenvalues")[0].GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Model_file_predicts_the_fitted_values_of_the_reference()
    {
        using var folder = new TemporaryFolder();
        var fit = await CliRun.Of(["fit", s_energy, .. s_loads, "-o", folder["model.json"]]);
        Assert.Equal(0, fit.ExitCode);
        var run = await CliRun.Of("predict", folder["model.json"], s_energy);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n');
        Assert.Equal(("heating_load,cooling_load,determined", 768 + 2), (lines[0], lines.Length));
        Assert.All(lines[1..^1], line => Assert.EndsWith(",1", line, StringComparison.Ordinal));
        var exact = Reference.Json("real", "energy.ref.json").GetProperty("exact_dbl").GetProperty("fitted_first_row");
        var first = lines[1].Split(',');
        Reference.AssertDigits(Digits, Reference.Number(first[0]), exact[0].GetString()!, "heating_load");
        Reference.AssertDigits(Digits, Reference.Number(first[1]), exact[1].GetString()!, "cooling_load");
    }

    [Fact]
    public async Task Model_to_standard_output_comes_alone()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(["fit", s_energy, .. s_loads, "-o", "-"]);
        await CliRun.Of(["fit", s_energy, .. s_loads, "-o", folder["model.json"]]);
        Assert.Equal(await File.ReadAllTextAsync(folder["model.json"], TestContext.Current.CancellationToken),
            run.Output);
        Assert.Equal("plumb.model/1", run.Json().Text("schema"));
    }

    [Fact]
    public async Task Names_may_be_repeated_or_listed_and_inputs_chosen()
    {
        string[] fits = [.. (await Task.WhenAll(
            Fit(s_energy, "--target", "heating_load", "--target", "cooling_load", "--input", "height", "--input",
                "wall_area"),
            Fit(s_energy, "--target", "heating_load,cooling_load", "--input", "height,wall_area"),
            Fit(s_energy, "--target=heating_load, cooling_load", "--input=height", "--input=wall_area"))).Select(fit =>
                fit.GetRawText())];
        Assert.Single(fits.Distinct(StringComparer.Ordinal));
        using var first = JsonDocument.Parse(fits[0]);
        Assert.Equal(["height", "wall_area"],
            first.RootElement.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task No_bias_fits_through_the_origin()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", "x,y\n1,1\n2,3\n"); // sum xy / sum x^2 = 7/5
        var fit = await Fit(path, "--target", "y", "--no-bias");
        Assert.False(fit.GetProperty("hasBias").GetBoolean());
        Assert.Equal([1.4, 0], fit.Parameters()[0]);
        Assert.Equal((1, 1, 1),
            (fit.Number("rank"), fit.Number("parametersPerTarget"), fit.Number("residualDegreesOfFreedom")));
        // Rss 0.2 over sum x^2 5.
        Assert.Equal(Math.Sqrt(0.04), fit.GetProperty("standardErrors").GetProperty("weights")[0][0].GetDouble(),
            1e-16);
    }

    [Fact]
    public async Task Ridge_shrinks_the_weights_and_spares_the_bias()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", "x,y\n-1,1\n0,3\n1,8\n"); // sum xy / (sum x^2 + ridge) = 7 / (2 + 5)
        var fit = await Fit(path, "--target", "y", "--ridge", "5", "-o", folder["m.json"]);
        Assert.Equal([1, 4], fit.Parameters()[0]);
        Assert.Equal(5, fit.Number("ridge"));
        Assert.Equal(["ridge"], fit.Codes());
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("standardErrors").GetProperty("weights")[0][0].ValueKind);
        var model = ModelFile.Parse(
            await File.ReadAllTextAsync(folder["m.json"], TestContext.Current.CancellationToken));
        Assert.Equal(5, model.Provenance?.Ridge);
    }

    [Theory]
    [InlineData("0.95", 12.706204736174698)] // the quantile of Student's t with 1 degree of freedom: tan(pi level / 2)
    [InlineData("0.5", 1)]
    public async Task Level_sets_the_width_of_intervals(string level, double factor)
    {
        using var folder = new TemporaryFolder();
        var fit = await Fit(folder.Write("d.csv", "x,y\n1,1\n2,3\n3,4\n"), "--target", "y", "--level", level);
        var (estimate, error) =
            (fit.GetProperty("weights")[0][0].GetDouble(),
                fit.GetProperty("standardErrors").GetProperty("weights")[0][0].GetDouble());
        var interval = fit.GetProperty("confidence").GetProperty("weights")[0][0].Numbers();
        Assert.Equal(Reference.Number(level), fit.GetProperty("confidence").Number("level"));
        Assert.Equal(estimate - factor * error, interval[0], 1e-14);
        Assert.Equal(estimate + factor * error, interval[1], 1e-14);
    }

    [Theory]
    [InlineData("--ridge -1", 2, "--ridge holds '-1', expected a number of 0 or more")]
    [InlineData("--ridge 1e400", 2, "--ridge holds '1e400', expected a number of 0 or more")]
    [InlineData("--level 1.5", 2, "--level holds '1.5', expected a number between 0 and 1")]
    [InlineData("--level 0", 2, "--level holds '0', expected a number between 0 and 1")]
    [InlineData("--loss mae", 2, "--loss holds 'mae', expected sum or mean or half-mean or mse")]
    [InlineData("--json -o -", 2, "--json and --output - both write to standard output")]
    [InlineData("-o no/such/folder/m.json", 5, "no/such/folder/m.json cannot be written: there is no directory")]
    public async Task Run_that_fails_says_why_in_one_line(string words, int exitCode, string message)
    {
        var run = await CliRun.Of(["fit", s_energy, .. s_loads, .. words.Split(' ')]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    private static Task<JsonElement> Energy(params string[] more) => Fit([s_energy, .. s_loads, .. more]);

    private static async Task<JsonElement> Fit(params string[] words)
    {
        var run = await CliRun.Of(["fit", .. words, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json();
    }
}

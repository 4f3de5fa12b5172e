namespace Plumb.Tests.Cli;

/// <summary>Weights that other programs wrote, as users hand them in.</summary>
public sealed class ForeignWeightsTests
{
    private static readonly string s_cars = Reference.PathOf("coefficients", "cars.csv");
    private static readonly string s_xy = Reference.PathOf("coefficients", "xy.csv");

    [Theory]
    [InlineData("broom.csv")]
    [InlineData("write_table.txt")]
    [InlineData("write_table_coef.txt")]
    [InlineData("print_coef.txt")]
    [InlineData("summary.txt")]
    public async Task Coefficients_are_the_best_fit(string file)
    {
        var run = await CliRun.Of("explain", Reference.PathOf("coefficients", file), s_cars, "--target", "mpg");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("the best fit,", run.OneLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("mistake", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_takes_a_table_of_coefficients()
    {
        using var folder = new TemporaryFolder();
        var broom = Reference.PathOf("coefficients", "broom.csv");
        var explained = await CliRun.Of("explain", broom, s_cars, "--target", "mpg", "--json");
        Assert.Contains("coefficients", explained.Json().Codes());
        Assert.Equal("y1\n30.543120648375194\n29.044172537049587\n",
            (await CliRun.WithInput("wt,hp\n0,0\n1,0\n", "predict", broom, "-")).Output);
        var trained = await CliRun.Of("train", s_cars, "--target", "mpg", "--init", broom, "--steps", "0", "--json");
        Assert.Equal(30.543120648375194, trained.Json().Parameters("learned")[0][^1], 1e-12);
        Assert.Equal(0, (await CliRun.Of("export", broom, "-o", folder["m.json"])).ExitCode);
        Assert.Equal(0, (await CliRun.Of("fit", s_cars, "--target", "mpg", "--truth", broom)).ExitCode);
    }

    [Fact]
    public async Task Coefficients_of_terms_are_those_of_the_terms()
    {
        using var folder = new TemporaryFolder();
        await CliRun.Of("fit", s_cars, "--target", "mpg", "--input", "log(hp),hp:wt,wt^2", "-o", folder["m.json"]);
        var map = ModelFile.Parse(File.ReadAllText(folder["m.json"])).Map;
        var weights = folder.Write("coefs.csv", System.FormattableString.Invariant($"""
            term,estimate,std.error
            (Intercept),{map.Bias[0]:R},1
            log(hp),{map.WeightsOf(0)[0]:R},1
            hp:wt,{map.WeightsOf(0)[1]:R},1
            wt^2,{map.WeightsOf(0)[2]:R},1

            """));
        var run = await CliRun.Of("explain", weights, s_cars, "--target", "mpg");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("are the best fit", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_without_names_of_targets_asks_for_them()
    {
        var run = await CliRun.Of("explain", Reference.PathOf("coefficients", "broom.csv"), s_cars);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("does not say which column its target is; name it by --target, of the columns of", run.Error,
            StringComparison.Ordinal);
        Assert.Contains(": hp, wt, mpg.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("theta.npy", "y1", "first", "--bias-at first")]
    [InlineData("W.npz", "y1,y2", "last", "--bias-at last and --transposed")]
    public async Task Number_that_is_the_bias_is_found_and_said(string file, string targets, string place,
        string advice)
    {
        using var folder = new TemporaryFolder();
        string[] words = ["explain", Reference.PathOf("coefficients", file), s_xy, "--target", targets, "--input",
            "x1,x2"];
        var run = await CliRun.Of([.. words, "-o", folder["m.json"]]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"the {place} was taken for the bias.", run.OneLine(), StringComparison.Ordinal);
        Assert.All(advice.Split(" and "), flag =>
            Assert.Contains($"({flag})", run.OneLine(), StringComparison.Ordinal));
        Assert.Contains("are the best fit, to rounding", run.OneLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("b = 0 was taken", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("bias-held", (await CliRun.Of([.. words, "--json"])).Json().Codes());

        var options = advice.Replace(" and", "", StringComparison.Ordinal).Split(' ');
        var said = await CliRun.Of([.. words, .. options, "--json"]);
        Assert.DoesNotContain("bias-held", said.Json().Codes());
        Assert.Equal((await CliRun.Of([.. words, "--json"])).Json().GetProperty("gap").GetRawText(),
            said.Json().GetProperty("gap").GetRawText());
        var predicted = await CliRun.Of("predict", folder["m.json"], s_xy);
        Assert.Equal(predicted.Output,
            (await CliRun.Of(["predict", words[1], s_xy, .. options, "--input", "x1,x2"])).Output);
    }

    [Fact]
    public async Task Bias_that_the_data_do_not_show_is_asked_for_and_the_advice_works()
    {
        using var folder = new TemporaryFolder();
        var weights = folder.Write("w.json", "[0.3, 0.1, 0.2]"); // far from the best fit either way
        var run = await CliRun.Of("explain", weights, s_xy, "--target", "y1", "--input", "x1,x2");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("w.json: the weights are a list of 3, one number more than the 2 inputs of the data, "
            + "and nothing says which is the bias; say that the first number is the bias (--bias-at first) or say "
            + "that the last number is the bias (--bias-at last).", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.Of("explain", weights, s_xy, "--target", "y1", "--input", "x1,x2", "--bias-at",
            "last")).ExitCode);
        Assert.Contains("nothing says which is the bias",
            (await CliRun.Of("train", s_xy, "--target", "y1", "--input", "x1,x2", "--init", weights)).Error,
            StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.Of("export", weights, "--bias-at", "last", "-o", folder["m.json"])).ExitCode);
        var trained = await CliRun.Of("train", s_xy, "--target", "y1", "--input", "x1,x2", "--init", folder["m.json"],
            "--steps", "0", "--json");
        Assert.Equal(0.2, trained.Json().GetProperty("initial").GetProperty("bias")[0].GetDouble());
        Assert.Contains("or say by --bias-at first or --bias-at last which number of the model is its bias",
            (await CliRun.Of("predict", weights, s_xy, "--input", "x1,x2")).Error, StringComparison.Ordinal);
    }
}

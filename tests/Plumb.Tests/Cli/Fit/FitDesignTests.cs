namespace Plumb.Tests.Cli;

/// <summary>Weights of rows, powers of columns and printed digits, as 'plumb fit' takes them.</summary>
public sealed class FitDesignTests
{
    private const string Repeated = "x,y\n1,2\n2,3\n2,3\n3,5\n3,5\n3,5\n4,4\n";
    private const string Counted = "x,n,y\n1,1,2\n2,2,3\n9,0,9\n3,3,5\n4,1,4\n";

    [Fact]
    public async Task Frequencies_give_what_repeated_rows_give()
    {
        using var folder = new TemporaryFolder();
        var counted = await CliRun.Of("fit", folder.Write("counted.csv", Counted), "--target", "y", "--frequency", "n",
            "--json");
        var repeated = await CliRun.Of("fit", folder.Write("repeated.csv", Repeated), "--target", "y", "--json");
        Assert.Equal((0, ""), (repeated.ExitCode, repeated.Error));
        // Tests of rows are made for rows without weights.
        Assert.Equal(repeated.WithoutRowTests(), counted.WithoutRowTests());
    }

    [Fact]
    public async Task Weights_give_the_weighted_fit_for_any_unit_of_theirs()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("weighted.csv", "x,y,w,v\n1,2,1,0.125\n2,3,2,0.25\n3,5,4,0.5\n5,5,0,0\n");
        var fit = (await CliRun.Of("fit", path, "--target", "y", "--input", "x", "--weight", "w", "--json")).Json();
        var other = (await CliRun.Of("fit", path, "--target", "y", "--input", "x", "--weight", "v", "--json")).Json();

        // Sums over the three rows with a weight: w 7, wx 17, wy 28, wxx 45, wxy 74.
        Assert.Equal(21.0 / 13, fit.GetProperty("weights")[0][0].GetDouble(), 1e-15);
        Assert.Equal((28 - 21.0 / 13 * 17) / 7, fit.GetProperty("bias")[0].GetDouble(), 1e-15);
        Assert.Equal((3, 1), (fit.Number("rows"), fit.Number("residualDegreesOfFreedom")));
        Assert.Equal(fit.GetProperty("weights").GetRawText(), other.GetProperty("weights").GetRawText());
        Assert.Equal(fit.GetProperty("standardErrors").GetRawText(), other.GetProperty("standardErrors").GetRawText());
    }

    [Theory]
    [InlineData("num_neg_weights.csv", "--weight", "row 2 has weight -1 in column 'w', expected a number, 0 or more")]
    [InlineData("num_neg_weights.csv", "--frequency",
        "row 2 has frequency -1 in column 'w', expected a whole number, 0 or more")]
    [InlineData("num_zero_weights.csv", "--weight", "column 'w' is 0 on every row")]
    [InlineData("num_zero_weights.csv", "--frequency", "column 'w' is 0 on every row")]
    [InlineData("num_nan_weight.csv", "--weight", "(3): column 'w' holds 'NaN'")]
    [InlineData("num_nan_weight.csv", "--frequency", "(3): column 'w' holds 'NaN'")]
    public async Task Rows_that_cannot_be_weighed_are_refused(string file, string option, string message)
    {
        var run = await CliRun.Of("fit", Reference.PathOf("badinputs", file), "--target", "y", option, "w");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("--weight n --frequency n", "give one of --weight, --frequency and --sigma")]
    [InlineData("--weight x --input x", "'x' holds the weights, and is named as an input or target too")]
    [InlineData("--weight zebra", "--weight names 'zebra', but")]
    [InlineData("--frequency n --data-precision printed", "--data-precision printed does not weigh rows")]
    [InlineData("--input poly(x,2) --data-precision printed",
        "--data-precision printed works on columns, not on powers of columns")]
    [InlineData("--data-precision exact", "--data-precision holds 'exact', expected double or printed")]
    [InlineData("--input poly(x,0)",
        "--input holds 'poly(x,0)', expected poly(NAME,N) or NAME^N with the name of a column and N from 1 to 100")]
    [InlineData("--input n,x^101", "--input holds 'x^101', expected poly(NAME,N) or NAME^N")]
    [InlineData("--input poly(zebra,2)", "--input holds 'poly(zebra,2)', expected poly(NAME,N) or NAME^N")]
    public async Task Options_that_contradict_each_other_are_a_usage_error(string words, string message)
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of(["fit", folder.Write("counted.csv", Counted), "--target", "y", .. words.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Polynomial_of_whole_numbers_comes_out_whole()
    {
        var fit =
            (await CliRun.Of("fit", Reference.PathOf("nist", "Wampler1.csv"), "--target", "y", "--input", "poly(x,5)",
                "--json")).Json();
        Assert.Equal(["x", "x^2", "x^3", "x^4", "x^5"],
            fit.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([1, 1, 1, 1, 1, 1], fit.Parameters()[0]);
        Assert.Equal([17, 17, 17, 17, 17, 17], fit.GetProperty("digits").Parameters("arithmetic")[0]);
    }

    [Fact]
    public async Task Printed_digits_limit_what_can_be_believed()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("printed.csv", "x,y\n1.00,2.0\n2.00,3.0\n3.00,5.0\n4.00,6.5\n");
        var fit =
            new LeastSquares().Fit(
                Moments.Of(
                    new Dataset(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } },
                        new double[,] { { 2 }, { 3 }, { 5 }, { 6.5 } })));
        var expected = fit.AccuracyWith(new DataUncertainty([0.005 * 2], [0.05 * 2])).Data;
        var printed = (await CliRun.Of("fit", path, "--target", "y", "--data-precision", "printed", "--json")).Json()
            .GetProperty("digits").GetProperty("data");
        var full = (await CliRun.Of("fit", path, "--target", "y", "--json")).Json().GetProperty("digits")
            .GetProperty("data");
        Assert.Equal(expected.Weights[0, 0], printed.GetProperty("weights")[0][0].GetDouble(), 1e-12);
        Assert.Equal(expected.Bias[0], printed.GetProperty("bias")[0].GetDouble(), 1e-12);
        Assert.InRange(printed.GetProperty("weights")[0][0].GetDouble(), 1, 2);
        Assert.InRange(full.GetProperty("weights")[0][0].GetDouble(), 14, 16);
    }

    [Fact]
    public async Task Data_too_coarse_for_their_dependences_are_not_believed()
    {
        string[] words = ["fit", Reference.PathOf("nist", "Longley.csv"), "--target", "y", "--data-precision",
            "printed"];
        Assert.Contains("not precise enough to trust the weights of x1", (await CliRun.Of(words)).Output,
            StringComparison.Ordinal);
        Assert.Contains("imprecise-data", (await CliRun.Of([.. words, "--json"])).Json().Codes());
        Assert.DoesNotContain("imprecise-data", (await CliRun.Of([.. words[..^2], "--json"])).Json().Codes());
    }

    [Fact]
    public async Task Moments_do_not_tell_how_they_were_printed()
    {
        using var folder = new TemporaryFolder();
        var (data, moments) = (folder.Write("d.csv", Repeated), folder["d.moments"]);
        Assert.Equal(0, (await CliRun.Of("moments", data, "-o", moments)).ExitCode);
        var run = await CliRun.Of("fit", moments, "--target", "y", "--data-precision", "printed");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("holds moments, which do not record how precisely numbers were printed", run.Error,
            StringComparison.Ordinal);
    }
}

namespace Plumb.Tests.Cli;

/// <summary>Rows that a model is applied to are read as those that it was learned from.</summary>
public sealed class AsLearnedTests
{
    [Fact]
    public async Task Codes_for_missing_values_stay_missing_and_are_in_the_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n1,3\n2,5\n3,7.1\n-9999,9\n5,11\n6,12.9\n");
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y", "--missing-values=-9999", "-o",
            folder["m.json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("\"missingValues\": [\"-9999\"]", File.ReadAllText(folder["m.json"]), StringComparison.Ordinal);
        run = await CliRun.Of("predict", folder["m.json"], folder["d.csv"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("(5): column 'x' holds '-9999', which marks a missing value", run.Error,
            StringComparison.Ordinal);
        run = await CliRun.Of("predict", folder["m.json"], folder["d.csv"], "--keep", "x");
        Assert.Contains("-9999,\n", run.Output, StringComparison.Ordinal);
        run = await CliRun.Of("score", folder["m.json"], folder["d.csv"], "--missing", "drop");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("5 rows", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_shows_what_R_squared_was_on_the_models_own_rows()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n1,3\n2,5\n3,7.1\n4,9\n5,11\n6,12\n");
        folder.Write("n.csv", "x,y\n1,3\n2,6\n3,7\n4,8\n");
        var fit = await CliRun.Of("fit", folder["d.csv"], "--target", "y", "--json", "-o", folder["m.json"]);
        var run = await CliRun.Of("score", folder["m.json"], folder["n.csv"], "--json");
        var document = run.Json();
        Assert.Equal(6, document.GetProperty("rowsLearnedFrom").GetInt32());
        Assert.Equal(fit.Json().GetProperty("rSquared")[0].GetDouble(),
            document.GetProperty("targets")[0].GetProperty("rSquaredLearnedFrom").GetDouble());
        run = await CliRun.Of("score", folder["m.json"], folder["n.csv"]);
        Assert.Contains("when learned", run.Output, StringComparison.Ordinal);
        Assert.Contains("When learned: R-squared on the 6 rows that the model was learned from.", run.OneLine(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12 %\n15 %\n", "", "")]
    [InlineData("0.12\n0.15\n", "x: numbers in % where the model was learned, and numbers without a sign here.", "")]
    [InlineData("$12\n$15\n", "x: numbers in % where the model was learned, and numbers in $ here.", "")]
    [InlineData("12 %\n15 %\n", "x: numbers without a sign where the model was learned, and numbers in % here.",
        "plain")]
    public async Task Other_sign_than_the_models_own_rows_had_is_a_warning(string cells, string said, string plain)
    {
        using var folder = new TemporaryFolder();
        var sign = plain.Length > 0 ? "" : " %";
        folder.Write("d.csv", $"x,y\n1{sign},3\n2{sign},5\n3{sign},7.1\n4{sign},9\n");
        await CliRun.Of("fit", folder["d.csv"], "--target", "y", "-o", folder["m.json"]);
        folder.Write("n.csv", "x,y\n" + cells.Replace("\n", ",1\n", StringComparison.Ordinal));
        foreach (var command in (string[])["predict", "score", "explain"])
        {
            var run = await CliRun.Of(command, folder["m.json"], folder["n.csv"]);
            Assert.Equal(0, run.ExitCode);
            if (said.Length > 0)
            {
                Assert.Contains(said, run.OneLine() + run.Error, StringComparison.Ordinal);
            }
            else
            {
                Assert.DoesNotContain("where the model was learned", run.OneLine() + run.Error,
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task File_of_one_truth_value_is_read_by_a_model_of_both()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "f,y\ny,3\nn,5\ny,3.1\nn,5.2\n");
        folder.Write("n.csv", "f\ny\ny\n");
        await CliRun.Of("fit", folder["d.csv"], "--target", "y", "-o", folder["m.json"]);
        var run = await CliRun.Of("predict", folder["m.json"], folder["n.csv"]);
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("y\n3.05", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--coding helmert", "in the coding treatment", "plumb fit DATA --coding helmert")]
    [InlineData("--coding sum", "in the coding treatment", "plumb moments DATA --coding sum -o")]
    [InlineData("--reference k=b", "compared with the one that was named", "plumb moments DATA --reference k=b -o")]
    [InlineData("--date-unit hours", "whose dates were counted", "--date-unit to 'plumb moments'")]
    public async Task Moments_are_refused_another_coding_with_the_line_that_works(string options, string why,
        string line)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "k,y\na,1\nb,2\nc,4\na,1.5\nb,2.5\nc,5\n");
        await CliRun.Of("moments", folder["d.csv"], "-o", folder["d.moments"]);
        var run = await CliRun.Of(["fit", folder["d.moments"], "--target", "y", .. options.Split(' ')]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(why, run.Error, StringComparison.Ordinal);
        Assert.Contains(line, run.Error, StringComparison.Ordinal);
        if (options is "--coding sum" or "--reference k=b")
        {
            await CliRun.Of(["moments", folder["d.csv"], "-o", folder["s.moments"], .. options.Split(' ')]);
            run = await CliRun.Of("fit", folder["s.moments"], "--target", "y");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }
    }
}

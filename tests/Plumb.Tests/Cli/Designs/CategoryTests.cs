namespace Plumb.Tests.Cli;

/// <summary>Columns of texts as inputs: what is announced, what is refused, and the model that comes of them.</summary>
public sealed class CategoryTests
{
    private const string Rents = """
        city,area,rent
        Bonn,50,500
        Köln,60,720
        Bonn,70,655
        Aachen,40,380
        Köln,55,655
        Aachen,80,690
        Bonn,65,640

        """;

    private static readonly string s_iris =
        Path.Combine(Repository.Root, "tests/Plumb.Tests/data/factors/iris_species.csv");

    [Theory]
    [InlineData("", "Species: 3 levels; versicolor and virginica against setosa.")]
    [InlineData("--reference Species=virginica", "Species: 3 levels; setosa and versicolor against virginica.")]
    [InlineData("--coding sum",
        "Species: 3 levels; setosa and versicolor against the mean of all, and virginica is minus their sum.")]
    [InlineData("--coding full", "Species: 3 levels, of which each is an input; with a bias they are dependent.")]
    public async Task Fit_says_what_became_of_a_category(string options, string said)
    {
        var run = await CliRun.Of(["fit", s_iris, "--target", "Sepal.Length", .. Words(options)]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(said, run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_levels_with_a_bias_are_dependent_and_without_one_are_not()
    {
        var with = (await CliRun.Of("fit", s_iris, "--target", "Sepal.Length", "--input", "Species", "--coding", "full",
            "--json")).Json();
        var without = (await CliRun.Of("fit", s_iris, "--target", "Sepal.Length", "--input", "Species", "--no-bias",
            "--json")).Json();
        Assert.Equal((3, 4), ((int)with.Number("rank"), (int)with.Number("parametersPerTarget")));
        Assert.Equal((3, 3), ((int)without.Number("rank"), (int)without.Number("parametersPerTarget")));
        Assert.Equal(["Species[setosa]", "Species[versicolor]", "Species[virginica]"],
            without.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
        var means = without.Parameters("minimumNorm")[0][..3];
        Assert.Equal([5.006, 5.936, 6.588], means.Select(mean => Math.Round(mean, 12)));
    }

    [Theory]
    [InlineData("id,y\na,1\nb,2\nc,4\n", "column 'id' holds a different text on each of 3 rows, so it is an id")]
    [InlineData("g,x,y\nA,1,1\nA,2,2\nB,3,5\nB,4,4\n", "--reference names 'C', which is not a level of 'g'",
        "--reference", "g=C")]
    [InlineData("g,x,y\nA,1,1\nA,2,2\nB,3,5\nB,4,4\n", "--reference names 'h', which is not a category", "--reference",
        "h=C")]
    [InlineData("g,x,y\nA,1,1\nA,2,2\nB,3,5\nB,4,4\n", "'g', which is a category, expected a column of numbers",
        "--input", "log(g)")]
    [InlineData("g,x,y\nA,1,1\nA,2,2\nB,3,5\nB,4,4\n", "column 'g' holds categories, and a target must hold numbers",
        "--target", "g")]
    [InlineData("x,z,y\n1,1,1\n-1,2,2\n3,0,5\n", "row 2 holds -1 in column 'x', expected a number above 0 for log(x)",
        "--input", "log(x)")]
    [InlineData("x,z,y\n1,1,1\n-1,2,2\n3,0,5\n", "row 3 holds 0 in column 'z', expected a number other than 0 for 1/z",
        "--input", "1/z")]
    public async Task Data_that_bear_no_such_input_are_refused(string data, string message, params string[] options)
    {
        var run = await CliRun.WithInput(data,
            ["fit", "-", .. options.Contains("--target") ? [] : (string[])["--target", "y"], .. options]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_predicts_from_the_same_raw_columns()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rents.csv", Rents);
        var fit = await CliRun.Of("fit", data, "--formula", "log(rent) ~ log(area) + city", "-o", folder["m.json"]);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        Golden.Verify("model-categories", File.ReadAllText(folder["m.json"]));

        var run = await CliRun.WithInput("id,city,area\n1,Köln,60\n2,Aachen,60\n", "predict", folder["m.json"], "-");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var lines = run.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("rent", lines[0]);
        Assert.Equal([712.9, 538.6], lines.Skip(1).Select(line =>
            Math.Round(double.Parse(line, System.Globalization.CultureInfo.InvariantCulture), 1)));

        var unseen = await CliRun.WithInput("city,area\nKöln,60\nTrier,60\n", "predict", folder["m.json"], "-");
        Assert.Equal(3, unseen.ExitCode);
        Assert.Contains("(3): column 'city' holds 'Trier', expected one of the 3 levels Aachen, Bonn, Köln",
            unseen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_takes_the_raw_columns_that_the_model_was_fitted_to()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rents.csv", Rents);
        var fit = await CliRun.Of("fit", data, "--formula", "rent ~ area*city", "-o", folder["m.json"]);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        var run = await CliRun.Of("explain", folder["m.json"], data);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("best fit", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_takes_categories_and_keeps_them_in_the_model()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rents.csv", Rents);
        var run = await CliRun.Of("train", data, "--target", "rent", "--standardize", "--steps", "20", "-o",
            folder["m.json"]);
        Assert.Equal(0, run.ExitCode);
        var predicted = await CliRun.Of("predict", folder["m.json"], data);
        Assert.Equal((0, 8), (predicted.ExitCode, predicted.Output.Count(c => c == '\n')));
    }

    [Theory]
    [InlineData("m.npz")]
    [InlineData("m.safetensors")]
    public async Task Formats_without_a_place_for_the_design_are_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rents.csv", Rents);
        var run = await CliRun.Of("fit", data, "--target", "rent", "-o", folder[name]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("write the model as .json", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder[name]));
    }

    [Fact]
    public async Task Numbers_are_levels_where_that_is_said()
    {
        var run = await CliRun.WithInput("cyl,y\n4,1\n4.0,2\n6,5\n6,6\n8e0,9\n8,10\n", "fit", "-", "--target", "y",
            "--categorical", "cyl", "--json");
        Assert.Equal(["cyl[6]", "cyl[8]"],
            run.Json().GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public async Task Level_of_rows_that_are_dropped_is_none()
    {
        var run = await CliRun.WithInput("g,x,y\nA,1,1\nA,2,2\nB,3,5\nB,4,4\nC,,3\n", "fit", "-", "--target", "y",
            "--missing", "drop");
        Assert.Contains("g: 2 levels; B against A.", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decimals_are_read_again_with_the_same_levels()
    {
        var (doubles, decimals) = (await CliRun.Of("fit", s_iris, "--target", "Sepal.Length", "--json"),
            await CliRun.Of("fit", s_iris, "--target", "Sepal.Length", "--json", "--numbers", "decimal"));
        Assert.Equal((0, ""), (decimals.ExitCode, decimals.Error));
        Assert.Equal(doubles.Json().Parameters("minimumNorm")[0].Select(weight => Math.Round(weight, 12)),
            decimals.Json().Parameters("minimumNorm")[0].Select(weight => Math.Round(weight, 12)));
    }

    [Theory]
    [InlineData("", "d: days since 2024-01-01.")]
    [InlineData("--date-origin 2023-12-01 --date-unit hours", "d: hours since 2023-12-01.")]
    public async Task Dates_and_truth_values_are_numbers_and_say_so(string options, string said)
    {
        using var folder = new TemporaryFolder();
        var (texts, numbers) = ("d,g,y\n", "d,g,y\n");
        for (var day = 0; day < 20; day++)
        {
            var (yes, y) = (day % 3 == 0, 0.5 * day + day % 3 + day * day % 7);
            texts += FormattableString.Invariant($"2024-01-{day + 1:00},{(yes ? "yes" : "No")},{y}\n");
            var number = options.Length == 0 ? day : 24 * (day + 31);
            numbers += FormattableString.Invariant($"{number},{(yes ? 1 : 0)},{y}\n");
        }

        var data = folder.Write("texts.csv", texts);
        var fit = await CliRun.Of(["fit", data, "--target", "y", "-o", folder["m.json"], .. Words(options)]);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        Assert.Contains(said, fit.OneLine(), StringComparison.Ordinal);
        Assert.Contains("g: yes or true is 1, no or false is 0.", fit.OneLine(), StringComparison.Ordinal);
        var plain = await CliRun.WithInput(numbers, "fit", "-", "--target", "y", "-o", folder["plain.json"]);
        Assert.Equal((0, ""), (plain.ExitCode, plain.Error));
        var predicted = await CliRun.Of("predict", folder["m.json"], data);
        Assert.Equal((0, ""), (predicted.ExitCode, predicted.Error));
        Assert.Equal((await CliRun.WithInput(numbers, "predict", folder["plain.json"], "-")).Output, predicted.Output);
    }

    [Fact]
    public async Task Unseen_level_is_a_missing_value_where_that_is_wanted()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rents.csv", Rents);
        await CliRun.Of("fit", data, "--target", "rent", "-o", folder["m.json"]);
        var run = await CliRun.WithInput("city,area\nTrier,60\n", "predict", folder["m.json"], "-", "--unseen",
            "missing");
        Assert.Equal((0, "rent\n\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Moments_of_other_levels_are_not_added_up()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (folder.Write("one.csv", Rents), folder.Write("other.csv",
            Rents.Replace("Aachen", "Altona", StringComparison.Ordinal)));
        await CliRun.Of("moments", one, "-o", folder["one.moments"]);
        await CliRun.Of("moments", other, "-o", folder["other.moments"]);
        var merged = await CliRun.Of("merge", folder["one.moments"], folder["other.moments"], "-o",
            folder["m.moments"]);
        Assert.Equal(3, merged.ExitCode);
        var direct = (await CliRun.Of("fit", one, "--target", "rent", "--json")).Json();
        var kept = (await CliRun.Of("fit", folder["one.moments"], "--target", "rent", "--json")).Json();
        Assert.Equal(["city[Bonn/Aachen]", "city[Köln/Aachen]", "area"],
            kept.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal([.. direct.Parameters("minimumNorm")[0].Order()], kept.Parameters("minimumNorm")[0].Order());
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

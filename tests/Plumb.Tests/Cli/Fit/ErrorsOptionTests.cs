using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>
/// Standard errors that are asked for: those of R's sandwich, and refusals that say what is expected.
/// </summary>
public sealed class ErrorsOptionTests
{
    private const int Digits = 11;

    private static readonly string s_folder = Reference.PathOf("errors");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Expected().GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Errors_are_those_of_R(int number)
    {
        var expected = Expected()[number];
        string[] inputs = [.. expected.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()!)];
        var weights = expected.Text("weights");
        var run = await CliRun.Of(["fit", Path.Combine(s_folder, expected.Text("data") + ".csv"),
            "--target", expected.Text("target"), "--input", string.Join(',', inputs), "--json",
            "--errors", expected.Text("errors"),
            .. weights.Length > 0 ? ["--weight", weights] : Array.Empty<string>()]);
        var errors = run.Json().GetProperty("standardErrors");
        var found = errors.GetProperty("bias").Numbers().Concat(errors.GetProperty("weights")[0].Numbers()).ToArray();
        var values = expected.GetProperty("values").EnumerateArray().ToArray();
        Assert.Equal(values.Length, found.Length);
        for (var k = 0; k < found.Length; k++)
        {
            Assert.InRange(Reference.Digits(found[k], values[k].GetRawText()), Digits, 17);
        }
    }

    [Fact]
    public async Task Tests_by_them_are_those_of_R()
    {
        foreach (var expected in Reference.Json("errors", "tests.json").EnumerateArray())
        {
            string[] inputs = [.. expected.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()!)];
            var run = await CliRun.Of("test", Path.Combine(s_folder, expected.Text("data") + ".csv"),
                "--target", expected.Text("target"), "--input", string.Join(',', inputs), "--json",
                "--errors", expected.Text("errors"), expected.Text("hypothesis"));
            var test = run.Json().GetProperty("tests")[0];
            Assert.InRange(Reference.Digits(test.Number("f"), expected.GetProperty("f").GetRawText()), Digits - 1, 17);
        }
    }

    [Fact]
    public async Task Errors_of_one_target_compare_no_targets_and_uneven_noise_is_allowed_for_unasked()
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(3);
        await File.WriteAllLinesAsync(folder["two.csv"], ["x,y,z", .. Enumerable.Range(0, 500).Select(_ =>
        {
            var x = random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture,
                $"{x:R},{x + x * random.NextNormal():R},{x + random.NextNormal():R}");
        })], TestContext.Current.CancellationToken);
        string[] asked = ["test", folder["two.csv"], "--target", "y,z", "--input", "x"];
        var between = await CliRun.Of([.. asked, "w[y,x] = w[z,x]"]);
        Assert.Equal(2, between.ExitCode);
        Assert.Contains("give --errors classical", string.Join(' ', between.Error.Split('\n')),
            StringComparison.Ordinal);
        var each = (await CliRun.Of([.. asked, "x = 1", "--json"])).Json();
        Assert.Equal("HC3", each.Text("errors"));
        Assert.Contains("breusch-pagan", each.Codes());
        Assert.Equal("classical", (await CliRun.Of([.. asked, "x = 1", "--errors", "classical", "--json"])).Json()
            .Text("errors"));
    }

    [Theory]
    [InlineData("x,y\n1,2\n2,3\n3,5\n4,6\n", "independent, which was not looked at.")]
    [InlineData("x,y\n1,2\n2,3\n3,5\n4,6\n5,8\n6,8\n7,10\n8,12\n9,12\n",
        "independent, which was looked at.")]
    public async Task Tests_say_whether_what_they_take_for_granted_was_looked_at(string rows, string expected)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["d.csv"], rows, TestContext.Current.CancellationToken);
        var run = await CliRun.Of("test", folder["d.csv"], "--target", "y", "x = 1");
        Assert.Contains(expected, run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_of_few_groups_are_those_of_clubSandwich()
    {
        const int Fewest = 9; // digits: eigenvectors are found on both sides
        foreach (var expected in Reference.Json("errors", "reduced.json").EnumerateArray())
        {
            string[] inputs = [.. expected.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()!)];
            var weights = expected.Text("weights");
            string[] asked = [Path.Combine(s_folder, expected.Text("data") + ".csv"), "--target",
                expected.Text("target"), "--input", string.Join(',', inputs), "--json", "--errors",
                expected.Text("errors"), .. weights.Length > 0 ? ["--weight", weights] : Array.Empty<string>()];
            var fit = (await CliRun.Of(["fit", .. asked])).Json();
            foreach (var (found, values) in ((string, string)[])[("standardErrors", "values"),
                ("errorDegreesOfFreedom", "freedom")])
            {
                double[] numbers = [.. fit.GetProperty(found).GetProperty("bias").Numbers(),
                    .. fit.GetProperty(found).GetProperty("weights")[0].Numbers()];
                foreach (var (number, value) in numbers.Zip(expected.GetProperty(values).EnumerateArray()))
                {
                    Assert.InRange(Reference.Digits(number, value.GetRawText()), Fewest, 17);
                }
            }

            var test = (await CliRun.Of(["test", .. asked, expected.Text("hypothesis")])).Json()
                .GetProperty("tests")[0];
            Assert.InRange(Reference.Digits(test.Number("f"), expected.GetProperty("f").GetRawText()), Fewest - 1, 17);
            Assert.InRange(Reference.Digits(test.Number("denominatorDegreesOfFreedom"),
                expected.GetProperty("denominator").GetRawText()), Fewest - 1, 17);
        }
    }

    [Fact]
    public async Task Few_groups_are_said_to_be_few()
    {
        string[] asked = [Path.Combine(s_folder, "mtcars.csv"), "--target", "mpg", "--input", "wt,hp,qsec", "--errors",
            "cluster:carb"];
        var run = await CliRun.Of(["fit", .. asked]);
        Assert.Contains("(CR2)", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("6 groups, which leave some weights only 2 degrees of freedom", run.OneLine(),
            StringComparison.Ordinal);
        var many = await CliRun.Of(["test", .. asked, "bias = 0, wt = 0, hp = 0, qsec = 0"]);
        Assert.Contains("too few groups to test 4 equations at once", string.Join(' ', many.Error.Split('\n')),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lags_are_named_whether_given_or_chosen()
    {
        string[] asked = ["fit", Path.Combine(s_folder, "seatbelts.csv"), "--target", "drivers", "--input",
            "kms,petrol,law", "--errors"];
        var chosen = await CliRun.Of([.. asked, "hac"]);
        Assert.Contains("(Newey and West's, 8 lags, by Andrews' rule)", chosen.OneLine(), StringComparison.Ordinal);
        Assert.Contains("the HAC errors given allow for that up to 8 rows apart", chosen.OneLine(),
            StringComparison.Ordinal);
        Assert.Contains("HAC error", chosen.Output, StringComparison.Ordinal);
        var given = (await CliRun.Of([.. asked, "hac:4", "--json"])).Json();
        Assert.Equal([4], given.GetProperty("errorLags").Numbers());
        Assert.Equal([188], given.GetProperty("errorDegreesOfFreedom").GetProperty("bias").Numbers());
        var test = await CliRun.Of("test", asked[1], "--target", "drivers", "--input", "kms,petrol,law", "--errors",
            "hac", "law = 0");
        Assert.Contains("HAC with 8 lags", test.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicates_and_their_percentiles_are_reported()
    {
        string[] asked = [Path.Combine(s_folder, "mtcars.csv"), "--target", "mpg", "--input", "wt", "--errors",
            "bootstrap:200,3"];
        var report = await CliRun.Of(["fit", .. asked]);
        Assert.Contains("Bootstrap errors (200 replicates, seed 3)", report.OneLine(), StringComparison.Ordinal);
        Assert.Contains("bootstrap error", report.Output, StringComparison.Ordinal);
        var json = (await CliRun.Of(["fit", .. asked, "--json"])).Json();
        Assert.Equal([200, 0], json.GetProperty("errorReplicates").Numbers());
        var (low, high) = json.GetProperty("confidence").GetProperty("weights")[0][0].Numbers() is [var a, var b]
            ? (a, b) : (0, 0);
        var weight = json.GetProperty("weights")[0].Numbers()[0];
        Assert.InRange(weight, low, high);
        Assert.NotEqual(weight - low, high - weight); // no symmetric interval
        var test = await CliRun.Of(["test", .. asked, "wt = -5"]);
        Assert.Contains("bootstrap with 200 replicates, seed 3", test.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_by_order_are_refused_where_there_is_none()
    {
        var path = Path.Combine(s_folder, "mtcars.csv");
        var unordered = await CliRun.Of("fit", "--sql", $"select mpg, wt from '{path}'", "--target", "mpg",
            "--errors", "hac:2");
        Assert.Equal(2, unordered.ExitCode);
        Assert.Contains("end it with ORDER BY", string.Join(' ', unordered.Error.Split('\n')),
            StringComparison.Ordinal);
        var ordered = await CliRun.Of("fit", "--sql", $"select mpg, wt from '{path}' order by wt", "--target", "mpg",
            "--errors", "hac:2", "--json");
        Assert.Equal([2], ordered.Json().GetProperty("errorLags").Numbers());
        var counted = await CliRun.Of("fit", path, "--target", "mpg", "--input", "wt", "--frequency", "carb",
            "--errors", "hac");
        Assert.Equal(2, counted.ExitCode);
        Assert.Contains("stand for several", string.Join(' ', counted.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_are_told_by_text_as_by_numbers_and_named_in_the_report()
    {
        using var folder = new TemporaryFolder();
        var (path, rows) = (folder["chicks.csv"], File.ReadAllLines(Path.Combine(s_folder, "chicks.csv")));
        await File.WriteAllLinesAsync(path, [rows[0], .. rows[1..].Select(Named)],
            TestContext.Current.CancellationToken);
        string[] columns = ["--target", "weight", "--input", "time,diet"];
        var byText = (await CliRun.Of(["fit", path, .. columns, "--errors", "cluster:chick", "--json"])).Json();
        var byNumber = (await CliRun.Of(["fit", Path.Combine(s_folder, "chicks.csv"), .. columns, "--errors",
            "cluster:chick", "--json"])).Json();
        Assert.Equal([50], byText.GetProperty("errorGroups").Numbers());
        Assert.InRange(byText.GetProperty("errorDegreesOfFreedom").GetProperty("bias").Numbers()[0], 38, 39);
        Assert.Equal(byNumber.GetProperty("standardErrors").GetProperty("weights")[0].Numbers(),
            byText.GetProperty("standardErrors").GetProperty("weights")[0].Numbers(), new Near());
        var report = await CliRun.Of(["fit", path, .. columns, "--errors", "cluster:chick"]);
        Assert.Contains("(CR2)", report.OneLine(), StringComparison.Ordinal);
        Assert.Contains("clustered error", report.Output, StringComparison.Ordinal);
        Assert.Contains("(50 groups)", report.OneLine(), StringComparison.Ordinal);
        Assert.Contains("only where these rows are of one group", report.OneLine(), StringComparison.Ordinal);
        var all = await CliRun.Of(["fit", path, "--target", "weight", "--errors", "cluster:chick", "--json"]);
        Assert.Equal(["time", "diet"],
            all.Json().GetProperty("inputs").EnumerateArray().Select(name => name.GetString()));

        static string Named(string row)
        {
            var cells = row.Split(',');
            return string.Join(',', cells[0], cells[1], "chick no " + cells[2], cells[3]);
        }
    }

    [Theory]
    [InlineData("hc5", 2, "--errors holds 'hc5', expected auto, classical, hc0")]
    [InlineData("cluster:", 2, "expected auto, classical")]
    [InlineData("cluster:carb,carb", 2, "expected auto, classical")]
    [InlineData("hac:-1", 2, "expected auto, classical")]
    [InlineData("bootstrap:99", 2, "expected auto, classical")]
    [InlineData("bootstrap:200,x", 2, "expected auto, classical")]
    [InlineData("cr1:", 2, "expected auto, classical")]
    [InlineData("hac:32", 2, "reaches over all 32 rows")]
    [InlineData("cluster:gears", 2, "did you mean 'gear'")]
    [InlineData("cluster:mpg", 2, "is a target")]
    public async Task Errors_that_cannot_be_are_refused(string errors, int code, string message)
    {
        var run = await CliRun.Of("fit", Path.Combine(s_folder, "mtcars.csv"), "--target", "mpg", "--input", "wt",
            "--errors", errors);
        Assert.Equal(code, run.ExitCode);
        Assert.Contains(message, string.Join(' ', run.Error.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_one_group_or_rows_that_cannot_be_read_again_are_refused()
    {
        const string Rows = "x,y,g\n1,2,a\n2,3,a\n3,5,a\n4,6,a\n5,8,a\n6,8,a\n7,10,a\n8,12,a\n";
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["one.csv"], Rows, TestContext.Current.CancellationToken);
        var one = await CliRun.Of("fit", folder["one.csv"], "--target", "y", "--errors", "cluster:g");
        Assert.Equal(3, one.ExitCode);
        Assert.Contains("'g' holds one value", one.Error, StringComparison.Ordinal);
        var piped = await CliRun.WithInput(Rows, "fit", "-", "--target", "y", "--errors", "cluster:g");
        Assert.Equal(3, piped.ExitCode);
        Assert.Contains("cannot be read twice", string.Join(' ', piped.Error.Split('\n')), StringComparison.Ordinal);
        var ridge = await CliRun.Of("fit", folder["one.csv"], "--target", "y", "--input", "x", "--ridge", "1",
            "--errors", "hc3");
        Assert.Equal(2, ridge.ExitCode);
    }

    [Fact]
    public async Task Classical_errors_of_uneven_noise_are_not_said_to_allow_for_it()
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(2);
        await File.WriteAllLinesAsync(folder["uneven.csv"], ["x,y", .. Enumerable.Range(0, 400).Select(_ =>
        {
            var x = random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture, $"{x:R},{x + x * random.NextNormal():R}");
        })], TestContext.Current.CancellationToken);
        await CliRun.Of("fit", folder["uneven.csv"], "--target", "y", "-o", folder["m.json"]);
        var predicted = await CliRun.Of("predict", folder["m.json"], folder["uneven.csv"], "--interval", "new");
        Assert.Contains("Intervals take the noise to be even", predicted.Error, StringComparison.Ordinal);
        var run = await CliRun.Of("fit", folder["uneven.csv"], "--target", "y", "--errors", "classical");
        Assert.DoesNotContain("which allow for noise", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("but not their standard errors", run.OneLine(), StringComparison.Ordinal);
    }

    private static JsonElement Expected() =>
        Reference.Json("errors", "errors.json");

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double left, double right) => Math.Abs(left - right) <= 1e-12 * Math.Abs(left);

        public int GetHashCode(double value) => 0;
    }

    [Fact]
    public async Task Rows_without_a_group_are_told_where_rows_that_lack_a_value_are_left_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y,school\n" + string.Concat(Enumerable.Range(0, 30).Select(i =>
            FormattableString.Invariant($"{i},{2 * i + i * i % 5},{(i % 10 == 4 ? "" : "s" + i % 6)}\n"))));
        string[] args = ["fit", folder["d.csv"], "--target", "y", "--input", "x", "--missing", "drop", "--errors",
            "cluster:school"];
        var run = await CliRun.Of(args);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("3 rows of the fit lack a value in 'school'", run.Error, StringComparison.Ordinal);
        Assert.Contains("--where '\"school\" is not null'", run.Error, StringComparison.Ordinal);
        run = await CliRun.Of([.. args, "--where", "\"school\" is not null"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("27 rows", run.Output, StringComparison.Ordinal);
    }
}

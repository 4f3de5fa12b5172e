using System.Text.Json;
using static Plumb.Tests.Cli.Parameters;

namespace Plumb.Tests.Cli;

public sealed class ExplainTests
{
    private const double Exact = 1e-12;
    private const string Plain = """{"weights": [[1,2,3],[4,5,6]], "bias": [7,8]}""";

    [Fact]
    public async Task Json_has_the_properties_of_its_schema_in_their_order()
    {
        var (explanation, _, _) = await SinglePoint(seed: 1);
        Golden.Verify("explain-json-names", JsonNames.Of(explanation));
    }

    [Fact]
    public async Task Report_on_a_single_point_says_why_more_steps_will_not_help()
    {
        using var folder = new TemporaryFolder();
        await TrainOnOnePoint(folder, seed: 1);
        var run = await CliRun.Of("explain", folder["m.json"], folder["d.csv"], "--truth", folder["truth.json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Verify("explain", run.Output.Replace(folder["."][..^1], ""));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Limit_of_a_single_point_is_the_closed_form(int seed)
    {
        // W0 + r x' / (1 + |x|^2) and b0 + r / (1 + |x|^2), r = y - W0 x - b0.
        var (explanation, train, row) = await SinglePoint(seed);
        var (x, y) = (row[..3], row[3..]);
        var length = 1 + x.Sum(value => value * value);
        var (initial, limit) = (train.Parameters("initial"), explanation.Parameters("limit"));
        for (var t = 0; t < 3; t++)
        {
            var r = y[t] - Predict(initial[t], x);
            for (var j = 0; j < 4; j++)
            {
                Assert.Equal(initial[t][j] + r * (j < 3 ? x[j] : 1) / length, limit[t][j], Exact);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Causes_of_a_single_point_add_up_to_the_gap(int seed)
    {
        var (explanation, train, _) = await SinglePoint(seed);
        Assert.Equal(("plumb.explain/1", 1, 3, 1, "truth"),
            (explanation.Text("schema"), explanation.Number("rows"), explanation.Number("freeDirections"),
                explanation.Number("identifiedDirections"), explanation.Text("reference")));
        AssertAddsUp(explanation);
        AssertSame(Difference(train.Parameters("learned"), train.Parameters("truth")), explanation.Parameters("gap"),
            Exact);
        Assert.Equal(["not-identified", "not-converged", "noise"],
            Causes(explanation).Select(cause => cause.Text("code")));
        Assert.Equal("not-identified", Causes(explanation).MaxBy(cause => cause.Number("norm")).Text("code"));
        Assert.Equal(train.Number("distanceToLimit"), Causes(explanation)[1].Number("norm"), Exact);
        Assert.InRange(Causes(explanation)[2].Number("norm"), 0, 1e-15); // there is none
        Assert.Equal(Norm(explanation.Parameters("gap")), explanation.GetProperty("gap").Number("norm"), 1e-15);
        Assert.Equal(["not-identified", "not-converged"], explanation.Codes());
        Assert.Contains("the data determine only 1 of 4 directions per target", explanation.Text("verdict"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Not_identified_part_lies_where_the_point_cannot_see_it(int seed)
    {
        var (explanation, _, row) = await SinglePoint(seed);
        Assert.All(Causes(explanation)[0].Parameters(), target => Assert.Equal(0, Predict(target, row[..3]), Exact));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Twin_is_another_map_with_the_same_predictions(int seed)
    {
        var (explanation, train, row) = await SinglePoint(seed);
        var (twin, learned) = (explanation.Parameters("twin"), train.Parameters("learned"));
        Assert.All(Difference(twin, learned), target => Assert.Equal(0, Predict(target, row[..3]), 1e-14));
        Assert.InRange(Norm(Difference(twin, learned)), 0.5, 100);
        Assert.InRange(explanation.GetProperty("twin").Number("largestPredictionDifference"), 0, 1e-14);
    }

    [Fact]
    public async Task Plain_weights_and_bias_from_elsewhere_are_explained()
    {
        using var folder = await Simulated();
        var explanation = await Explain(folder, folder.Write("plain.json", Plain));
        Assert.Equal("limit", explanation.Text("reference"));
        Assert.Equal(JsonValueKind.Null, explanation.GetProperty("twin").ValueKind);
        Assert.Equal((0, 4), (explanation.Number("freeDirections"), explanation.Number("identifiedDirections")));
        Assert.Equal(["not-converged"], Causes(explanation).Select(cause => cause.Text("code")));
        AssertAddsUp(explanation);
        AssertSame((await Fit(folder)).Parameters(), explanation.Parameters("limit"), 0);
        AssertSame(Difference([[1, 2, 3, 7], [4, 5, 6, 8]], explanation.Parameters("limit")),
            explanation.Parameters("gap"), 1e-15);
    }

    [Fact]
    public async Task Columns_of_a_model_from_elsewhere_are_matched_by_name()
    {
        using var folder = await Simulated();
        var path = folder.Write("m.json",
            """{"inputs": ["x3","x1"], "targets": ["y2"], "weights": [[1,2]], "bias": [3]}""");
        var explanation = await Explain(folder, path);
        var fit = (await CliRun.Of("fit", folder["d.csv"], "--target", "y2", "--input", "x3,x1", "--json")).Json();
        AssertSame(Difference([[1, 2, 3]], fit.Parameters()), explanation.Parameters("gap"), 1e-15);
        AssertSame(fit.Parameters("standardErrors"), explanation.Parameters("standardErrors"), 0);
    }

    [Fact]
    public async Task Noise_is_the_best_fit_less_the_truth()
    {
        using var folder = await Simulated();
        var fit = await Fit(folder, "-o", folder["m.json"]);
        var explanation = await Explain(folder, folder["m.json"], "--truth", folder["truth.json"]);
        Assert.Equal(["arithmetic", "noise"], Causes(explanation).Select(cause => cause.Text("code")));
        Assert.Equal(0, Causes(explanation)[0].Number("norm")); // the fit is the best fit, to the bit
        AssertSame(explanation.Parameters("gap"), Causes(explanation)[1].Parameters(), 0);
        AssertAddsUp(explanation);
        AssertSame(fit.Parameters("standardErrors"), explanation.Parameters("standardErrors"), 0);
        Assert.Equal(["noise"], explanation.Codes());
    }

    [Fact]
    public async Task Ridge_model_is_explained_by_its_objective()
    {
        using var folder = await Simulated();
        var ridge = await Fit(folder, "--ridge", "3", "-o", folder["m.json"]);
        foreach (var truth in new[] { false, true })
        {
            var explanation = await Explain(folder, folder["m.json"], truth ? ["--truth", folder["truth.json"]] : []);
            var codes = Causes(explanation).Select(cause => cause.Text("code"));
            Assert.Equal(truth ? ["objective", "arithmetic", "noise"] : ["objective", "arithmetic"], codes);
            AssertSame(Difference(ridge.Parameters(), (await Fit(folder)).Parameters()),
                Causes(explanation)[0].Parameters(), 1e-15);
            AssertAddsUp(explanation);
            Assert.Contains("the ridge penalty 3", explanation.Text("verdict"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ridge_of_a_model_from_elsewhere_is_recognised_and_told_by_the_option()
    {
        using var folder = await Simulated();
        var ridge = await Fit(folder, "--ridge", "3");
        var (weights, bias) = (ridge.GetProperty("weights").GetRawText(), ridge.GetProperty("bias").GetRawText());
        var path = folder.Write("m.json", $$"""{"weights": {{weights}}, "bias": {{bias}}}""");
        var recognised = await Explain(folder, path);
        Assert.Equal(["objective", "arithmetic"], Causes(recognised).Select(cause => cause.Text("code")));
        Assert.Equal(3, recognised.GetProperty("origin").GetProperty("parameters").Number("penalty"), 1e-9);
        Assert.Equal(["objective", "arithmetic"],
            Causes(await Explain(folder, path, "--ridge", "3")).Select(cause => cause.Text("code")));
        var other = await Explain(folder, path, "--ridge", "2");
        Assert.Equal(["objective", "not-converged"], Causes(other).Select(cause => cause.Text("code")));
        AssertAddsUp(other);
    }

    [Fact]
    public async Task Truth_is_explained_as_the_truth()
    {
        using var folder = await Simulated();
        var explanation = await Explain(folder, folder["truth.json"], "--truth", folder["truth.json"]);
        Assert.Equal("Your W and b are the true ones, to rounding.", explanation.Text("verdict"));
        AssertAddsUp(explanation);
    }

    [Fact]
    public async Task Dependent_inputs_leave_a_twin_and_both_directions_counted()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "a,b,y\n1,2,3\n2,4,4\n3,6,7\n4,8,8\n"); // b = 2 a
        var path = folder.Write("m.json",
            """{"inputs": ["a","b"], "targets": ["y"], "weights": [[5,-1]], "bias": [0.5]}""");
        var explanation = await Explain(folder, path);
        Assert.Equal((1, 2), (explanation.Number("freeDirections"), explanation.Number("identifiedDirections")));
        var twin = explanation.Parameters("twin")[0];
        Assert.Equal(3, twin[0] + 2 * twin[1]); // the slope along the rows is the candidate's
        Assert.Equal(0.5, twin[2]);
        Assert.Contains("not-identified", explanation.Codes());
        AssertAddsUp(explanation);
    }

    [Fact]
    public async Task Model_or_data_may_be_standard_input()
    {
        using var folder = await Simulated();
        var plain = folder.Write("plain.json", Plain);
        var read = await CliRun.Of("explain", plain, folder["d.csv"], "--json");
        Assert.Equal(read, await CliRun.WithInput(Plain, "explain", "-", folder["d.csv"], "--json"));
        Assert.Equal(read,
            await CliRun.WithInput(await File.ReadAllTextAsync(folder["d.csv"], TestContext.Current.CancellationToken),
                "explain", plain, "-", "--json"));
    }

    [Theory]
    [InlineData("- -", 2, "MODEL and DATA are both standard input")]
    [InlineData("plain.json", 2,
        "DATA is missing, expected a file, - for standard input, or a query after --sql; see 'plumb explain --help'.")]
    [InlineData("plain.json d.csv --ridge -1", 2, "--ridge holds '-1', expected a number of 0 or more")]
    [InlineData("none.json d.csv", 3, "none.json: there is no such file")]
    [InlineData("plain.json none.csv", 3, "none.csv: there is no such file")]
    [InlineData("d.csv plain.json", 2,
        "DATA is plain.json, expected the rows that the map was learned from; give MODEL first, then DATA.")]
    [InlineData("wide.json d.csv", 3,
        "d.csv: has no column 'x4', which wide.json names, among its columns x1, x2, x3, y1, y2; rename the column,")]
    [InlineData("typo.json d.csv", 3, "d.csv: has no column 'x33', which typo.json names; did you mean 'x3'?")]
    [InlineData("strange.json d.csv", 3,
        "d.csv: has no column 'load', which strange.json names, among its columns x1, x2, x3, y1, y2; rename the "
            + "column, or set \"inputs\" and \"targets\" in the model.")]
    [InlineData("plain.json d.csv --truth none.json", 3, "none.json: there is no such file")]
    [InlineData("plain.json d.csv --truth wide.json", 3,
        "wide.json: has 4 inputs and 2 targets, but the data have 3 and 2; take a model of that shape.")]
    [InlineData("plain.json d.csv --truth strange.json", 3,
        "strange.json: has no target 'y1', among its targets load, y2; rename it there, or take another model.")]
    public async Task Run_that_fails_says_why_in_one_line(string words, int exitCode, string message)
    {
        using var folder = await Simulated();
        folder.Write("plain.json", Plain);
        folder.Write("wide.json", """{"weights": [[1,2,3,4],[5,6,7,8]], "bias": [9,10]}""");
        folder.Write("typo.json",
            """{"inputs": ["x1","x2","x33"], "targets": ["y1","y2"], "weights": [[1,2,3],[4,5,6]], "bias": [7,8]}""");
        folder.Write("strange.json",
            """{"inputs": ["x1","x2","x3"], "targets": ["load","y2"], "weights": [[1,2,3],[4,5,6]], "bias": [7,8]}""");
        var run =
            await CliRun.Of(["explain", .. words.Split(' ').Select(word => word.Contains('.') ? folder[word] : word)]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error.Replace(folder["."][..^1], ""), StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    /// <summary>1000 steps on one point, explained with the truth known.</summary>
    private static async Task<(JsonElement Explanation, JsonElement Train, double[] Row)> SinglePoint(int seed)
    {
        using var folder = new TemporaryFolder();
        var train = await TrainOnOnePoint(folder, seed);
        var explanation = await Explain(folder, folder["m.json"], "--truth", folder["truth.json"]);
        var row = (await File.ReadAllLinesAsync(folder["d.csv"], TestContext.Current.CancellationToken))[1].Split(',')
            .Select(Reference.Number);
        return (explanation, train, [.. row]);
    }

    private static async Task<JsonElement> TrainOnOnePoint(TemporaryFolder folder, int seed)
    {
        var text = FormattableString.Invariant($"{seed}");
        await CliRun.Of("simulate", "--inputs", "3", "--outputs", "3", "--rows", "1", "--seed", text, "-o",
            folder["d.csv"], "--truth", folder["truth.json"]);
        var train = await CliRun.Of(
            "train", folder["d.csv"], "--target", "y1,y2,y3", "--loss", "sum", "--learning-rate", "0.001", "--steps",
            "1000", "--seed", text, "--truth", folder["truth.json"], "-o", folder["m.json"], "--json");
        Assert.Equal((0, ""), (train.ExitCode, train.Error));
        return train.Json();
    }

    /// <summary>40 noisy rows, 3 inputs, 2 targets, in d.csv; their truth in truth.json.</summary>
    private static async Task<TemporaryFolder> Simulated()
    {
        var folder = new TemporaryFolder();
        await CliRun.Of("simulate", "--inputs", "3", "--outputs", "2", "--rows", "40", "--noise", "0.1", "-o",
            folder["d.csv"], "--truth", folder["truth.json"]);
        return folder;
    }

    private static async Task<JsonElement> Explain(TemporaryFolder folder, string model, params string[] words)
    {
        var run = await CliRun.Of(["explain", model, folder["d.csv"], .. words, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json();
    }

    private static async Task<JsonElement> Fit(TemporaryFolder folder, params string[] words) =>
        (await CliRun.Of(["fit", folder["d.csv"], "--target", "y1,y2", .. words, "--json"])).Json();

    private static List<JsonElement> Causes(JsonElement explanation) =>
        [.. explanation.GetProperty("causes").EnumerateArray()];

    private static void AssertAddsUp(JsonElement explanation)
    {
        var rest = Causes(explanation).Aggregate(explanation.Parameters("gap"),
            (left, cause) => Difference(left, cause.Parameters()));
        Assert.All(rest, row => Assert.All(row, value => Assert.InRange(value, -Exact, Exact)));
        Assert.All(Causes(explanation),
            cause =>
                Assert.Equal(Norm(cause.Parameters()), cause.Number("norm"),
                    1e-14 * Math.Max(1, cause.Number("norm"))));
    }
}

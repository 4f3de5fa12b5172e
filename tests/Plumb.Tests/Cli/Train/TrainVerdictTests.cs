using System.Globalization;
using System.Text.RegularExpressions;
using static Plumb.Tests.Cli.TrainRuns;

namespace Plumb.Tests.Cli;

/// <summary>What 'plumb train' says of where training ended, why, and what to do next.</summary>
public sealed partial class TrainVerdictTests
{
    [Fact]
    public async Task Weight_decay_is_named_as_what_keeps_training_from_the_best_fit()
    {
        using var folder = await Simulated("0");
        var train = await Train(folder, "--weight-decay", "0.1");
        Assert.Equal("stepLimit", train.Text("outcome"));
        Assert.Contains("weight decay keeps W and b from the best fit", train.Text("verdict"),
            StringComparison.Ordinal);
        Assert.Equal("train without the weight decay 0.1, if unbiased weights are wanted.", train.Text("next"));
    }

    [Theory]
    [InlineData("--loss mean")]
    [InlineData("--loss sum --standardize")]
    [InlineData("--loss half-mean --optimizer momentum")]
    [InlineData("--loss sum --batch 10")]
    public async Task Weight_decay_is_a_cause_by_itself_once_training_is_where_it_leads(string words)
    {
        using var folder = await Simulated("0.01");
        var run =
            await CliRun.Of(["train", folder["d.csv"], "--target", "y1,y2", "--weight-decay", "0.1", "--steps", "20000",
                "--explain", .. words.Split(' ')]);
        Assert.Contains("away from the best fit because of the weight decay 0.1", Unwrapped(run.Output),
            StringComparison.Ordinal);
        var parts = GapLine().Match(run.Output);
        var (whole, rest) =
            (double.Parse(parts.Groups["whole"].Value, CultureInfo.InvariantCulture),
                double.Parse(parts.Groups["rest"].Value, CultureInfo.InvariantCulture));
        // Batches keep it moving.
        Assert.True(rest < (words.Contains("batch", StringComparison.Ordinal) ? 0.1 : 1e-9) * whole, parts.Value);
    }

    [Fact]
    public async Task Early_stop_is_what_keeps_training_from_the_best_fit()
    {
        using var folder = await Simulated("1");
        var train = await Train(folder, "--holdout", "0.3", "--patience", "3", "--learning-rate", "0.05");
        Assert.Equal("train without the early stop by held-out rows, if unbiased weights are wanted.",
            train.Text("next"));
    }

    [Theory]
    [InlineData("x1,x2,y\n1,2,3\n")]
    [InlineData("x1,x2,y\n1,2,3\n2,4,6\n3,6,10\n4,8,13\n")] // x2 = 2 x1
    // The 8th row is far off.
    [InlineData("x1,y\n1,1.1\n2,1.9\n3,3.1\n4,3.9\n5,5.1\n6,5.9\n7,7.1\n8,80\n9,9.1\n10,9.9\n")]
    public async Task Next_is_what_explain_says_where_more_training_is_not(string data)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", data);
        var train = await CliRun.Of("train", folder["d.csv"], "--target", "y", "--explain", "-o", folder["m.json"]);
        var explain = await CliRun.Of("explain", folder["m.json"], folder["d.csv"]);
        Assert.Equal((0, 0), (train.ExitCode, explain.ExitCode));
        Assert.Equal(Last(explain.Output), Last(train.Output));

        static string Last(string output) =>
            Unwrapped(output)[Unwrapped(output).LastIndexOf("Next: ", StringComparison.Ordinal)..];
    }

    [Fact]
    public async Task Batches_at_a_rate_too_small_are_told_the_rate_that_arrives()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0,
            (await CliRun.Of("simulate", "--inputs", "3", "--outputs", "3", "--rows", "10000", "-o",
                folder["d.csv"])).ExitCode);
        string[] question = ["--target", "y1,y2,y3", "--loss", "sum", "--batch", "1"];
        var train = await Run(folder, [.. question, "--learning-rate", "0.001"]);
        Assert.Contains("as the spectrum predicts: rate 0.001 is too small for 10 000 steps", train.Text("verdict"),
            StringComparison.Ordinal);
        Assert.Equal(1, train.GetProperty("predicted").Number("distanceToLimit") / train.Number("distanceToLimit"),
            0.05);
        Assert.StartsWith("train with --learning-rate auto: ", train.Text("next"), StringComparison.Ordinal);
        Assert.Equal("converged", (await Run(folder, [.. question, "--learning-rate", "auto"])).Text("outcome"));
    }

    [Theory]
    [InlineData("x,y\n1,1e200\n2,2e200\n3,3.5e200\n",
        "'y' is so large that its squares overflow; divide it by a power of ten")]
    [InlineData("x,y\n1e200,1\n2e200,2\n3e200,3.5\n",
        "squares of inputs overflow; train with --standardize --init zero")]
    public async Task Loss_that_overflows_is_not_called_divergence(string data, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", data);
        foreach (var batch in new[] { "full", "1" })
        {
            var run = await CliRun.Of("train", folder["d.csv"], "--target", "y", "--batch", batch);
            Assert.Equal((4, ""), (run.ExitCode, run.Output));
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("small eigenvalue", "full", "what is left lies along the smallest eigenvalue, ")]
    [InlineData("small eigenvalue", "4", "what is left lies along the smallest eigenvalue, ")]
    [InlineData("noise", "4", "batches of 4 keep W and b moving")]
    [InlineData("rounding", "4", "that is the rounding of steps in double precision")]
    public async Task Plateau_is_told_by_what_it_comes_from(string kind, string batch, string expected)
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(1);
        var rows = Enumerable.Range(0, 40).Select(_ =>
        {
            var (x1, other) = (random.NextNormal(), random.NextNormal());
            var x2 = kind == "small eigenvalue" ? x1 + 0.001 * other : other;
            return string.Create(CultureInfo.InvariantCulture,
                $"{x1:R},{x2:R},{x1 - 2 * x2 + (kind == "noise" ? random.NextNormal() : 0):R}");
        });
        folder.Write("d.csv", "x1,x2,y\n" + string.Join('\n', rows) + "\n");
        string[] pace = kind == "rounding" ? ["--learning-rate", "0.0005", "--steps", "200000"]
            : ["--learning-rate", "0.1", "--steps", "20000"];
        var train = await Run(folder, ["--target", "y", "--batch", batch, "--tolerance", "0", .. pace]);
        Assert.Contains(expected, train.Text("verdict"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ends_with_what_to_do_next_after_the_explanation()
    {
        using var folder = await Simulated("0.1");
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--steps", "100", "--explain",
            "--truth", folder["truth.json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Verify("train-explain", run.Output.Replace(folder["d.csv"], "d.csv"));
    }

    [Fact]
    public async Task Next_is_a_command_that_finishes()
    {
        using var folder = await Simulated("0.1");
        var train = await Train(folder, "--learning-rate", "0.01", "--steps", "10");
        Assert.StartsWith("train with --", train.Text("next"), StringComparison.Ordinal);
        var words = train.Text("next").Split(':')[0].TrimEnd('.').Split(' ')[2..];
        Assert.Equal("converged", (await Train(folder, words)).Text("outcome"));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("cg")]
    [InlineData("lbfgs")]
    [InlineData("sgd --standardize")]
    public async Task Offset_of_billions_hides_no_slope_that_is_wrong(string method)
    {
        // y = 8.1e9 + 0.5 x: one length over all parameters let slopes of 6.5 and -0.9 pass.
        using var folder = new TemporaryFolder();
        var data = Training("big_offset.csv");
        var train =
            await JsonOf(["train", data, "--target", "y", "-o", folder["m.json"], "--optimizer", .. method.Split(' ')]);
        Assert.Equal("converged", train.Text("outcome"));
        // A number near 8.1e9 has no more digits.
        Assert.Equal(0.4998196, train.Parameters("learned")[0][0], 0.05 * 0.000487);
        Assert.Contains("Training has converged: W and b are the best fit's.", train.Text("verdict"),
            StringComparison.Ordinal);
        var explain = await JsonOf("explain", folder["m.json"], data);
        Assert.StartsWith("Your W and b are the best fit", explain.Text("verdict"), StringComparison.Ordinal);
        Assert.Equal(train.GetProperty("convergence").GetRawText(), explain.GetProperty("convergence").GetRawText());
        Assert.Equal(train.Text("next"), explain.Text("next"));

        var brief = await JsonOf("train", data, "--target", "y", "--steps", "150", "-o", folder["m.json"]);
        Assert.Equal("stepLimit", brief.Text("outcome"));
        Assert.Matches(
            "Training has not converged: the (weight of x for|bias of) 'y' is still [0-9.e]+ standard errors from the "
                + "best fit's", brief.Text("verdict"));
        Assert.Contains("training has not converged", (await JsonOf("explain", folder["m.json"], data)).Text("verdict"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Small_target_beside_a_large_one_is_judged_by_itself()
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(3);
        var rows = Enumerable.Range(0, 30).Select(_ =>
        {
            var x = random.NextNormal();
            return string.Create(CultureInfo.InvariantCulture,
                $"{x:R},{1e12 * (x + 0.1 * random.NextNormal()):R},{1e-12 * (3 - x + 0.1 * random.NextNormal()):R}");
        });
        folder.Write("d.csv", "x,large,small\n" + string.Join('\n', rows) + "\n");
        foreach (var steps in new[] { 1, 3, 5, 10, 20, 40, 80 })
        {
            var train =
                await Run(folder, "--target", "large,small", "--steps", FormattableString.Invariant($"{steps}"));
            var (best, learned) = (train.Parameters("leastSquares"), train.Parameters("learned"));
            var isConverged = train.Text("outcome") == "converged";
            Assert.Equal(isConverged,
                train.GetProperty("convergence").EnumerateArray()
                    .All(target => target.Text("status") is "withinTolerance" or "toRounding"));
            Assert.True(!isConverged || Math.Abs(learned[1][0] - best[1][0]) < 1e-3 * Math.Abs(best[1][0]),
                FormattableString.Invariant($"{steps}: {learned[1][0]} for {best[1][0]}"));
        }

        Assert.Equal("converged", (await Run(folder, "--target", "large,small")).Text("outcome"));
    }

    [Theory]
    [InlineData("sgd_bias_100.csv --target y --learning-rate 1e-6 --batch 1 --steps 20000 --init zero")]
    [InlineData("bias_never_moves.csv --target y --learning-rate 1e-5 --steps 100")]
    [InlineData("identity_100.csv --target Result --steps 1000")]
    [InlineData("far_from_zero.csv --target y --loss sum --learning-rate 0.01 --steps 1000")]
    public async Task Standardizing_is_advised_where_it_saves_nearly_all_steps(string words)
    {
        string[] given = words.Split(' ');
        var run = await CliRun.Of(["train", Training(given[0]), .. given[1..], "--json"]);
        var next = run.Json().Text("next");
        Assert.Matches(
            "^train with --standardize(?: --learning-rate auto)?: [0-9]+ steps(?: in the mean)? instead of [0-9 "
                + ".e]+\\.$", next);

        // The advice in place of what it replaces.
        var advice = next.Split(':')[0].Split(' ')[2..];
        var rest = advice.Contains("--learning-rate")
            ? given[1..].Where((_, i) => given[i + 1] != "--learning-rate" && given[i] != "--learning-rate").ToArray()
            : given[1..];
        Assert.Equal("converged", (await JsonOf(["train", Training(given[0]), .. rest, .. advice])).Text("outcome"));
    }

    [Fact]
    public async Task Verdict_agrees_with_explain_where_a_smaller_tolerance_was_asked_for()
    {
        using var folder = await Simulated("0.1");
        var least = (await Train(folder)).Number("steps");
        var train = await Train(folder, "--tolerance", "1e-9", "--steps", FormattableString.Invariant($"{least}"), "-o",
            folder["m.json"]);
        Assert.Equal("stepLimit", train.Text("outcome"));
        Assert.Matches(
            "^Training has converged: W and b are the best fit's to a hundredth of their standard errors; [0-9 ]+ more "
                + "steps would bring them within the tolerance", train.Text("verdict"));
        Assert.StartsWith("Your W and b are the best fit",
            (await JsonOf("explain", folder["m.json"], folder["d.csv"])).Text("verdict"), StringComparison.Ordinal);
    }

    private static string Training(string file) => Path.Combine(AppContext.BaseDirectory, "data", "training", file);

    private static string Unwrapped(string output) => output.ReplaceLineEndings(" ");

    [GeneratedRegex("Gap (?<whole>[^:]+): objective [^,]+, [a-z ]+ (?<rest>[0-9.e-]+) ")]
    private static partial Regex GapLine();
}

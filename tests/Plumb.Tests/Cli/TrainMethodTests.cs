using System.Text.Json;
using static Plumb.Tests.Cli.Parameters;

namespace Plumb.Tests.Cli;

/// <summary>The ways in which 'plumb train' trains, and how they end.</summary>
public sealed class TrainMethodTests
{
    public static TheoryData<string> Methods { get; } = [.. Optimizer.All.Select(optimizer => optimizer.Name), "cg", "lbfgs"];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Every_method_recovers_the_truth_of_exact_data(string method)
    {
        using var folder = await Simulated("0");
        string[] rate = method switch
        {
            "adam" or "adamw" or "rmsprop" => ["--learning-rate", "0.1", "--schedule", "exponential:0.998"],
            "adagrad" => ["--learning-rate", "0.5"], // its rates shrink by themselves
            _ => [],
        };
        string[] decay = method == "adamw" ? ["--weight-decay", "0"] : [];
        var train = await Train(folder, ["--optimizer", method, "--steps", "20000", "--tolerance", "1e-6", "--truth", folder["truth.json"], .. rate, .. decay]);
        Assert.Equal("converged", train.Text("outcome"));
        AssertSame(train.Parameters("truth"), train.Parameters("learned"), 1e-5);
        Assert.StartsWith("nothing: believe it", train.Text("next"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    public async Task A_billion_steps_are_answered_at_once(string optimizer)
    {
        var train = await Energy("--optimizer", optimizer, "--steps", "1000000000", "--init", "zero");
        Assert.Equal((1e9, "stepLimit"), (train.Number("steps"), train.Text("outcome")));
        Assert.Equal(train.GetProperty("predicted").Number("distanceToLimit"), train.Number("distanceToLimit"), 1e-9 * train.Number("distanceToLimit"));
        Assert.StartsWith("train with --standardize: ", train.Text("next"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("32")]
    public async Task Standardized_inputs_need_few_steps_and_give_the_map_in_the_units_of_the_data(string batch)
    {
        var train = await Energy("--standardize", "--steps", "20000", "--batch", batch, "--optimizer", "sgd");
        var (distance, size) = (train.Number("distanceToLimit"), Norm(train.Parameters("limit")));
        Assert.True(distance < (batch == "full" ? 1e-6 : 0.2) * size, $"{distance} of {size}");
    }

    [Fact]
    public async Task Standardized_training_on_dependent_inputs_stays_where_the_data_leave_it()
    {
        var train = await Energy("--standardize", "--steps", "20000");
        Assert.Equal("converged", train.Text("outcome"));
        Assert.StartsWith("collect rows where 'surface_area = wall_area + 2 roof_area' does not hold", train.Text("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adam_moves_along_free_directions_and_the_report_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x1,x2,y\n1,2,3\n2,4,6\n3,6,10\n4,8,13\n"); // x2 = 2 x1
        var adam = await Run(folder, "--target", "y", "--optimizer", "adam", "--learning-rate", "0.1", "--schedule", "exponential:0.998", "--steps", "20000", "--tolerance", "1e-6");
        Assert.Equal("converged", adam.Text("outcome"));
        Assert.True(adam.Number("freeMovement") > 0.01);
        Assert.Contains("adam has moved W and b by", adam.Text("verdict"), StringComparison.Ordinal);
        Assert.True((await Run(folder, "--target", "y")).Number("freeMovement") < 1e-14);
    }

    [Fact]
    public async Task Held_out_rows_stop_training_where_they_are_predicted_best()
    {
        using var folder = await Simulated("1");
        var train = await Train(folder, "--holdout", "0.3", "--patience", "3", "--learning-rate", "0.05", "--steps", "5000");
        Assert.Equal("earlyStopped", train.Text("outcome"));
        Assert.Equal(35, train.Number("rows"));
        var (steps, least) = ((int)train.Number("steps"), train.Number("heldOutLoss"));
        foreach (var other in new[] { steps - 1, steps + 1, steps + 3 })
        {
            var there = await Train(folder, "--holdout", "0.3", "--patience", "1000000", "--learning-rate", "0.05", "--tolerance", "0", "--steps", other.ToString(null as IFormatProvider));
            Assert.True(there.Number("heldOutLoss") >= least);
        }
    }

    [Fact]
    public async Task Time_ends_training()
    {
        using var folder = await Simulated("1");
        var train = await Train(folder, "--batch", "1", "--steps", "9000000000", "--time", "0.05", "--tolerance", "0");
        Assert.Equal("timeLimit", train.Text("outcome"));
        Assert.InRange(train.Number("steps"), 1, 8e9);
    }

    [Fact]
    public async Task Weight_decay_is_named_as_what_keeps_training_from_the_best_fit()
    {
        using var folder = await Simulated("0");
        var train = await Train(folder, "--weight-decay", "0.1");
        Assert.Equal("stepLimit", train.Text("outcome"));
        Assert.Contains("weight decay keeps W and b from the best fit", train.Text("verdict"), StringComparison.Ordinal);
        Assert.StartsWith("leave out --weight-decay", train.Text("next"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("small eigenvalue", "full", "what is left lies along the least eigenvalue, ")]
    [InlineData("small eigenvalue", "4", "what is left lies along the least eigenvalue, ")]
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
            return FormattableString.Invariant($"{x1:R},{x2:R},{x1 - 2 * x2 + (kind == "noise" ? random.NextNormal() : 0):R}");
        });
        folder.Write("d.csv", "x1,x2,y\n" + string.Join('\n', rows) + "\n");
        var train = await Run(folder, "--target", "y", "--batch", batch, "--learning-rate", "0.1", "--steps", "20000", "--tolerance", "0");
        Assert.Contains(expected, train.Text("verdict"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_ends_with_what_to_do_next_after_the_explanation()
    {
        using var folder = await Simulated("0.1");
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--steps", "100", "--explain", "--truth", folder["truth.json"]);
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

    private static async Task<TemporaryFolder> Simulated(string noise)
    {
        var folder = new TemporaryFolder();
        var run = await CliRun.Of("simulate", "--inputs", "3", "--outputs", "2", "--rows", "50", "--noise", noise, "-o", folder["d.csv"], "--truth", folder["truth.json"]);
        Assert.Equal(0, run.ExitCode);
        return folder;
    }

    private static Task<JsonElement> Train(TemporaryFolder folder, params string[] words) => Run(folder, ["--target", "y1,y2", .. words]);

    private static Task<JsonElement> Run(TemporaryFolder folder, params string[] words) => Json(["train", folder["d.csv"], .. words]);

    private static Task<JsonElement> Energy(params string[] words) =>
        Json(["train", Path.Combine(Repository.Root, "samples", "energy.csv"), "--target", "heating_load,cooling_load", .. words]);

    private static async Task<JsonElement> Json(params string[] words)
    {
        var run = await CliRun.Of([.. words, "--json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json();
    }
}

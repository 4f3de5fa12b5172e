using System.Text.Json;
using static Plumb.Tests.Cli.Parameters;
using static Plumb.Tests.Cli.TrainRuns;

namespace Plumb.Tests.Cli;

/// <summary>The ways in which 'plumb train' trains.</summary>
public sealed class TrainMethodTests
{
    public static TheoryData<string> Methods { get; } = [.. Optimizer.All.Select(optimizer => optimizer.Name), "cg",
        "lbfgs"];

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
        var train =
            await Train(folder,
                ["--optimizer", method, "--steps", "20000", "--truth", folder["truth.json"], .. rate, .. decay]);
        Assert.Equal("converged", train.Text("outcome"));
        AssertSame(train.Parameters("truth"), train.Parameters("learned"), 1e-5);
        Assert.Equal("nothing: W and b are the true ones.", train.Text("next"));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    public async Task A_billion_steps_are_answered_at_once(string optimizer)
    {
        var train = await Energy("--optimizer", optimizer, "--steps", "1000000000", "--init", "zero");
        Assert.Equal((1e9, "stepLimit"), (train.Number("steps"), train.Text("outcome")));
        Assert.Equal(train.GetProperty("predicted").Number("distanceToLimit"), train.Number("distanceToLimit"),
            1e-9 * train.Number("distanceToLimit"));
        // No step can make up for that.
        Assert.StartsWith("collect rows where 'surface_area = wall_area + 2 roof_area' does not hold",
            train.Text("next"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("32")]
    public async Task Standardized_inputs_need_few_steps_and_give_the_map_in_the_units_of_the_data(string batch)
    {
        var train = await Energy("--standardize", "--steps", "20000", "--batch", batch, "--optimizer", "sgd",
            "--tolerance", "1e-6");
        var (distance, size) = (train.Number("distanceToLimit"), Norm(train.Parameters("limit")));
        Assert.True(distance < (batch == "full" ? 1e-6 : 0.2) * size, $"{distance} of {size}");
    }

    [Fact]
    public async Task Standardized_training_on_dependent_inputs_stays_where_the_data_leave_it()
    {
        var train = await Energy("--standardize", "--steps", "20000");
        Assert.Equal("converged", train.Text("outcome"));
        Assert.StartsWith("collect rows where 'surface_area = wall_area + 2 roof_area' does not hold",
            train.Text("next"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Adam_moves_along_free_directions_and_the_report_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x1,x2,y\n1,2,3\n2,4,6\n3,6,10\n4,8,13\n"); // x2 = 2 x1
        var adam = await Run(folder, "--target", "y", "--optimizer", "adam", "--learning-rate", "0.1", "--schedule",
            "exponential:0.998", "--steps", "20000");
        Assert.Equal("converged", adam.Text("outcome"));
        Assert.True(adam.Number("freeMovement") > 0.01);
        Assert.Contains("adam has moved W and b by", adam.Text("verdict"), StringComparison.Ordinal);
        Assert.True((await Run(folder, "--target", "y")).Number("freeMovement") < 1e-14);
    }

    [Fact]
    public async Task Held_out_rows_stop_training_where_they_are_predicted_best()
    {
        using var folder = await Simulated("1");
        var train = await Train(folder, "--holdout", "0.3", "--patience", "3", "--learning-rate", "0.05", "--steps",
            "5000");
        Assert.Equal("earlyStopped", train.Text("outcome"));
        Assert.Equal(35, train.Number("rows"));
        var (steps, least) = ((int)train.Number("steps"), train.Number("heldOutLoss"));
        foreach (var other in new[] { steps - 1, steps + 1, steps + 3 })
        {
            var there = await Train(folder, "--holdout", "0.3", "--patience", "1000000", "--learning-rate", "0.05",
                "--tolerance", "0", "--steps", other.ToString(null as IFormatProvider));
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
    public async Task Inputs_whose_squares_overflow_train_once_they_are_standardized()
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", "x,y\n1e200,1\n2e200,2\n3e200,3.5\n");
        Assert.Equal("converged",
            (await Run(folder, "--target", "y", "--standardize", "--init", "zero")).Text("outcome"));
    }

    private static Task<JsonElement> Energy(params string[] words) =>
        JsonOf(["train", Path.Combine(Repository.Root, "samples", "energy.csv"), "--target",
            "heating_load,cooling_load",
            .. words]);
}

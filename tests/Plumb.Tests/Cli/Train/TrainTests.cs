using System.Text.Json;
using static Plumb.Tests.Cli.Parameters;
using static Plumb.Tests.Cli.TrainRuns;

namespace Plumb.Tests.Cli;

public sealed class TrainTests
{
    private const string Rows = "x,y\n0,1\n1,3\n2,4\n3,8\n"; // sums: n 4, x 6, xx 14, y 16, xy 35, yy 90

    public static TheoryData<string, double> Losses =>
        new() { { "sum", 1 }, { "mean", 1.0 / 4 }, { "half-mean", 0.5 / 4 }, { "mse", 1.0 / 4 } };

    [Fact]
    public async Task Json_has_the_properties_of_its_schema_in_their_order()
    {
        using var folder = await Simulated();
        Golden.Verify("train-json-names", JsonNames.Of(await Train(folder, "--truth", folder["truth.json"])));
    }

    [Fact]
    public async Task Report_tells_where_training_stands()
    {
        using var folder = await Simulated();
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--steps", "100", "--truth",
            folder["truth.json"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Verify("train", run.Output.Replace(folder["d.csv"], "d.csv"));
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("mean")]
    [InlineData("half-mean")]
    [InlineData("mse")]
    public async Task Best_rate_converges_to_the_truth(string loss)
    {
        using var folder = await Simulated();
        var train = await Train(folder, "--loss", loss, "--learning-rate", "auto", "--truth", folder["truth.json"],
            "--tolerance", "1e-12", "-o", folder["m.json"]);
        Assert.Equal(("plumb.train/1", "converged", loss),
            (train.Text("schema"), train.Text("outcome"), train.Text("lossName")));
        var predicted = train.GetProperty("predicted").Number("stepsToTolerance");
        // Down to rounding, of which a part is kept for that of W and b themselves.
        Assert.InRange(train.Number("steps"), 0.9 * predicted, predicted);
        AssertSame(train.Parameters("truth"), train.Parameters("learned"), 1e-11);
        AssertSame(train.Parameters("truth"), train.Parameters("leastSquares"), 1e-15); // simulated without noise
        Assert.True(train.Number("loss") < 1e-20);
        AssertSame(train.Parameters("learned"), Model(folder["m.json"]), 0);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Loss_is_what_its_name_says(string loss, double scale)
    {
        using var folder = new TemporaryFolder();
        folder.Write("d.csv", Rows);
        string[] words = ["--target", "y", "--loss", loss, "--init", "zero", "--learning-rate", "0.01", "--steps"];
        var start = await Run(folder, [.. words, "0"]);
        Assert.Equal(90 * scale, start.Number("initialLoss"), 1e-13);
        Assert.Equal(start.Number("initialLoss"), start.Number("loss"));
        var step = (await Run(folder, [.. words, "1"])).Parameters("learned")[0];
        Assert.Equal(0.01 * 2 * scale * 35, step[0], 1e-15); // from W = 0, b = 0 the gradient is -2 c [sum xy, sum y]
        Assert.Equal(0.01 * 2 * scale * 16, step[1], 1e-15);
    }

    [Fact]
    public async Task Loss_of_several_targets_is_their_mean_for_mse_alone()
    {
        using var folder = await Simulated();
        async Task<double> Initial(string loss) =>
            (await Train(folder, "--loss", loss, "--steps", "0")).Number("initialLoss");
        var sum = await Initial("sum");
        Assert.Equal(sum / 50, await Initial("mean"), 1e-15 * sum);
        Assert.Equal(sum / 100, await Initial("half-mean"), 1e-15 * sum);
        Assert.Equal(sum / 50 / 2, await Initial("mse"), 1e-15 * sum);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("64")]
    [InlineData("full")]
    public async Task Batches_of_any_size_recover_the_truth_of_exact_data(string batch)
    {
        using var folder = await Simulated();
        var train = await Train(folder, "--batch", batch, "--steps", "100000", "--truth", folder["truth.json"]);
        Assert.Equal("converged", train.Text("outcome"));
        AssertSame(train.Parameters("truth"), train.Parameters("learned"), 1e-8);
        Assert.True(train.Number("distanceToLimit") <= 1e-12 * Math.Max(1, Norm(train.Parameters("limit"))));
        Assert.Equal(["toRounding", "toRounding"],
            train.GetProperty("convergence").EnumerateArray().Select(target => target.Text("status")));
    }

    [Theory]
    [InlineData("50")]
    [InlineData("51")]
    [InlineData("2147483647")]
    public async Task Batch_of_all_rows_or_more_is_a_full_batch(string batch)
    {
        using var folder = await Simulated();
        string[] words = ["--learning-rate", "0.5", "--steps", "40"];
        var (batches, full) =
            (await Train(folder, [.. words, "--batch", batch]), await Train(folder, [.. words, "--batch", "full"]));
        Assert.Equal(40, batches.Number("steps"));
        AssertSame(full.Parameters("learned"), batches.Parameters("learned"), 1e-13);
        Assert.Equal(full.GetProperty("predicted").GetRawText(), batches.GetProperty("predicted").GetRawText());
    }

    [Fact]
    public async Task Remainder_of_an_epoch_is_a_batch_of_its_own()
    {
        using var folder = await Simulated(); // 50 rows: 4 batches an epoch
        Assert.Equal(9, (await Train(folder, "--batch", "16", "--steps", "9")).Number("steps"));
    }

    [Theory]
    [InlineData("0.9")]
    [InlineData("0.01")]
    [InlineData("auto")]
    public async Task Prediction_of_the_spectrum_is_where_full_batches_arrive(string rate)
    {
        using var folder = await Simulated();
        foreach (var steps in new[] { "0", "1", "10", "150" })
        {
            var train = await Train(folder, "--learning-rate", rate, "--steps", steps, "--tolerance", "0");
            Assert.Equal(Reference.Number(steps), train.Number("steps"));
            Assert.Equal("stepLimit", train.Text("outcome"));
            Assert.Equal(train.GetProperty("predicted").Number("distanceToLimit"), train.Number("distanceToLimit"),
                1e-14);
            Assert.Equal(Norm(Difference(train.Parameters("learned"), train.Parameters("limit"))),
                train.Number("distanceToLimit"), 1e-15);
        }
    }

    [Fact]
    public async Task Predicted_steps_suffice_and_one_less_does_not()
    {
        using var folder = await Simulated("0.1");
        string[] words = ["--learning-rate", "0.3", "--tolerance", "1e-6"];
        var steps = (await Train(folder, [.. words, "--steps", "1"])).GetProperty("predicted")
            .Number("stepsToTolerance");
        Assert.Equal("converged",
            (await Train(folder, [.. words, "--steps", steps.ToString("F0", null)])).Text("outcome"));
        Assert.Equal("stepLimit",
            (await Train(folder, [.. words, "--steps", (steps - 1).ToString("F0", null)])).Text("outcome"));
    }

    [Fact]
    public async Task Start_is_random_zero_or_a_file()
    {
        using var folder = await Simulated();
        var zero = await Train(folder, "--init", "zero", "--steps", "5", "-o", folder["m.json"]);
        Assert.All(zero.Parameters("initial"), row => Assert.All(row, value => Assert.Equal(0, value)));

        var random = await Train(folder, "--init", "random", "--steps", "0");
        Assert.All(random.Parameters("initial"),
            row => Assert.All(row, value => Assert.InRange(value, double.Epsilon, 1)));

        var resumed = await Train(folder, "--init", folder["m.json"], "--steps", "5");
        AssertSame(zero.Parameters("learned"), resumed.Parameters("initial"), 0);
        AssertSame((await Train(folder, "--init", "zero", "--steps", "10")).Parameters("learned"),
            resumed.Parameters("learned"), 1e-14);
    }

    [Fact]
    public async Task Start_from_a_file_is_matched_by_name()
    {
        using var folder = await Simulated();
        folder.Write("m.json",
            """{"inputs": ["x3","x1","x2"], "targets": ["y2","y1"], "weights": [[3,1,2],[6,4,5]], "bias": [7,8]}""");
        var train = await Train(folder, "--init", folder["m.json"], "--steps", "0");
        AssertSame([[4, 5, 6, 8], [1, 2, 3, 7]], train.Parameters("initial"), 0);
    }

    [Fact]
    public async Task Start_is_not_the_truth_that_the_same_seed_simulates()
    {
        using var folder = await Simulated();
        var train = await Train(folder, "--steps", "0", "--truth", folder["truth.json"], "--seed", "1");
        Assert.InRange(Norm(Difference(train.Parameters("initial"), train.Parameters("truth"))), 0.1, 10);
    }

    [Fact]
    public async Task No_steps_write_the_start()
    {
        using var folder = await Simulated();
        var train = await Train(folder, "--steps", "0", "-o", folder["m.json"]);
        Assert.Equal((0, "stepLimit"), (train.Number("steps"), train.Text("outcome")));
        AssertSame(train.Parameters("initial"), train.Parameters("learned"), 0);
        AssertSame(train.Parameters("initial"), Model(folder["m.json"]), 0);
        Assert.Equal(0, ModelFile.Parse(await Read(folder["m.json"])).Provenance?.Steps);
        Assert.Contains(" 0 steps",
            (await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--steps", "0")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Same_seed_gives_the_same_bytes_and_another_gives_others()
    {
        using var folder = await Simulated();
        foreach (var batch in new[] { "1", "16", "full" })
        {
            Task<CliRun> Run(string seed) =>
                CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--batch", batch, "--steps", "60", "--seed",
                    seed, "--json");
            Assert.Equal(await Run("1"), await Run("1"));
            Assert.NotEqual((await Run("1")).Output, (await Run("2")).Output);
        }
    }

    [Fact]
    public async Task Seed_decides_the_order_of_the_rows_too()
    {
        using var folder = await Simulated();
        async Task<string> Learned(string seed) =>
            (await Train(folder, "--init", "zero", "--batch", "1", "--steps", "60", "--seed", seed)).GetProperty(
                "learned").GetRawText();
        Assert.NotEqual(await Learned("1"), await Learned("2"));
    }

    [Fact]
    public async Task No_bias_trains_none()
    {
        using var folder = await Simulated();
        var train = await Train(folder, "--no-bias");
        Assert.Equal("converged", train.Text("outcome"));
        Assert.All(["initial", "learned", "limit", "leastSquares"],
            (string name) => Assert.Equal([0, 0], train.GetProperty(name).GetProperty("bias").Numbers()));
    }

    [Theory]
    [InlineData("full")]
    [InlineData("1")]
    [InlineData("64")]
    public async Task Rate_ten_times_too_large_ends_with_a_finite_map_and_the_rate_to_take(string batch)
    {
        using var folder = await Simulated();
        var stable = (await Train(folder, "--steps", "0", "--batch", batch)).Number("largestStableLearningRate");
        string[] words = ["train", folder["d.csv"], "--target", "y1,y2", "--batch", batch, "--learning-rate",
            (10 * stable).ToString("R", null), "-o", folder["m.json"]];
        var run = await CliRun.Of([.. words, "--json"]);
        Assert.Equal(4, run.ExitCode);
        Assert.StartsWith("plumb: training diverges: the loss grew from ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"; take a rate below {Short(stable)}, or --learning-rate auto.", run.Error,
            StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));

        var train = run.Json();
        Assert.Equal("diverged", train.Text("outcome"));
        Assert.InRange(train.Number("steps"), 1, 20);
        AssertFinite(train.Parameters("learned"));
        AssertSame(train.Parameters("learned"), Model(folder["m.json"]), 0);
        Assert.Equal(stable, train.Number("largestStableLearningRate"));
        Assert.Equal(JsonValueKind.Null, train.GetProperty("predicted").GetProperty("stepsToTolerance").ValueKind);

        var report = await CliRun.Of(words);
        Assert.Equal((4, run.Error), (report.ExitCode, report.Error));
        Assert.Contains("Training diverges at rate", report.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full", "1e160")]
    [InlineData("full", "1e308")]
    [InlineData("1", "1e160")]
    [InlineData("1", "1e308")]
    [InlineData("16", "1e308")]
    public async Task Rate_that_leaves_the_range_of_doubles_at_once_still_ends_with_a_finite_map(string batch,
        string rate)
    {
        using var folder = await Simulated("1e6");
        foreach (var start in new[] { "zero", "random" })
        {
            var run =
                await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--batch", batch, "--learning-rate",
                    rate, "--init", start, "-o", folder["m.json"], "--json");
            Assert.Equal(4, run.ExitCode);
            Assert.Contains(" beyond all bounds in ", run.Error, StringComparison.Ordinal);
            var learned = run.Json().Parameters("learned");
            AssertFinite(learned);
            AssertSame(learned, Model(folder["m.json"]), 0);
        }
    }

    private static Task<string> Read(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    private static string Short(double rate) => NumberText.Rate(rate);
}

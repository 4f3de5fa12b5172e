using static Plumb.Tests.Cli.TrainRuns;

namespace Plumb.Tests.Cli;

/// <summary>What 'plumb train' refuses before it trains.</summary>
public sealed class TrainRefusalTests
{
    [Theory]
    [InlineData("--learning-rate 0", "--learning-rate holds '0', expected auto or a positive number")]
    [InlineData("--learning-rate -0.1", "--learning-rate holds '-0.1', expected auto or a positive number")]
    [InlineData("--learning-rate nan", "--learning-rate holds 'nan', expected auto or a positive number")]
    [InlineData("--learning-rate 1e-400", "--learning-rate holds '1e-400', expected auto or a positive number")]
    [InlineData("--learning-rate 1e400", "--learning-rate holds '1e400', expected auto or a positive number")]
    [InlineData("--learning-rate 0,1", "--learning-rate holds '0,1', expected auto or a positive number")]
    [InlineData("--batch 0", "--batch holds '0', expected full or a whole number of 1 or more")]
    [InlineData("--batch -1", "--batch holds '-1', expected full or a whole number of 1 or more")]
    [InlineData("--batch all", "--batch holds 'all', expected full or a whole number of 1 or more")]
    [InlineData("--steps -1", "--steps holds '-1', expected a whole number of 0 or more; see 'plumb train --help'.")]
    [InlineData("--optimizer adams", "--optimizer holds 'adams', expected sgd or momentum or nesterov or adam")]
    [InlineData("--optimizer adam --momentum 0.9", "--momentum and --optimizer adam exclude each other")]
    [InlineData("--optimizer cg --batch 4", "--batch and --optimizer cg exclude each other")]
    [InlineData("--optimizer lbfgs --learning-rate 0.1", "--learning-rate and --optimizer lbfgs exclude each other")]
    [InlineData("--optimizer momentum --momentum 1", "the momentum is 1; it must be at least 0 and below 1")]
    [InlineData("--clip 0", "the largest length of a gradient is 0; it must be a positive number")]
    [InlineData("--schedule linear",
        "--schedule holds 'linear', expected constant, step:N:FACTOR such as step:1000:0.5,")]
    [InlineData("--schedule exponential:1.5", "the schedule's factor is 1.5; it must be above 0 and at most 1")]
    [InlineData("--resume", "--resume needs the directory of the checkpoints; add --checkpoint DIR")]
    [InlineData("--every 5", "--every needs the directory of the checkpoints; add --checkpoint DIR")]
    [InlineData("--optimizer cg --checkpoint PLAIN.folder", "--checkpoint and --optimizer cg exclude each other")]
    [InlineData("--patience 3", "--patience is how long to wait for the loss over held-out rows; add --holdout 0.2")]
    [InlineData("--explain --json", "--explain and --json exclude each other")]
    [InlineData("--tolerance 0.02",
        "--tolerance holds '0.02', expected at most 0.01 (standard errors): farther away, W and b are not the best "
            + "fit's")]
    [InlineData("--loss mae", "--loss holds 'mae', expected sum or mean or half-mean or mse")]
    [InlineData("--tolerance -1", "--tolerance holds '-1', expected a number of 0 or more")]
    [InlineData("--json --output -", "--json and --output - both write to standard output")]
    [InlineData("--no-bias --init PLAIN", "--no-bias trains without b, but the start in PLAIN has one")]
    public async Task Settings_out_of_their_range_are_a_usage_error(string words, string message)
    {
        using var folder = await Simulated();
        var plain = folder.Write("plain.json", """{"weights": [[1,2,3],[4,5,6]], "bias": [7,8]}""");
        var run =
            await CliRun.Of(
                ["train", folder["d.csv"], "--target", "y1,y2", .. words.Replace("PLAIN", plain).Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message.Replace("PLAIN", plain), run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("--init", "")]
    [InlineData("--init", "d.csv")]
    [InlineData("--init", "small.json")]
    [InlineData("--truth", "small.json")]
    [InlineData("--truth", "other.json")]
    public async Task Start_or_truth_that_does_not_fit_the_data_is_refused(string option, string file)
    {
        using var folder = await Simulated();
        folder.Write("small.json", """{"weights": [[1]], "bias": [0]}""");
        folder.Write("other.json", """{"inputs": ["x1","x2","z"], "weights": [[1,2,3],[4,5,6]], "bias": [7,8]}""");
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", option, folder[file], "-o",
            folder["m.json"]);
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + folder[file] + ": ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("m.json", folder.Files);
    }

    [Fact]
    public async Task Data_that_teach_nothing_have_no_best_rate()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("train", folder.Write("d.csv", "x,y\n0,1\n0,2\n"), "--target", "y", "--no-bias");
        Assert.Equal((4, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: there is no best learning rate", run.Error, StringComparison.Ordinal);
    }
}

using System.Diagnostics;

namespace Plumb.Tests.Cli;

/// <summary>Checkpoints and logs of 'plumb train'.</summary>
public sealed class TrainRecordTests
{
    [Theory]
    [InlineData("sgd", "7")]
    [InlineData("momentum", "full")]
    [InlineData("adam", "7")]
    [InlineData("adamw", "full")]
    public async Task Resumed_run_ends_with_the_bits_of_an_uninterrupted_one(string optimizer, string batch)
    {
        using var folder = await Simulated();
        string[] words = ["--optimizer", optimizer, "--batch", batch, "--tolerance", "0", "--holdout", "0.2",
            "--patience", "1000"];
        var whole = await Train(folder, [.. words, "--steps", "200", "-o", folder["whole.json"]]);
        await Train(folder, [.. words, "--steps", "90", "--checkpoint", folder["ck"], "--every", "30"]);
        Assert.Equal(["step-0000000000000000060.plumb", "step-0000000000000000090.plumb"],
            Directory.GetFiles(folder["ck"]).Select(Path.GetFileName).Order());
        var resumed =
            await Train(folder,
                [.. words, "--steps", "200", "--checkpoint", folder["ck"], "--every", "30", "--resume", "-o",
                    folder["resumed.json"]]);
        Assert.Equal(File.ReadAllBytes(folder["whole.json"]), File.ReadAllBytes(folder["resumed.json"]));
        Assert.Equal(whole.Output, resumed.Output);
    }

    [Fact]
    public async Task Torn_checkpoint_is_told_and_the_one_before_it_taken()
    {
        using var folder = await Simulated();
        string[] words = ["--batch", "7", "--tolerance", "0", "--steps", "100"];
        await Train(folder, [.. words, "-o", folder["whole.json"]]);
        await Train(folder, [.. words, "--checkpoint", folder["ck"], "--every", "40"]);
        var newest = Directory.GetFiles(folder["ck"]).Order().Last();
        File.WriteAllBytes(newest, File.ReadAllBytes(newest)[..100]);
        var resumed =
            await Train(folder,
                [.. words, "--checkpoint", folder["ck"], "--every", "40", "--resume", "-o", folder["resumed.json"]]);
        Assert.StartsWith($"plumb: warning: {newest}: is damaged", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["whole.json"]), File.ReadAllBytes(folder["resumed.json"]));
    }

    [Theory]
    [InlineData("--optimizer momentum", "made with optimizer sgd, but this training has optimizer momentum(0.9)")]
    [InlineData("--batch 8", "made with batch 7, but this training has batch 8")]
    [InlineData("--init zero", "made with another start")]
    [InlineData("--holdout 0.5", "made with other data")]
    public async Task Checkpoint_of_another_run_is_refused_by_what_differs(string words, string message)
    {
        using var folder = await Simulated();
        await Train(folder, "--batch", "7", "--learning-rate", "0.1", "--steps", "20", "--checkpoint", folder["ck"]);
        var run =
            await CliRun.Of(["train", folder["d.csv"], "--target", "y1,y2", "--learning-rate", "0.1", "--checkpoint",
                folder["ck"], "--resume", .. words.Contains("batch") ? Array.Empty<string>() : ["--batch", "7"],
                .. words.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_data_are_told_before_the_rate_that_was_taken_from_them()
    {
        using var folder = await Simulated();
        await Train(folder, "--steps", "20", "--checkpoint", folder["ck"]);
        File.AppendAllText(folder["d.csv"], "1,2,3,4,5\n");
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--steps", "20", "--checkpoint",
            folder["ck"], "--resume");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("it was made with other data", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Directory_with_checkpoints_is_not_begun_anew()
    {
        using var folder = await Simulated();
        await Train(folder, "--steps", "5", "--checkpoint", folder["ck"]);
        var run = await CliRun.Of("train", folder["d.csv"], "--target", "y1,y2", "--checkpoint", folder["ck"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("continue it with --resume", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_killed_at_any_moment_resumes_to_the_same_bits()
    {
        using var folder = await Simulated();
        string[] words = ["train", folder["d.csv"], "--target", "y1,y2", "--optimizer", "adam", "--batch", "4",
            "--tolerance", "0", "--steps", "200000"];
        Assert.Equal(0, (await CliRun.Of([.. words, "-o", folder["whole.json"]])).ExitCode);
        string[] resuming = [.. words, "--checkpoint", folder["ck"], "--every", "100", "--resume", "-o",
            folder["resumed.json"]];
        var random = new RandomSource(1);
        for (var kill = 0; kill < 3; kill++)
        {
            using var process =
                Process.Start(
                    new ProcessStartInfo("dotnet",
                        [Path.Combine(AppContext.BaseDirectory, "Plumb.Cli.dll"),
                            .. resuming])
                    { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var before = Checkpoints(folder).LastOrDefault();
            while (!process.HasExited && Checkpoints(folder).LastOrDefault() == before)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            await Task.Delay(random.NextIndex(50), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEmpty(Checkpoints(folder));
        Assert.Equal(0, (await CliRun.Of(resuming)).ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["whole.json"]), File.ReadAllBytes(folder["resumed.json"]));
        Assert.Equal(2, Directory.GetFiles(folder["ck"]).Length); // nothing unfinished is left either
    }

    [Fact]
    public async Task Interrupted_run_finishes_its_step_writes_a_checkpoint_and_exits_130()
    {
        using var folder = await Simulated();
        using var cancellation = new CancellationTokenSource();
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = Plumb.Cli.ProcessStreams.Redirected(Stream.Null, Stream.Null, error);
        var run =
            Plumb.Cli.PlumbCli.RunAsync(["train", folder["d.csv"], "--target", "y1,y2", "--batch", "4", "--tolerance",
                "0", "--steps", "9000000000", "--checkpoint", folder["ck"], "--every", "100"], terminal,
                cancellation.Token);
        while (Checkpoints(folder).Length == 0)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        await cancellation.CancelAsync();
        Assert.Equal(130, await run);
        Assert.StartsWith("plumb: interrupted after ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("the same command with --resume continues", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, Checkpoints(folder).Length);
    }

    [Fact]
    public async Task Log_has_a_line_a_step_and_survives_resuming_without_one_twice()
    {
        using var folder = await Simulated();
        await Train(folder, "--steps", "40", "--tolerance", "0", "--log", folder["whole.csv"]);
        string[] words = ["--tolerance", "0", "--checkpoint", folder["ck"], "--every", "10", "--resume", "--log",
            folder["log.csv"]];
        await Train(folder, ["--steps", "30", .. words]);
        await Train(folder, ["--steps", "40", .. words]);
        var lines = await File.ReadAllLinesAsync(folder["whole.csv"], TestContext.Current.CancellationToken);
        Assert.Equal("step,loss,distance,free_movement,learning_rate,held_out_loss,"
            + "\"w[y1,x1]\",\"w[y1,x2]\",\"w[y1,x3]\",b[y1],\"w[y2,x1]\",\"w[y2,x2]\",\"w[y2,x3]\",b[y2]", lines[0]);
        Assert.Equal(Enumerable.Range(1, 40).Select(step => step.ToString(null as IFormatProvider)),
            lines.Skip(1).Select(line => line.Split(',')[0]));
        Assert.Equal(lines, await File.ReadAllLinesAsync(folder["log.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Event_file_is_what_TensorBoard_reads()
    {
        using var folder = await Simulated();
        await Train(folder, "--steps", "3", "--tolerance", "0", "--tensorboard", folder["tb"], "--log",
            folder["log.csv"]);
        var file = Assert.Single(Directory.GetFiles(folder["tb"]));
        Assert.Contains(".tfevents.", file, StringComparison.Ordinal); // TensorBoard looks for this
        var events = EventFile.Read(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.Equal([0, 1, 2, 3], events.Select(entry => entry.Step));
        var lines = await File.ReadAllLinesAsync(folder["log.csv"], TestContext.Current.CancellationToken);
        for (var step = 1; step <= 3; step++)
        {
            var cells = lines[step].Split(',');
            Assert.Equal((float)Reference.Number(cells[1]), events[step].Scalars["loss"]);
            Assert.Equal((float)Reference.Number(cells[2]), events[step].Scalars["distance"]);
            Assert.Equal((float)Reference.Number(cells[^1]), events[step].Scalars["b[y2]"]);
            Assert.DoesNotContain("held_out_loss", events[step].Scalars.Keys);
        }
    }

    private static string[] Checkpoints(TemporaryFolder folder) =>
        Directory.Exists(folder["ck"]) ? [.. Directory.GetFiles(folder["ck"], "step-*.plumb").Order()] : [];

    private static async Task<TemporaryFolder> Simulated()
    {
        var folder = new TemporaryFolder();
        Assert.Equal(0,
            (await CliRun.Of("simulate", "--inputs", "3", "--outputs", "2", "--rows", "50", "--noise", "0.1", "-o",
                folder["d.csv"])).ExitCode);
        return folder;
    }

    private static async Task<CliRun> Train(TemporaryFolder folder, params string[] words)
    {
        var run = await CliRun.Of(["train", folder["d.csv"], "--target", "y1,y2", .. words]);
        Assert.Equal(0, run.ExitCode);
        return run;
    }
}

using System.Diagnostics;

namespace Plumb.Tests.Cli;

/// <summary>Of two runs on one directory of checkpoints, the second ends at once, and the first goes on.</summary>
public sealed class CheckpointLockTests : IDisposable
{
    private const string Rows = "x,y\n1,2\n2,3.5\n3,6.2\n4,8\n5,9\n6,13\n7,14\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Second_run_is_refused_while_the_first_lives_and_takes_over_from_one_that_was_killed()
    {
        var data = _folder.Write("d.csv", Rows);
        string[] train = ["train", data, "--target", "y", "--batch", "2", "--learning-rate", "1e-9", "--steps",
            "900000000", "--checkpoint", _folder["run"], "--every", "1000"];
        using (var first = Start(train))
        {
            await WaitAsync(() => Directory.Exists(_folder["run"])
                && Directory.GetFiles(_folder["run"], "step-*.plumb").Length > 0);
            var second = await CliRun.Of([.. train, "--resume"]);
            Assert.Equal((5, ""), (second.ExitCode, second.Output));
            Assert.Contains($"belongs to process {first.Id}, which is still at work", second.Error,
                StringComparison.Ordinal);
            Assert.False(first.HasExited);
            first.Kill();
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string[] rest = [.. train.Select(word => word == "900000000" ? "1000" : word), "--resume"];
        Assert.Equal(0, (await CliRun.Of(rest)).ExitCode);
        Assert.Empty(Directory.GetFiles(_folder["run"]).Select(Path.GetFileName).Intersect([".lock", ".owner"]));
    }

    [Fact]
    public async Task Run_that_comes_to_nothing_leaves_no_directory()
    {
        var run = await CliRun.Of("train", _folder["none.csv"], "--target", "y", "--checkpoint", _folder["run"]);
        Assert.NotEqual(0, run.ExitCode);
        Assert.False(Directory.Exists(_folder["run"]));
    }

    private static Process Start(string[] words) => Process.Start(new ProcessStartInfo("dotnet",
        [Path.Combine(AppContext.BaseDirectory, "Plumb.Cli.dll"), .. words])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    private static async Task WaitAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition() && tries < 600; tries++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumb.Tests.Cli;

/// <summary>
/// The program as a shell begins it: with pipes for files, with streams that are closed, ended by signals.
/// </summary>
public sealed class ProcessTests : IDisposable
{
    private const string Rows = "x,y\n1,2\n2,3.5\n3,6.2\n4,8\n5,9\n6,13\n7,14\n";
    private const string Fit = "fit d.csv --target y";

    private readonly TemporaryFolder _folder = new();

    public ProcessTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && OtherProgram.IsInstalled("bash"), "pipes and signals of Linux");
        _folder.Write("d.csv", Rows);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PLUMB fit <(cat d.csv) --target y --json")]
    [InlineData("cat d.csv | PLUMB fit /dev/stdin --target y --json")]
    [InlineData("cat d.csv | PLUMB fit - --target y --json")]
    [InlineData("PLUMB fit /dev/stdin --target y --json < d.csv")]
    [InlineData("mkfifo p.csv; cat d.csv > p.csv & PLUMB fit p.csv --target y --json")]
    [InlineData("PLUMB fit <(head -4 d.csv) <(head -1 d.csv; tail -4 d.csv) --target y --json")]
    [InlineData("PLUMB fit <(gzip -c d.csv) --target y --json")]
    public async Task Pipes_are_read_once_as_files_are(string words)
    {
        var direct = await RunAsync($"PLUMB {Fit} --json");
        var piped = await RunAsync(words);
        Assert.Equal((0, ""), (piped.ExitCode, piped.Error));
        Assert.Equal(Weights(direct), Weights(piped));
    }

    [Fact]
    public async Task Pipes_of_more_rows_than_are_kept_are_not_looked_at_again_and_that_is_said()
    {
        File.WriteAllLines(_folder["long.csv"], Enumerable.Range(0, 1_500_000)
            .Select(i => $"{i % 997},{i % 1009},{i % 7}").Prepend("a,b,y"));
        const string Words = "PLUMB fit <(cat long.csv) --target y --json";
        var kept = await RunAsync(Words);
        Assert.Equal((0, ""), (kept.ExitCode, kept.Error));
        Assert.DoesNotContain("read twice", kept.Output, StringComparison.Ordinal);

        // In a memory of 128 MB, of which an eighth is for rows.
        var run = await RunAsync("DOTNET_GCHeapHardLimit=0x8000000 " + Words);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("standard input and pipes cannot be read twice", run.Output, StringComparison.Ordinal);
        Assert.Equal(Weights(kept), Weights(run));
    }

    [Theory]
    [InlineData("fit <(cat d.csv) --target y -o m.json", 0, "")]
    [InlineData("predict <(cat m.json) <(cat d.csv) -o p.csv", 0, "")]
    [InlineData("score m.json <(cat d.csv)", 0, "")]
    [InlineData("look <(cat d.csv)", 0, "")]
    [InlineData("train <(cat d.csv) --target y --steps 9 -o t.json", 0, "")]
    [InlineData("fit <(cat d.csv) --target y --numbers decimal", 0, "")]
    [InlineData("fit - --target y <&-", 5, "standard input is closed")]
    [InlineData(Fit + " <&-", 0, "")]
    [InlineData(Fit + " >&-", 5, "standard output is closed")]
    [InlineData(Fit + " -o p.json <&- 2>&-", 0, "")]
    [InlineData("fit none.csv --target y 2>&-", 3, "")]
    [InlineData("fit none.csv --target y 2>/dev/full", 3, "")]
    [InlineData("fit - --target y <&- >&- 2>&-", 5, "")]
    public async Task Streams_that_are_pipes_or_closed_are_no_reason_to_hang_or_abort(string words, int exitCode,
        string said)
    {
        _folder.Write("m.json", """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}""");
        var run = await RunAsync("PLUMB " + words);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Signals_end_training_with_a_last_checkpoint(string signal)
    {
        var run = await RunAsync($$"""
            PLUMB train d.csv --target y --batch 2 --learning-rate 1e-9 --steps 900000000 --checkpoint run \
                --every 1000 &
            while ! compgen -G 'run/step-*' > /dev/null; do sleep 0.1; done
            kill -{{signal}} $!; wait $!
            """);
        Assert.Equal(130, run.ExitCode);
        var steps = Regex.Match(run.Error, "interrupted after ([0-9,]+) steps").Groups[1];
        Assert.Contains(Directory.GetFiles(_folder["run"], "step-*.plumb"), path =>
            path.EndsWith($"{steps.Value.Replace(",", "", StringComparison.Ordinal)}.plumb", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hang_up_that_nohup_ignores_is_ignored()
    {
        var run = await RunAsync($"trap '' HUP; PLUMB {Fit} < <(sleep 0) & sleep 0.3; kill -HUP $!; wait $!");
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("0xC00000")] // with less than half of this, the runtime ends before any line of a program
    [InlineData("0x1000000")]
    public async Task Too_little_memory_for_the_runtime_is_told(string limit)
    {
        var run = await RunAsync($"DOTNET_GCHeapHardLimit={limit} PLUMB {Fit}");
        Assert.Equal((5, ""), (run.ExitCode, run.Output));
        Assert.Contains("raise DOTNET_GCHeapHardLimit", run.Error, StringComparison.Ordinal);
    }

    private static string Weights(CliRun run)
    {
        using var document = JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("weights").GetRawText();
    }

    private async Task<CliRun> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash",
            ["-c", script.Replace("PLUMB ", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Plumb.Cli.dll")}' ",
                StringComparison.Ordinal)])
        {
            WorkingDirectory = _folder[""],
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token),
                process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return new CliRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

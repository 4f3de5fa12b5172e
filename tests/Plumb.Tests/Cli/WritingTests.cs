using System.Diagnostics;

namespace Plumb.Tests.Cli;

/// <summary>
/// Files are whole or not there, whatever happens: the disk fills, the process is killed, nobody reads on.
/// </summary>
public sealed class WritingTests
{
    private static readonly string s_tool = Path.Combine(AppContext.BaseDirectory, "Plumb.Cli.dll");

    public static TheoryData<string> Outputs =>
    [
        "predict m.json d.csv -o DISK/old",
        "predict m.json d.csv -o DISK/old.parquet",
        "fit d.csv --target y -o DISK/old",
        "fit d.csv --target y -o DISK/old.onnx",
        "fit d.csv --target y -o DISK/old.npz",
        "fit d.csv --target y -o DISK/old.safetensors",
        "fit d.csv --target y -o DISK/old.cs",
        "export m.json -o DISK/old.onnx",
        "moments d.csv -o DISK/old.moments",
        "simulate --inputs 3 --outputs 1 --rows 5000 -o DISK/old",
        "train d.csv --target y --steps 100 -o DISK/old",
        "train d.csv --target y --steps 100 --log DISK/log.csv",
        "train d.csv --target y --steps 100 --checkpoint DISK/run --every 10",
        "train d.csv --target y --steps 100 --tensorboard DISK/run",
        "explain m.json d.csv -o DISK/old",
    ];

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Disk_that_is_full_is_told_and_keeps_what_was_there(string words)
    {
        using var folder = new TemporaryFolder();
        using var disk = SmallDisk.Mount(folder["disk"]);
        Assert.SkipWhen(disk is null, "a small disk can be mounted on Linux, as root, only.");
        var (data, model) =
            (folder.Write("d.csv", Rows(3000)),
                folder.Write("m.json", """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}"""));
        string[] args =
            [.. words.Split(' ').Select(word => word.Replace("DISK", disk!.Folder, StringComparison.Ordinal))
                .Select(word => word == "d.csv" ? data : word == "m.json" ? model : word)];
        if (args.FirstOrDefault(arg => Path.GetFileName(arg).StartsWith("old", StringComparison.Ordinal)) is { } old)
        {
            File.WriteAllText(old, "old");
        }

        disk!.Fill();
        var before = disk.Files();
        var run = await CliRun.Of(args);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("plumb: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Contains("space", run.Error, StringComparison.OrdinalIgnoreCase);
        var after = disk.Files();
        Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        // At most a log that was begun.
        Assert.All(after.Where(file => !before.ContainsKey(file.Key)), file => Assert.Equal("", file.Value));
    }

    [Theory]
    [InlineData(".csv", 11)]
    [InlineData(".parquet", 12)]
    public async Task Process_that_is_killed_leaves_the_old_file_or_the_new_one(string extension, int seed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals.");
        using var folder = new TemporaryFolder();
        var (data, model) =
            (folder.Write("d.csv", Rows(100_000)),
                folder.Write("m.json", """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}"""));
        var output = folder["out" + extension];
        string[] args = ["predict", model, data, "-o", output];
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, await EndOfAsync(Start(args)));
        var (whole, time) = (File.ReadAllBytes(output), watch.Elapsed);
        var random = new RandomSource(seed);
        for (var i = 0; i < 6; i++)
        {
            File.WriteAllText(output, "old");
            using var process = Start(args);
            await Task.Delay(time * random.NextDouble(), TestContext.Current.CancellationToken);
            process.Kill();
            await EndOfAsync(process);
            Assert.True(File.ReadAllText(output) == "old" || File.ReadAllBytes(output).AsSpan().SequenceEqual(whole));
        }

        // Hidden, and named after the file.
        Assert.All(folder.Files.Except(["d.csv", "m.json", "out" + extension]),
            left => Assert.StartsWith(".out" + extension + ".", left, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("> /dev/full", 5)]
    [InlineData("| head -1 > /dev/null", 0)]
    public async Task Output_that_nobody_takes_ends_quietly_or_is_told(string redirection, int exitCode)
    {
        Assert.SkipWhen(!OperatingSystem.IsLinux(), "needs /dev/full.");
        using var folder = new TemporaryFolder();
        var (data, model) =
            (folder.Write("d.csv", Rows(20_000)),
                folder.Write("m.json", """{"inputs": ["x"], "targets": ["y"], "weights": [[2]], "bias": [1]}"""));
        using var process =
            Process.Start(
                new ProcessStartInfo("bash",
                    ["-c",
                        $"set -o pipefail; dotnet '{s_tool}' predict '{model}' '{data}' {redirection}"])
                { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exitCode, await EndOfAsync(process));
        Assert.Equal(exitCode == 0 ? 0 : 1, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_ends_a_long_run_without_a_file(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals.");
        using var folder = new TemporaryFolder();
        // The moment after the file was begun is the one in which a signal might not be listened to.
        for (var i = 0; i < 5; i++)
        {
            using var process = Start("simulate", "--inputs", "3", "--outputs", "1", "--rows", "100000000", "-o",
                folder["out.csv"]);
            while (folder.Files.Length == 0 && !process.HasExited)
            {
                await Task.Delay(1, TestContext.Current.CancellationToken);
            }

            Assert.Equal(130, await EndBySignalAsync(process, signal));
            Assert.Empty(folder.Files);
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Signal_ends_a_fit_of_data_that_never_end(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals.");
        using var folder = new TemporaryFolder();
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", [s_tool, "fit", "-", "--target", "y", "-o", folder["m.json"]])
            {
                RedirectStandardInput = true,
                RedirectStandardError = true,
            })!;
        await process.StandardInput.WriteAsync(Rows(20_000));
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken); // and leave it open
        Assert.Equal(130, await EndBySignalAsync(process, signal));
        Assert.Empty(folder.Files);
    }

    private static async Task<int> EndBySignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, $"{process.Id}"]);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal("plumb: interrupted.", error.TrimEnd());
        return await EndOfAsync(process);
    }

    private static string Rows(int count)
    {
        var random = new RandomSource(1);
        return "x,y\n"
            + string.Concat(
                Enumerable.Range(0, count)
                    .Select(_ => FormattableString.Invariant($"{random.NextDouble()},{random.NextDouble()}\n")));
    }

    private static Process Start(params string[] args) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [s_tool, .. args])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true
            })!;

    private static async Task<int> EndOfAsync(Process process)
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    /// <summary>A file system of its own, of a hundred kilobytes.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private SmallDisk(string folder) => Folder = folder;

        public string Folder { get; }

        public static SmallDisk? Mount(string folder)
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            {
                return null;
            }

            Directory.CreateDirectory(folder);
            return Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", folder) ? new SmallDisk(folder) : null;
        }

        public void Fill()
        {
            using var filler = new FileStream(Path.Combine(Folder, "filler"), FileMode.Create, FileAccess.Write,
                FileShare.None, bufferSize: 0);
            try
            {
                for (; ; )
                {
                    filler.Write(new byte[1024]);
                }
            }
            catch (IOException)
            {
                // full
            }
        }

        public Dictionary<string, string> Files() =>
            Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path,
                File.ReadAllText, StringComparer.Ordinal);

        public void Dispose() => Run("umount", Folder);

        private static bool Run(string program, params string[] args)
        {
            using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}

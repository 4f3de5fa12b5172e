using System.Diagnostics;

namespace Plumb.Tests;

/// <summary>Programs of others that tests run: gcc, python3, bash.</summary>
internal static class OtherProgram
{
    /// <summary>Skips the test where a program is not installed.</summary>
    public static void Require(string program) => Assert.SkipWhen(Find(program) is null,
        $"{program} is not installed here, so what is written for it is not run.");

    /// <summary>Whether a program is installed.</summary>
    public static bool IsInstalled(string program) => Find(program) is not null;

    /// <summary>What a program writes to standard output; it must succeed, and say nothing else.</summary>
    public static async Task<string> RunAsync(string program, string folder, IEnumerable<string> words,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Find(program)!, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, ""), (process.ExitCode, await error));
        return await output;
    }

    private static string? Find(string program) => Path.IsPathRooted(program) ? program
        : (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}

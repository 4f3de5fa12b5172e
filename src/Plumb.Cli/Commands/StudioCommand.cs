using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Plumb.Cli.Commands;

/// <summary>Starts the studio, a program of its own: so no other command has to load a web server.</summary>
internal static class StudioCommand
{
    private const string Program = "plumb-studio";

    public static Command Create(ProcessStreams terminal)
    {
        var options = new StudioOptions();
        var command = new DocumentedCommand(
            "studio",
            "Shows data, fit, rows and training on a page that only this machine sees.",
            "plumb studio data.csv",
            "plumb studio --port 8123");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            [
                "--port", options.Port(parsed).ToString(CultureInfo.InvariantCulture),
                .. options.File(parsed) is { } file ? ["--", file] : Array.Empty<string>(),
            ], terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] words, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        await terminal.FlushAsync();
        using var process = Start([StudioOptions.UntilInputEnds, .. words]);

        // However this program ends, its end of the pipe closes with it.
        await using var stop = cancellationToken.Register(process.StandardInput.Close);
        await process.WaitForExitAsync(CancellationToken.None);
        return cancellationToken.IsCancellationRequested ? ExitCode.Interrupted : process.ExitCode;
    }

    // Where both were built here, the one that was; else one that was installed beside this, or anywhere.
    private static Process Start(string[] words)
    {
        var folder = AppContext.BaseDirectory.Replace("Plumb.Cli", "Plumb.Studio", StringComparison.Ordinal);
        var built = Path.Combine(folder, "Plumb.Studio.dll");
        var name = OperatingSystem.IsWindows() ? Program + ".exe" : Program;
        var beside = Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", name);
        var start = File.Exists(built) ? new ProcessStartInfo("dotnet", [built, .. words])
            : new ProcessStartInfo(File.Exists(beside) ? beside : Program, words);
        start.RedirectStandardInput = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new CommandException(ExitCode.Environment,
                "the studio is a program of its own, and it is not installed; install it with 'dotnet tool install "
                    + "--global Plumb.Studio'.");
        }
    }
}

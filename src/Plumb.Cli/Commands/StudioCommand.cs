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
        using var process = Start(words);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await process.WaitForExitAsync(CancellationToken.None); // Ctrl-C reaches it as well
        }

        return process.ExitCode;
    }

    // Beside this program where both were built here; else an installed one.
    private static Process Start(string[] words)
    {
        var folder = AppContext.BaseDirectory.Replace("Plumb.Cli", "Plumb.Studio", StringComparison.Ordinal);
        var built = Path.Combine(folder, "Plumb.Studio.dll");
        try
        {
            return File.Exists(built) ? Process.Start("dotnet", [built, .. words]) : Process.Start(Program, words);
        }
        catch (Win32Exception)
        {
            throw new CommandException(ExitCode.Environment,
                "the studio is a program of its own, and it is not installed; install it with 'dotnet tool install "
                    + "--global Plumb.Studio'.");
        }
    }
}

using System.Text;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>What one run of the command line gave.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static Task<CliRun> Of(params string[] args) => WithInput("", args);

    public static Task<CliRun> WithInput(string input, params string[] args) =>
        WithInput(Encoding.UTF8.GetBytes(input), args);

    public static Task<CliRun> WithInput(byte[] input, params string[] args) =>
        RunAsync(input, args, TestContext.Current.CancellationToken);

    public static Task<CliRun> Cancelled(params string[] args) =>
        RunAsync([], args, new CancellationToken(canceled: true));

    /// <summary>On a page of so many columns.</summary>
    public static Task<CliRun> OfWidth(int width, params string[] args) =>
        RunAsync([], args, TestContext.Current.CancellationToken, width);

    private static async Task<CliRun> RunAsync(byte[] input, string[] args, CancellationToken cancellationToken,
        int width = 100)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = ProcessStreams.Redirected(new MemoryStream(input), output, error, width);
        var exitCode = await PlumbCli.RunAsync(args, terminal, cancellationToken);
        return new CliRun(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}

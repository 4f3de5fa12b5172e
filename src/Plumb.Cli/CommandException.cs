namespace Plumb.Cli;

/// <summary>
/// Ends a command with an exit code and one line that says what was found, what was expected, and the remedy.
/// </summary>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandException Usage(string message) => new(Cli.ExitCode.Usage, message);

    public static CommandException DataRefused(string message) => new(Cli.ExitCode.DataRefused, message);

    public static CommandException NoHonestAnswer(string message) => new(Cli.ExitCode.NoHonestAnswer, message);
}

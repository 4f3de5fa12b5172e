namespace Plumb.Cli;

/// <summary>How a command that threw ends.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Message">The line for standard error; empty when nobody need be told.</param>
internal sealed record Failure(int ExitCode, string Message)
{
    private const int BrokenPipe = 32; // EPIPE
    private const int BrokenPipeOnWindows = unchecked((int)0x8007006D); // ERROR_BROKEN_PIPE
    private const int ClosingPipeOnWindows = unchecked((int)0x800700E8); // ERROR_NO_DATA

    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Of(only),
        TypeInitializationException { InnerException: { } inner } => Of(inner),
        CommandException e => new(e.ExitCode, e.Message),
        DllNotFoundException when exception.Message.Contains("duckdb", StringComparison.Ordinal) =>
            new(Cli.ExitCode.Environment,
                "Parquet, DuckDB's files, --sql and --where need DuckDB, which a build from source does not fetch "
                    + "unasked: run 'dotnet build src/Plumb.DuckDb.Native' once (110 MB)."),
        OperationCanceledException => new(Cli.ExitCode.Interrupted, "interrupted."),
        // The reader, such as head, has had enough.
        IOException { HResult: BrokenPipe or BrokenPipeOnWindows or ClosingPipeOnWindows } =>
            new(Cli.ExitCode.Done, ""),
        InvalidDataException => new(Cli.ExitCode.DataRefused, exception.Message),
        ArithmeticException => new(Cli.ExitCode.NoHonestAnswer, exception.Message),
        IOException or UnauthorizedAccessException => new(Cli.ExitCode.Environment, exception.Message),
        OutOfMemoryException =>
            new(Cli.ExitCode.Environment,
                "there is not enough memory for this; use fewer columns or a larger machine."),
        _ =>
            new(Cli.ExitCode.Bug, $"internal error, please report it: {exception.GetType().Name}: {exception.Message}"),
    };
}

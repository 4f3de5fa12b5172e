using Plumb.Cli;

namespace Plumb.Tests.Cli;

public sealed class FailureTests
{
    public static TheoryData<Exception, int> Exceptions => new()
    {
        { CommandException.Usage("u"), 2 },
        { CommandException.DataRefused("d"), 3 },
        { new InvalidDataException("f.csv(3): not a number"), 3 },
        { new DivideByZeroException("n"), 4 },
        { CommandException.NoHonestAnswer("n"), 4 },
        { new IOException("disk full"), 5 },
        { new DirectoryNotFoundException("no folder"), 5 },
        { new UnauthorizedAccessException("denied"), 5 },
        { new InsufficientMemoryException("m"), 5 },
        { new DllNotFoundException("Unable to load shared library 'duckdb' or one of its dependencies."), 5 },
        { new DllNotFoundException("Unable to load shared library 'other'."), 1 },
        { new OperationCanceledException(), 130 },
        { new TaskCanceledException(), 130 },
        { new AggregateException(new InvalidDataException("x")), 3 },
        { new InvalidOperationException("bug"), 1 },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Of_gives_each_kind_its_exit_code_and_a_message(Exception exception, int exitCode)
    {
        var failure = Failure.Of(exception);
        Assert.Equal(exitCode, failure.ExitCode);
        Assert.NotEqual("", failure.Message);
    }

    [Fact]
    public void Of_a_broken_pipe_is_quiet_success() =>
        Assert.Equal(new Failure(0, ""), Failure.Of(new IOException("Broken pipe", 32)));
}

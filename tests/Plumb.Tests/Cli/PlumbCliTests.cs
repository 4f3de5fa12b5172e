namespace Plumb.Tests.Cli;

public sealed class PlumbCliTests
{
    [Fact]
    public async Task No_words_print_the_help()
    {
        var run = await CliRun.Of();
        Assert.Equal((await CliRun.Of("--help")).Output, run.Output);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task Version_is_three_numbers() =>
        Assert.Matches(@"^\d+\.\d+\.\d+\n$", (await CliRun.Of("--version")).Output);
}

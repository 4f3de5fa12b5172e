namespace Plumb.Tests.Cli;

public sealed class DemoTests
{
    [Fact]
    public async Task Story_is_the_same_in_every_run()
    {
        var run = await CliRun.Of("demo");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(run, await CliRun.Of("demo"));
        Assert.Equal(run, await CliRun.Of("demo", "--seed", "1"));
        Golden.Verify("demo", run.Output);
    }

    [Fact]
    public async Task Another_seed_tells_it_with_other_numbers()
    {
        var (one, seven) = (await CliRun.Of("demo"), await CliRun.Of("demo", "--seed", "7"));
        Assert.Equal(0, seven.ExitCode);
        Assert.NotEqual(one.Output, seven.Output);
        // The exact fit finds the truth, to the last bit.
        Assert.Contains("12 of 12", seven.Output, StringComparison.Ordinal);
        Assert.Equal(Chapters(one), Chapters(seven));
        Assert.Equal(3, Chapters(one).Length);
    }

    [Theory]
    [InlineData("--seed x", "--seed holds 'x', expected a whole number; see 'plumb demo --help'.")]
    [InlineData("now", "'now' is not an argument of plumb demo; see 'plumb demo --help'.")]
    public async Task Words_that_it_does_not_know_are_a_usage_error(string words, string message)
    {
        var run = await CliRun.Of(["demo", .. words.Split(' ')]);
        Assert.Equal((2, "", $"plumb: {message}\n"), (run.ExitCode, run.Output, run.Error));
    }

    private static string[] Chapters(CliRun run) =>
        [.. run.Output.Split('\n').Where(line => line is [>= '1' and <= '9', '.', ' ', ..])];
}

using System.CommandLine;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>Manual pages hold what the help does, and groff finds nothing wrong with them.</summary>
public sealed class ManualPageTests
{
    private static readonly Command s_root =
        PlumbCli.Root(ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null));

    public static TheoryData<string> Pages => [.. s_root.Subcommands.Select(command => command.Name), "plumb"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_is_set_without_a_warning_and_holds_every_option(string name)
    {
        OtherProgram.Require("groff");
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("man", name);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var page = folder.Write("page.1", run.Output);
        var text = await OtherProgram.RunAsync("groff", folder["."],
            ["-man", "-Tutf8", "-ww", "-rHY=0", "-P-cbou", page]);
        var command = s_root.Subcommands.FirstOrDefault(other => other.Name == name) ?? s_root;
        Assert.All(command.Options.Where(option => !option.Hidden), option =>
            Assert.Contains(option.Name, text, StringComparison.Ordinal));
        Assert.Contains("EXIT STATUS", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_plumb_is_the_default() =>
        Assert.Equal((await CliRun.Of("man", "plumb")).Output, (await CliRun.Of("man")).Output);

    [Fact]
    public async Task Page_of_no_command_is_refused()
    {
        var run = await CliRun.Of("man", "fot");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'fot' is not a command of plumb; did you mean 'fit'?", run.Error, StringComparison.Ordinal);
    }
}

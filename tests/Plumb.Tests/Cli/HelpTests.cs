using System.CommandLine;
using System.CommandLine.Parsing;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

public sealed class HelpTests
{
    private static readonly Command s_root =
        PlumbCli.Root(ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null));

    public static TheoryData<string> Commands => [.. s_root.Subcommands.Select(command => command.Name)];

    [Fact]
    public async Task Help_lists_the_commands() => Golden.Verify("help", (await CliRun.Of("--help")).Output);

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_of_a_command_ends_with_examples(string command)
    {
        var run = await CliRun.Of(command, "--help");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("\nExamples:\n  plumb ", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Golden.Verify($"help-{command}", run.Output);
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help fit", "fit --help")]
    [InlineData("help train", "train -h")]
    [InlineData("version", "--version")]
    public async Task Help_is_found_where_other_programs_have_it(string words, string same)
    {
        var run = await CliRun.Of(words.Split(' '));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((await CliRun.Of(same.Split(' '))).Output, run.Output);
    }

    [Fact]
    public void Every_example_is_a_command_line_that_parses()
    {
        var commands = s_root.Subcommands.Append(s_root).Cast<DocumentedCommand>();
        foreach (var example in commands.SelectMany(command => command.Examples))
        {
            foreach (var line in example.Split('|'))
            {
                var words = CommandLineParser.SplitCommandLine(line.Split('<', '>')[0].Replace('\'', '"')).ToArray();
                Assert.Equal("plumb", words[0]);
                Assert.Empty(s_root.Parse(words[1..]).Errors);
            }
        }
    }
}

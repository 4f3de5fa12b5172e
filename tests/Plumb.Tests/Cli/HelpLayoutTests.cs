using System.CommandLine;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>Help on terminals of any width: nothing is cut, and words stay whole.</summary>
public sealed class HelpLayoutTests
{
    private static readonly Command s_root = Root();

    public static TheoryData<string, int> All => [.. from command in Commands()
                                                     from width in (int[])[40, 80, 120]
                                                     select (command.Name, width)];

    public static TheoryData<string> Grouped =>
        [.. Commands().Where(command => HelpGroups.Of(command).Count() > 1).Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Lines_fit_the_width_and_hold_every_word(string name, int width)
    {
        var command = Commands().Single(other => other.Name == name);
        var lines = new HelpText(command, width).Lines();
        Assert.DoesNotContain(lines, line => line.Length > width && CanBeBroken(line));
        var words = Words(string.Join(' ', lines));
        var expected = HelpGroups.All(command).Where(option => !option.Hidden).SelectMany(option =>
            Words(option.Description!)).Concat(Words(command.Description!)).Concat(command.Arguments.SelectMany(
                argument => Words(argument.Description!))).Distinct();
        Assert.Empty(expected.Except(words));
        Assert.DoesNotContain(lines, line => line.EndsWith(' '));
    }

    [Theory]
    [MemberData(nameof(Grouped))]
    public void Every_option_of_a_long_help_stands_below_one_heading(string name)
    {
        var command = Commands().Single(other => other.Name == name);
        var groups = HelpGroups.Of(command).ToList();
        Assert.Equal(HelpGroups.All(command).Where(option => !option.Hidden).Select(option => option.Name).Order(),
            groups.SelectMany(group => group.Options).Select(option => option.Name).Order());
        Assert.Equal(["--help"], groups.Single(group => group.Heading == "Options").Options.Select(option =>
            option.Name));
    }

    [Fact]
    public void Help_of_train_is_grouped() => Assert.Equal(
        ["Data", "Method", "Stopping", "Output", "Reading text", "Options"],
        HelpGroups.Of(Commands().Single(command => command.Name == "train")).Select(group => group.Heading));

    [Fact]
    public void Pages_that_the_help_names_exist() => Assert.All(Commands().SelectMany(command =>
        HelpText.Pages.Of(command.Name)), page => Assert.True(File.Exists(Path.Combine(Repository.Root, page)), page));

    private static bool CanBeBroken(string line) =>
        line.Trim().Contains(' ', StringComparison.Ordinal) && !line.Contains('"', StringComparison.Ordinal);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<Command> Commands() => s_root.Subcommands.Append(s_root);

    private static Command Root()
    {
        var root = PlumbCli.Root(ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null)).WithAliases();
        foreach (var command in root.Subcommands)
        {
            Aliases.Hide(command);
        }

        return root;
    }
}

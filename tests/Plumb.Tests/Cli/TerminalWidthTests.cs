using Plumb.Cli;
using Spectre.Console;

namespace Plumb.Tests.Cli;

/// <summary>What each command of the help says keeps to the width of the terminal.</summary>
public sealed class TerminalWidthTests
{
    // Rows, queries, scripts, manual pages and models, whose lines are as long as they are; an address.
    private static readonly string[] s_noReport =
        ["simulate", "predict", "export", "sql", "completion", "man", "studio"];

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Lines_of_every_report_fit(int width)
    {
        using var folder = new TemporaryFolder();
        var energy = Path.Combine(Repository.Root, "samples", "energy.csv");
        var (model, moments) = (folder["model.json"], folder["a.moments"]);
        string[] few = ["--target", "heating_load", "--input", "compactness,height"];
        string[][] runs =
        [
            ["look", energy],
            ["fit", energy, .. few, "--evidence", "-o", model],
            ["fit", Path.Combine(Repository.Root, "samples", "question.csv"), "--target", "y1,y2,y3"],
            ["test", energy, "compactness = 0, height = 0", .. few],
            ["train", energy, .. few, "--steps", "500", "--plot"],
            ["explain", model, energy, "--input", "compactness,height"],
            ["next", energy, .. few, "--box", "compactness=0.6:1,height=3:7", "--plot"],
            ["score", model, energy],
            ["moments", energy, "-o", moments],
            ["parts", energy, "3"],
            ["merge", moments, moments, "--allow-repeats", "-o", folder["b.moments"]],
            ["demo", "--plot"],
        ];
        var root = PlumbCli.Root(ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null));
        Assert.Equal(root.Subcommands.Select(command => command.Name).Except(s_noReport).Order(),
            runs.Select(run => run[0]).Distinct().Order());
        foreach (var words in runs)
        {
            var run = await CliRun.OfWidth(width, words);
            Assert.Equal((words[0], 0), (words[0], run.ExitCode));
            Assert.All(run.Output.Split('\n').Where(line => !IsCommandToCopy(line)),
                line => Assert.True(line.GetCellWidth() <= width, $"{words[0]}: '{line}'"));
        }
    }

    // The terminal folds it, so that it can be copied whole.
    private static bool IsCommandToCopy(string line) => line.StartsWith("  plumb ", StringComparison.Ordinal);
}

using System.CommandLine.Parsing;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>
/// What people read of every command, at the widths of the usual terminals, in golden/reports. The commands run in a
/// folder with the files that they name, so that no line is folded at a place that depends on where the project is.
/// </summary>
[Collection(nameof(Alone))]
public sealed class ReportsAtWidthsTests
{
    private const string Few = "--target heating_load --input compactness,height";

    private static readonly string[] s_data =
    [
        "samples/energy.csv", "samples/question.csv", "tests/Plumb.Tests/data/verdicts/near_twins.csv",
        "tests/Plumb.Tests/data/verdicts/anscombe4.csv",
    ];

    /// <summary>A name, its exit code, and the command line; later ones read what earlier ones wrote.</summary>
    private static readonly (string Name, int ExitCode, string Words)[] s_runs =
    [
        ("look", 0, "look energy.csv"),
        ("fit-point", 0, "fit question.csv --target y1,y2,y3 --evidence --plot"),
        ("fit-near-twins", 0, "fit near_twins.csv --target y --evidence"),
        ("fit-anscombe4", 0, "fit anscombe4.csv --target y4 --plot"),
        ("train", 0, $"train energy.csv {Few} --steps 2000 -o model.json --plot"),
        ("explain", 0, "explain model.json energy.csv"),
        ("predict", 0, "predict model.json few.csv"),
        ("next", 0, "next near_twins.csv --target y --box a=-3:2,b=-3:2 --plot"),
        ("test", 0, $"test energy.csv \"compactness = 0, height = 0\" {Few}"),
        ("score", 0, "score model.json energy.csv"),
        ("error-column", 2, "fit energy.csv --target heatingload"),
        ("error-cell", 3, "fit bad.csv --target y"),
        ("help", 0, "--help"),
        ("help-look", 0, "look --help"),
        ("help-next", 0, "next --help"),
    ];

    [Fact]
    public async Task Reports_at_80_and_120_columns()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in s_data)
        {
            File.Copy(Path.Combine(Repository.Root, file), folder[Path.GetFileName(file)]);
        }

        folder.Write("few.csv", string.Join('\n', File.ReadLines(folder["energy.csv"]).Take(4)) + "\n");
        folder.Write("bad.csv", "x,y\n1,2\n2,n/a\n3,6\n");
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder["."];
        try
        {
            foreach (var (name, exitCode, words) in s_runs)
            {
                var text = new StringBuilder();
                foreach (var width in new[] { 80, 120 })
                {
                    var run = await CliRun.OfWidth(width, [.. CommandLineParser.SplitCommandLine(words)]);
                    Assert.Equal((name, exitCode), (name, run.ExitCode));
                    text.Append($"$ plumb {words} # {width} columns\n{run.Output}");
                    var said = WordWrap.Hanging(run.Error.TrimEnd('\n'), width); // as on a terminal
                    text.AppendJoin('\n', said).Append('\n');
                }

                Golden.Verify($"reports/{name}", text.ToString());
            }
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }
}

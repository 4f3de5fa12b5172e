using System.Reflection;
using System.Text.RegularExpressions;
using Plumb.Cli;

namespace Plumb.Tests.Cli;

/// <summary>Actions that the library names get their flags from the command line.</summary>
public sealed partial class RemedyFlagsTests
{
    public static TheoryData<string> Actions => [.. Constants(), .. Made()];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Every_action_gets_flags_that_a_command_has(string action)
    {
        var said = RemedyFlags.AddTo($"Correct it, or {action}.");
        Assert.Matches(@"^Correct it, or .+ \(.*\)\.$", said);
        Assert.Equal(said, RemedyFlags.AddTo(said));
        var names = PlumbCli.Root(ProcessStreams.Redirected(Stream.Null, Stream.Null, TextWriter.Null)).Subcommands
            .SelectMany(command => command.Options).SelectMany(Aliases.NamesOf).ToHashSet();
        var flags = Flag().Matches(said).Select(match => match.Value).ToList();
        Assert.NotEmpty(flags);
        Assert.Empty(flags.Except(names));
    }

    [Theory]
    [InlineData("Take line 3 for the names.", "Take line 3 for the names (--header-row 3).")]
    [InlineData("take line 3 for the names and the line below for units",
        "take line 3 for the names and the line below for units (--header-row 3 --units)")]
    [InlineData("do not say that the weights are inputs x targets.",
        "do not say that the weights are inputs x targets (without --transposed).")]
    [InlineData("read ',' as the decimal separator and between fields",
        "read ',' as the decimal separator and between fields (--decimal \",\" --delimiter \",\")")]
    [InlineData("take -9.99E+25 for a missing value", "take -9.99E+25 for a missing value "
        + "(--missing-values=-9.99E+25)")]
    [InlineData("name the table in the query", "name the table in the query")]
    public void Flag_follows_its_action(string text, string said) => Assert.Equal(said, RemedyFlags.AddTo(text));

    [Fact]
    public async Task Reports_errors_and_notes_have_the_flags()
    {
        var failed = await CliRun.WithInput("a,b,y\n1,2,3\n4,five,6\n", "fit", "-", "--target", "y");
        Assert.Contains("leave the column out (--exclude)", failed.Error, StringComparison.Ordinal);
        var noted = await CliRun.WithInput("1,2,3\n4,5,6\n7,8,10\n8,1,2\n", "fit", "-", "--target", "y");
        Assert.Contains("keep the first row as data (--no-header); or take the first row for names (--header).",
            OneLine(noted.Output), StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        var file = folder.Write("d.csv", "x,y\n" + string.Concat(Enumerable.Range(1, 40).Select(i =>
            i % 10 == 0 ? $"-999,{i % 7}\n" : $"{i % 13 + i / 10.0},{i % 7 + 0.1 * i}\n")));
        foreach (var json in (string[][])[[], ["--json"]])
        {
            var reported = await CliRun.Of(["fit", file, "--target", "y", .. json]);
            Assert.Contains("take -999 for a missing value (--missing-values=-999)",
                OneLine(reported.Output), StringComparison.Ordinal);
        }
    }

    // The store shifts the noise; 'explain' has no --errors.
    [Theory]
    [InlineData("fit", "(--errors cluster:store)")]
    [InlineData("explain", "(plumb fit --errors cluster:store)")]
    public async Task Errors_are_asked_of_a_command_that_has_the_option(string command, string flag)
    {
        using var folder = new TemporaryFolder();
        var random = new RandomSource(4);
        double[] shifts = [.. Enumerable.Range(0, 12).Select(_ => random.NextNormal())];
        await File.WriteAllLinesAsync(folder["rows.csv"], Enumerable.Range(0, 300).Select(_ =>
        {
            var (store, x) = (random.NextIndex(12), random.NextNormal());
            return FormattableString.Invariant($"s{store},{x},{x + shifts[store] + random.NextNormal()}");
        }).Prepend("store,x,y"), TestContext.Current.CancellationToken);
        var fit = await CliRun.Of("fit", folder["rows.csv"], "--target", "y", "--input", "x", "-o",
            folder["model.json"]);
        var run = command == "fit" ? fit : await CliRun.Of(command, folder["model.json"], folder["rows.csv"]);
        var report = OneLine(run.Output);
        Assert.Contains("cluster the errors by 'store' " + flag, report, StringComparison.Ordinal);
        Assert.Equal(command == "fit", report.Contains("(--errors", StringComparison.Ordinal));
        var predicted = await CliRun.Of("predict", folder["model.json"], folder["rows.csv"], "--interval", "mean");
        Assert.Contains("Add the column that 'plumb fit' names", OneLine(predicted.Error), StringComparison.Ordinal);
    }

    private static string OneLine(string report) => Blanks().Replace(report, " ");

    private static IEnumerable<string> Constants() => typeof(Remedies).GetFields(BindingFlags.Static
        | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Made() =>
        from method in typeof(Remedies).GetMethods(BindingFlags.Static | BindingFlags.Public)
        from value in Values(method.GetParameters()[0].ParameterType)
        select (string)method.Invoke(null, [value])!;

    private static object[] Values(Type type) => type == typeof(char) ? [',', '.', ' ', '\'', '_']
        : type == typeof(long) ? [1L, 2L, 17L] : type == typeof(bool) ? [true, false]
        : type == typeof(string) ? ["store", "shop name"] : [-999.0, 1e30, 0.5];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("(?<=[( ])-o|--[a-z]+(-[a-z]+)*")]
    private static partial Regex Flag();
}

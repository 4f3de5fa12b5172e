using System.Globalization;
using System.Text;

namespace Plumb.Tests.Cli;

/// <summary>What 'plumb look' shows, and that the command it gives works as it stands.</summary>
public sealed class LookTests
{
    private const string Rooms = """
        id;Name of it;x;x2;c;copy;mostly empty;y
        A1;big;0.5;0.25;7;0.5;;12
        A2;small;0.75;-9999;7;0.75;;11
        A3;big;1.5;0.125;7;1.5;3;NA
        A4;big;1.25;0.5;7;1.25;;15
        A5;small;-2;-9999;7;-2;;9
        A6;"very long; the name of a level";3;0.375;7;3;;14
        A7;small;2.5;0.625;7;2.5;5;13.5

        """;

    [Fact]
    public async Task Report_shows_columns_rows_findings_and_the_command()
    {
        var run = await CliRun.WithInput(Rooms, "look", "-");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Golden.Verify("look", run.Output);
    }

    [Fact]
    public async Task Json_has_all_of_it()
    {
        var look = (await CliRun.WithInput(Rooms, "look", "-", "--json")).Json();
        Golden.Verify("look-json-names", JsonNames.Of(look));
        Assert.Equal((7.0, true, 7.0), (look.Number("rows"), look.GetProperty("isAll").GetBoolean(),
            look.Number("allRows")));
        Assert.Equal(["delimiter", "missing-code", "nearly-empty-column", "constant-column", "id-column",
            "copied-column"], look.Codes());
        var x2 = look.GetProperty("columns")[3];
        Assert.Equal((-9999, 0.625, 6.0), (x2.Number("smallest"), x2.Number("largest"), x2.Number("different")));
        Assert.Equal("A3", look.GetProperty("firstRows")[2][0].GetString());
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("train")]
    [InlineData("next", "--box", "x=0:1")]
    public async Task Command_without_target_looks_and_names_the_target(string command, params string[] rest)
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("rooms.csv", Rooms);
        var run = await CliRun.Of([command, data, .. rest]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("kind    missing  different  values", run.Output, StringComparison.Ordinal);
        Assert.StartsWith($"plumb: name the target: plumb {string.Join(' ', [command, data, .. rest])} --target y ",
            run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error, '\n');
        var json = await CliRun.Of([command, data, "--json", .. rest]);
        Assert.Equal((2, ""), (json.ExitCode, json.Output));
    }

    public static TheoryData<string> Files =>
    [
        .. new[] { "verdicts", "real", "badinputs", "rows", "training" }
            .SelectMany(folder => Directory.GetFiles(Reference.PathOf(folder), "*.csv"))
            .Select(file => Path.GetRelativePath(Reference.PathOf(), file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Command_works_as_it_stands(string file)
    {
        var path = Reference.PathOf(file);
        var run = await CliRun.Of("look", path, "--json");
        if (run.ExitCode != 0)
        {
            Assert.Equal(3, run.ExitCode); // no table at all
            return;
        }

        if (run.Json().GetProperty("command").GetString() is { } command)
        {
            var fit = await CliRun.Of([.. WordsOf(command).Skip(1)]);
            Assert.True(fit.ExitCode == 0, command + "\n" + fit.Error);
        }
    }

    // As a shell takes them: what stands in single quotes as it is, what stands in double quotes has no quotes inside.
    private static List<string> WordsOf(string command)
    {
        var (words, word, quote) = (new List<string>(), new StringBuilder(), '\0');
        foreach (var c in command + ' ')
        {
            if (quote == '\0' && c == ' ')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else if (c == quote || (quote == '\0' && c is '\'' or '"'))
            {
                quote = c == quote ? '\0' : c;
            }
            else
            {
                word.Append(c);
            }
        }

        return words;
    }

    [Fact]
    public async Task Names_that_a_shell_would_take_apart_are_quoted()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("a b.csv", "\"-x, of it\",Heating Load\n1,2\n3,5\n4,1.5\n");
        var look = (await CliRun.Of("look", data, "--json")).Json();
        Assert.Equal($"plumb fit \"{data}\" --target \"Heating Load\"", look.Text("command"));
        data = folder.Write("c.csv", "x,\"-y, of it\"\n1,2\n3,5\n4,1.5\n");
        look = (await CliRun.Of("look", data, "--json")).Json();
        Assert.Equal($"plumb fit {data} --target=\"-y, of it\"", look.Text("command"));
        Assert.Equal(0, (await CliRun.Of("fit", data, "--target=-y, of it")).ExitCode);
    }

    [Fact]
    public async Task Long_file_is_looked_at_from_its_beginning()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("long.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 150_000).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i % 977}.5,{i * 7 % 1013}\n"))));
        var look = (await CliRun.Of("look", data, "--json")).Json();
        Assert.Equal((100_000, false), (look.Number("rows"), look.GetProperty("isAll").GetBoolean()));
        Assert.InRange(look.Number("allRows"), 130_000, 170_000);
        Assert.Contains("from the first 100 000 rows", (await CliRun.Of("look", data)).Output,
            StringComparison.Ordinal);
        var all = (await CliRun.Of("look", data, "--all", "--json")).Json();
        Assert.Equal((150_000, true), (all.Number("rows"), all.GetProperty("isAll").GetBoolean()));
        Assert.Equal((0.5, 976.5, 977), (all.GetProperty("columns")[0].Number("smallest"),
            all.GetProperty("columns")[0].Number("largest"), all.GetProperty("columns")[0].Number("different")));
    }

    [Fact]
    public async Task Arrays_and_several_files_are_looked_at_like_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("1.csv", "x,y\n1,2\n3,5\n");
        folder.Write("2.csv", "y,x\n1.5,4\nNA,2\n");
        var look = (await CliRun.Of("look", folder["*.csv"], "--json")).Json();
        Assert.Equal(4, look.Number("rows"));
        var x = look.GetProperty("columns")[0];
        Assert.Equal(("x", 1, 4, 2.5), (x.Text("name"), x.Number("smallest"), x.Number("largest"), x.Number("mean")));
        Assert.Equal(1, look.GetProperty("columns")[1].Number("missing"));
        var parquet = await CliRun.Of("look", "--sql", $"select * from '{folder["1.csv"]}'", "--json");
        Assert.Equal(2, parquet.Json().Number("rows"));
    }

    [Fact]
    public async Task Cell_that_is_no_number_does_not_stop_it()
    {
        var look = (await CliRun.WithInput("x,y\n1,2\n3,oops\n4,1.5\n5,2.5\n", "look", "-", "--json")).Json();
        Assert.Equal(["not-numbers"], look.Codes());
        Assert.Equal("'y' holds numbers, but also 1 cell that is none: row 2 holds 'oops', which is not a number.",
            look.GetProperty("findings")[0].Text("message"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, look.GetProperty("command").ValueKind);
    }

    [Fact]
    public async Task Moments_have_no_rows_to_look_at()
    {
        using var folder = new TemporaryFolder();
        var data = folder.Write("d.csv", "x,y\n1,2\n3,5\n4,1\n");
        Assert.Equal(0, (await CliRun.Of("moments", data, "-o", folder["d.moments"])).ExitCode);
        var run = await CliRun.Of("look", folder["d.moments"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("their columns are x, y", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_truth_values_and_thousands_are_seen_as_fit_reads_them()
    {
        const string Text = "d,e,ok,x,rent,z\n13/2/2026,1/2/2026,yes,1.5,\"1,250\",1\n1/2/2026,3/4/2026,no,2.5,990,2\n"
            + "2/2/2026,5/6/2026,no,3.25,\"2,034\",5\n9/2/2026,5/7/2026,YES,1.75,950,3\n"
            + "9/3/2026,5/8/2026,no,3,950,6\n9/4/2026,5/9/2026,no,2,960,1.5\n";
        var look = (await CliRun.WithInput(Text, "look", "-", "--json")).Json();
        Assert.Equal(["thousands", "unread-text"], look.Codes());
        Assert.Equal((950, 2034), (look.GetProperty("columns")[4].Number("smallest"),
            look.GetProperty("columns")[4].Number("largest")));
        Assert.Equal("plumb fit - --target rent --exclude e", look.Text("command"));
        var run = await CliRun.WithInput(Text, "look", "-");
        Assert.Contains("2026-02-01 .. 2026-04-09", run.Output, StringComparison.Ordinal);
        Assert.Contains("--date-order dmy", run.Output, StringComparison.Ordinal);
        var fit = await CliRun.WithInput(Text, "fit", "-", "--target", "rent", "--exclude", "e");
        Assert.True(fit.ExitCode == 0, fit.Error);
        var ordered = (await CliRun.WithInput(Text, "look", "-", "--date-order", "dmy", "--json")).Json();
        Assert.Equal("plumb fit - --date-order dmy --target rent", ordered.Text("command"));
    }

    [Theory]
    [InlineData("1;3.001,5\n2;5.002,5\n3;7.000,5\n", "thousands separators", "--thousands")]
    [InlineData("1;3.1-101\n2;4.9-101\n3;7.2-101\n", "3.1e-101 without its E", "")]
    public async Task Numbers_that_cannot_be_read_are_no_texts(string rows, string reason, string remedy)
    {
        var look = (await CliRun.WithInput("x;y\n" + rows, "look", "-", "--json")).Json();
        Assert.Equal("number", look.GetProperty("columns")[1].Text("kind"));
        var found = look.GetProperty("findings").EnumerateArray().Single(f => f.Text("code") == "not-numbers");
        Assert.StartsWith("'y' seems to hold numbers, but none that can be read: row 1 holds '", found.Text("message"),
            StringComparison.Ordinal);
        Assert.Contains(reason, found.Text("message"), StringComparison.Ordinal);
        Assert.Contains(remedy, found.Text("remedy"), StringComparison.Ordinal);
    }
}

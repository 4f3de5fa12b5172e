using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plumb.Cli;
using Plumb.Cli.Reports;
using Spectre.Console;

namespace Plumb.Tests.Cli;

/// <summary>Pages in all their renderings.</summary>
public sealed partial class PageTests
{
    private static readonly string s_energy = Path.Combine(Repository.Root, "samples", "energy.csv");

    public static TheoryData<string> Commands() =>
    [
        "fit DATA --target heating_load,cooling_load --evidence",
        "fit DATA --target heating_load --input compactness,height,glazing_area",
        "train DATA --target heating_load --input compactness,height,glazing_area --steps 2000",
        "train DATA --target heating_load --input compactness,height --steps 50 --batch 64 --seed 3",
        "next DATA --target heating_load --input height,glazing_area --box height=3:7,glazing_area=0:1",
        "look DATA",
    ];

    /// <summary>Every number in a table of the report is in the JSON, which holds it in full.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Numbers_of_tables_are_in_the_json(string command)
    {
        string[] words = [.. command.Split(' ').Select(word => word == "DATA" ? s_energy : word)];
        var report = (await CliRun.Of(words)).Output;
        var json = (await CliRun.Of([.. words.Where(word => word != "--evidence"), "--json"])).Output;
        using var document = JsonDocument.Parse(json);
        var known = Token().Matches(json).Select(match => match.Value)
            .Concat(NumbersIn(document.RootElement).SelectMany(Written)).ToHashSet();
        var tokens = TableLines(report).SelectMany(line => Token().Matches(line).Select(match => match.Value)).ToList();
        Assert.True(tokens.Count > 8, report);
        Assert.Empty(tokens.Where(token => !known.Contains(token)).Distinct());
    }

    /// <summary>At any width no line is longer, and no number is broken, whatever a table holds.</summary>
    [Fact]
    public void Tables_fit_any_terminal() =>
        Gen.Select(Tables(), Gen.Int[20, 300]).Sample((table, width) =>
        {
            var text = OnTerminal(new Page("title", [table]), width);
            Assert.All(text.Split('\n'), line => Assert.True(line.GetCellWidth() <= width, $"'{line}' at {width}"));
            var unbroken = text.Split(' ', '\n').ToHashSet();
            Assert.All(table.Rows.SelectMany(row => row.Skip(1)), cell => Assert.Contains(cell.Text, unbroken));
        }, iter: 2000);

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Lines_of_a_report_are_no_longer_than_the_terminal(int width)
    {
        foreach (var command in (string[])[.. Commands().Select(row => row.Data), "demo"])
        {
            var run = await CliRun.OfWidth(width,
                [.. command.Split(' ').Select(word => word == "DATA" ? s_energy : word)]);
            Assert.Equal(0, run.ExitCode);
            Assert.All(run.Output.Split('\n').Where(line => !line.StartsWith("  plumb ", StringComparison.Ordinal)),
                line => Assert.True(line.GetCellWidth() <= width, $"{command}: '{line}'"));
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Report_at_the_usual_widths(int width)
    {
        var run = await CliRun.OfWidth(width, "fit", s_energy, "--target", "heating_load,cooling_load");
        Golden.Verify(FormattableString.Invariant($"fit-energy-{width}"), run.Output.Replace(
            Path.GetDirectoryName(s_energy)! + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
    }

    /// <summary>HTML is well-formed, all texts escaped, without script, style attribute or address.</summary>
    [Fact]
    public void Html_is_well_formed_and_inert() =>
        Tables().Sample(table =>
        {
            var page = new Page("<script>alert(1)</script> & \u202Etxt\u001B[31m", [new PageHeading("h", "rest"),
                new PageVerdict("good", true), new PageText("text"), table]);
            var html = HtmlPage.Of(page);
            var body = XElement.Parse(HtmlPage.Body(page));
            Assert.Equal(table.Rows.Count, body.Descendants("tbody").Single().Elements().Count());
            Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotContain("://", html, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202E', html);
            Assert.DoesNotContain('\u001B', html);
        }, iter: 200);

    /// <summary>A share is off by half a unit of its last digit at most, and reads as 1 only where it is.</summary>
    [Fact]
    public void Shares_below_one_never_read_as_one() => Gen.Double[4, 15].Sample(places =>
    {
        var value = 1 - Math.Pow(10, -places);
        var text = NumberText.Share(value);
        Assert.True(double.Parse(text, CultureInfo.InvariantCulture) < 1, text);
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture), 0.51 * Math.Pow(10, 2 - text.Length));
    });

    /// <summary>Markdown keeps the words, and nothing in them is markup.</summary>
    [Fact]
    public void Markdown_escapes_names()
    {
        var page = new Page("a|b <i> *c*", [new PageTable([PageColumn.Names("n|1"), new("v")], [["x_1 | `y`", "2"]])]);
        Assert.Equal("# a\\|b \\<i\\> \\*c\\*\n\n| n\\|1 | v |\n|---|---:|\n| x\\_1 \\| \\`y\\` | 2 |\n",
            MarkdownPage.Of(page));
    }

    [Fact]
    public void Terminal_shows_what_would_move_its_cursor()
    {
        var text = OnTerminal(new Page("t\u001B[2J", [new PageTable([PageColumn.Names("input"), new("weight")],
            [["evil\u001B]0;x\u0007\u202E", "1"]])]), 80);
        Assert.DoesNotContain('\u001B', text);
        Assert.DoesNotContain('\u202E', text);
        Assert.Contains("001B", text, StringComparison.Ordinal);
    }

    private static Gen<PageTable> Tables()
    {
        var number = Gen.Double.Select(value => NumberText.Significant(value, 4));
        var name = Gen.String["abcdefghij_0123456789αβ漢字"].Where(text => text.Length is > 0 and < 60);
        return Gen.Select(Gen.Int[1, 12], Gen.Int[1, 5]).SelectMany((columns, rows) =>
            Gen.Select(name.Array[rows], number.Array[rows * columns], name.Array[columns]).Select(
                (names, cells, heads) => new PageTable(
                    [
                        PageColumn.Names("input"),
                        .. heads.Select(head => new PageColumn(head[..Math.Min(12, head.Length)])),
                    ],
                    [.. names.Select((text, i) => (IReadOnlyList<PageCell>)
                        [text, .. cells.Skip(i * columns).Take(columns).Select(cell => (PageCell)cell)])])));
    }

    private static string OnTerminal(Page page, int width)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new TerminalPage((ConsoleStyle.Plain with { Width = width }).On(text)).Write(page);
        return text.ToString();
    }

    /// <summary>The lines under the rules of tables.</summary>
    private static IEnumerable<string> TableLines(string report)
    {
        var isTable = false;
        foreach (var line in report.Split('\n'))
        {
            if (isTable && line.Length > 0)
            {
                yield return RowNumber().Replace(line, "");
            }

            isTable = line.Contains("───", StringComparison.Ordinal) || (isTable && line.Length > 0);
        }
    }

    private static IEnumerable<double> NumbersIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(NumbersIn),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => NumbersIn(member.Value)),
        _ => [],
    };

    /// <summary>All ways in which a report may write a number.</summary>
    private static IEnumerable<string> Written(double value) =>
    [
        .. Enumerable.Range(1, 6).Select(digits => NumberText.Significant(value, digits)),
        NumberText.Coefficient(value), NumberText.Rate(value), NumberText.Signed(value), NumberText.Count(value),
        PValueText.Of(value).TrimStart('<', ' '), value.ToString("R", CultureInfo.InvariantCulture),
        (Math.Floor(value * 10) / 10).ToString("F1", CultureInfo.InvariantCulture),
        (value * 100).ToString("G3", CultureInfo.InvariantCulture),
    ];

    // Of a proposed point.
    [GeneratedRegex(@"^  \d+ ")]
    private static partial Regex RowNumber();

    // A number, its thousands apart by single blanks; not the 1 of x1.
    [GeneratedRegex(@"(?<![\w.,])[-+]?\d+( \d{3})*(\.\d+)?(e[-+]?\d+)?(?![\w])")]
    private static partial Regex Token();
}

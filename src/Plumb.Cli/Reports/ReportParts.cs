using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumb.Cli.Reports;

/// <summary>The pieces that all reports are made of.</summary>
internal static class ReportParts
{
    /// <summary>A heading.</summary>
    public static void Heading(this IAnsiConsole console, string text) =>
        console.MarkupLineInterpolated($"[bold]{text}[/]");

    /// <summary>Plain text, wrapped to the console's width at words.</summary>
    public static void Text(this IAnsiConsole console, string text) => console.WriteLine(text);

    /// <summary>The inputs, where they are all columns that were left, on a line of their own.</summary>
    public static void OtherColumns(this IAnsiConsole console, IReadOnlyList<string>? rest)
    {
        if (rest is not null)
        {
            console.Text($"Inputs, all other columns: {Names.List(rest)}.");
        }
    }

    /// <summary>The one sentence that matters.</summary>
    public static void Verdict(this IAnsiConsole console, string verdict, bool isGood) =>
        console.Write(
            new Padder(new Markup((isGood ? "[bold green]" : "[bold yellow]") + Markup.Escape(verdict) + "[/]"),
                new Padding(0, 1, 0, 0)));

    /// <summary>Findings, each with its remedy.</summary>
    public static void Findings(this IAnsiConsole console, IReadOnlyList<Finding> findings)
    {
        if (findings.Count > 0)
        {
            console.WriteLine();
        }

        foreach (var finding in findings)
        {
            var mark = finding.Severity switch
            {
                Severity.Error => "[red]✗[/]",
                Severity.Warning => "[yellow]![/]",
                _ => "[blue]·[/]",
            };
            var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(0, 0, 1, 0))
                .AddColumn(new GridColumn().Padding(0, 0, 0, 0));
            grid.AddRow(mark, Markup.Escape(RemedyFlags.AddTo(finding.Message)));
            if (finding.Remedy.Length > 0)
            {
                grid.AddRow("", "[dim]→[/] " + Markup.Escape(RemedyFlags.AddTo(finding.Remedy)));
            }

            console.Write(grid);
        }
    }

    /// <summary>A table without frame: names on the left, numbers right-aligned.</summary>
    public static Table Table(params string[] headings)
    {
        var table = new Table { Border = TableBorder.Simple, ShowHeaders = true };
        for (var i = 0; i < headings.Length; i++)
        {
            var column = new TableColumn(new Markup("[bold]" + Markup.Escape(headings[i]) + "[/]")).NoWrap();
            table.AddColumn(i == 0 ? column.LeftAligned() : column.RightAligned());
        }

        return table;
    }

    /// <summary>
    /// Writes a table at its natural width: on a narrow terminal a line may run over, but no number is broken in two.
    /// </summary>
    public static void WriteTable(this IAnsiConsole console, Table table)
    {
        const int Unlimited = 10_000;
        var width = console.Profile.Width;
        console.Profile.Width =
            Math.Max(width, ((IRenderable)table).Measure(RenderOptions.Create(console), Unlimited).Max);
        console.Write(table);
        console.Profile.Width = width;
    }

    /// <summary>A row of plain cells.</summary>
    public static void Row(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    /// <summary>A row whose first cell is plain and whose second is muted; the rest stays empty.</summary>
    public static void MutedRow(this Table table, string name, string text)
    {
        var cells = Enumerable.Repeat("", table.Columns.Count).ToArray();
        (cells[0], cells[1]) = (Markup.Escape(name), "[yellow]" + Markup.Escape(text) + "[/]");
        table.AddRow(cells);
    }
}

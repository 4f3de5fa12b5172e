using System.Globalization;
using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>What rows hold, for people.</summary>
internal static class LookReport
{
    private const int MostColumns = 40;
    private const int LongestName = 28;
    private const int LongestCell = 26;
    private const int LeastValues = 24; // characters
    private const int LongestNumber = 10;
    private const int Gap = 2; // between columns

    public static void Write(IAnsiConsole console, LookDocument document)
    {
        var look = document.Look;
        console.Heading(FormattableString.Invariant($"{look.Name}: {Size(look)}"));
        if (document.Form.Length > 0)
        {
            console.Text(document.Form);
        }

        console.WriteLine();
        WriteColumns(console, look);
        WriteRows(console, look);
        Finding[] findings = [.. look.Findings.Where(finding => finding.Code != "delimiter")]; // said above
        console.Findings(findings);
        console.WriteLine();

        if (document.Command is { } command)
        {
            var target = Listing.Of([.. look.Suggestion.Targets.Select(name => $"'{name}'")]);
            console.Text($"To fit {target} (a guess; name another target if you want to predict that):");
            console.WriteLine();
            console.Profile.Out.Writer.WriteLine("  " + command); // one line, so that it can be copied
        }
        else
        {
            console.Text("No column can be a target with another to predict it from: that takes numbers that differ.");
        }
    }

    private static string Size(TableLook look)
    {
        var columns = NumberText.Of(look.Columns.Count, "column");
        var rows = NumberText.Of(look.Rows, "row");
        return look.IsAll ? $"{rows}, {columns}"
            : $"{(look.AllRows is { } all ? $"about {NumberText.Significant(all, 2)} rows" : $"more than {rows}")}, "
                + $"{columns}; from the first {rows} (--all looks at all)";
    }

    private static void WriteColumns(IAnsiConsole console, TableLook look)
    {
        var shown = look.Columns.Take(MostColumns).ToList();
        List<string[]> cells =
        [
            ["column", "kind", "missing", "different"],
            .. shown.Select(column => (string[])
            [
                Short(column.Name, LongestName), KindOf(column.Kind),
                column.Missing == 0 ? "-" : NumberText.Count(column.Missing),
                column.Different is { } different ? NumberText.Count(different) : "very many",
            ]),
        ];
        var widths = Enumerable.Range(0, 4).Select(i => cells.Max(row => row[i].GetCellWidth())).ToArray();
        var left = Math.Max(LeastValues, console.Profile.Width - widths.Sum() - 5 * Gap);
        var table = ReportParts.Table([.. cells[0], "values"]);
        table.Columns[1].LeftAligned();
        table.Columns[4].LeftAligned();
        foreach (var (column, row) in shown.Zip(cells.Skip(1)))
        {
            table.Row([.. row, ValuesOf(column, left)]);
        }

        Write(console, table);
        if (look.Columns.Count > MostColumns)
        {
            console.Text(
                FormattableString.Invariant($"and {look.Columns.Count - MostColumns} more columns; --json gives all"));
        }

        console.WriteLine();
    }

    private static void WriteRows(IAnsiConsole console, TableLook look)
    {
        var (shown, width) = (0, 0);
        while (shown < look.Columns.Count)
        {
            width += Gap + Math.Max(Short(look.Columns[shown].Name, LongestName).GetCellWidth(),
                look.FirstRows.Max(row => Short(row[shown] ?? "", LongestCell).GetCellWidth()));
            if (shown > 0 && width > console.Profile.Width)
            {
                break;
            }

            shown++;
        }

        var table = ReportParts.Table([.. look.Columns.Take(shown).Select(column => Short(column.Name, LongestName))]);
        foreach (var (place, column) in look.Columns.Take(shown).Index())
        {
            table.Columns[place].Alignment = column.Kind == ColumnKind.Number ? Justify.Right : Justify.Left;
        }

        foreach (var row in look.FirstRows)
        {
            table.Row([.. row.Take(shown).Select(cell => Short(cell ?? "", LongestCell))]);
        }

        console.Text(FormattableString.Invariant($"The first {NumberText.Of(look.FirstRows.Count, "row")}")
            + (shown < look.Columns.Count
                ? FormattableString.Invariant($", the first {shown} of {look.Columns.Count} columns:") : ":"));
        Write(console, table);
    }

    private static void Write(IAnsiConsole console, Table table)
    {
        table.Border = TableBorder.None;
        foreach (var column in table.Columns)
        {
            column.Padding = new Padding(0, 0, Gap, 0);
        }

        console.WriteTable(table);
    }

    private static string KindOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Text => "text",
        ColumnKind.TruthValue => "yes/no",
        ColumnKind.Date => "date",
        _ => "other",
    };

    private static string ValuesOf(ColumnLook column, int width) =>
        column.Kind == ColumnKind.Number && column.Levels.Count == 0
            ? double.IsNaN(column.Mean) ? "" : column.IsConstant ? Shortest(column.Smallest)
            : $"{Shortest(column.Smallest)} .. {Shortest(column.Largest)}, mean {NumberText.Rate(column.Mean)}"
            : column.Dates is var (first, last) ? $"{Short(first, LongestCell)} .. {Short(last, LongestCell)}"
            : LevelsOf(column, width);

    private static string LevelsOf(ColumnLook column, int width)
    {
        var text = "";
        foreach (var (i, level) in column.Levels.Index())
        {
            var name = Short(level.Name, LongestCell);
            var next = text + (i == 0 ? "" : ", ")
                + (column.IsDifferentOnEveryRow ? name : $"{name} ({NumberText.Count(level.Rows)})");
            var isLast = i == column.Levels.Count - 1 && column.Different == column.Levels.Count;
            if (i > 0 && next.GetCellWidth() + (isLast ? 0 : 5) > width)
            {
                return text + ", ...";
            }

            text = next;
        }

        return text + (column.Different == column.Levels.Count ? "" : ", ...");
    }

    private static string Shortest(double value)
    {
        var all = value.ToString("R", CultureInfo.InvariantCulture);
        return all.Length <= LongestNumber && !all.Contains('E') ? all : NumberText.Significant(value, 6);
    }

    private static string Short(string text, int most)
    {
        var shown = Escaped.InFull(text);
        return shown.Length <= most ? shown : string.Concat(shown.AsSpan(0, most - 3), "...");
    }
}

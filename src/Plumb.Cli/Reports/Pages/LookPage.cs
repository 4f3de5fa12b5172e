using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>What rows hold, for people.</summary>
internal static class LookPage
{
    private const int MostColumns = 40;
    private const int MostColumnsOfRows = 10;
    private const int MostLevels = 12;
    private const int LongestCell = 26;
    private const int LongestNumber = 10;

    public static Page Of(LookDocument document)
    {
        var look = document.Look;
        Finding[] findings = [.. look.Findings.Where(finding => finding.Code != "delimiter")]; // said above
        return new Page(FormattableString.Invariant($"{look.Name}: {Size(look)}"),
        [
            .. document.Form.Length > 0 ? [new PageText(document.Form)] : Array.Empty<PagePart>(),
            .. Columns(look),
            .. Rows(look),
            .. PageParts.Findings(findings),
            .. Command(document),
        ]);
    }

    private static IEnumerable<PagePart> Command(LookDocument document)
    {
        if (document.Command is not { } command)
        {
            yield return new PageText(
                "No column can be a target with another to predict it from: that takes numbers that differ.");
            yield break;
        }

        var target = Listing.Of([.. document.Look.Suggestion.Targets.Select(name => $"'{name}'")]);
        yield return new PageText($"To fit {target} (a guess; name another target if you want to predict that):");
        yield return new PageCommand(command);
    }

    private static string Size(TableLook look)
    {
        var columns = NumberText.Of(look.Columns.Count, "column");
        var rows = NumberText.Of(look.Rows, "row");
        return look.IsAll ? $"{rows}, {columns}"
            : $"{(look.AllRows is { } all ? $"about {NumberText.Significant(all, 2)} rows" : $"more than {rows}")}, "
                + $"{columns}; from the first {rows} (--all looks at all)";
    }

    private static IEnumerable<PagePart> Columns(TableLook look)
    {
        yield return new PageTable(
            [
                PageColumn.Names("column"), PageColumn.Names("kind"), new("missing"), new("different"),
                PageColumn.Sentences("values"),
            ],
            [.. look.Columns.Take(MostColumns).Select(column => (IReadOnlyList<PageCell>)
            [
                column.Name, KindOf(column.Kind), NumberText.Count(column.Missing),
                column.Different is { } different ? NumberText.Count(different) : "very many", ValuesOf(column),
            ])])
        {
            Caption = "Columns",
        };
        if (look.Columns.Count > MostColumns)
        {
            yield return new PageText(
                FormattableString.Invariant($"and {look.Columns.Count - MostColumns} more columns; --json gives all"));
        }
    }

    private static IEnumerable<PagePart> Rows(TableLook look)
    {
        var shown = Math.Min(MostColumnsOfRows, look.Columns.Count);
        yield return new PageText(FormattableString.Invariant(
            $"The first {NumberText.Of(look.FirstRows.Count, "row")}{(shown < look.Columns.Count
                ? $", the first {shown} of {look.Columns.Count} columns" : "")}:"));
        yield return new PageTable(
            [.. look.Columns.Take(shown).Select(column => new PageColumn(column.Name,
                column.Kind is ColumnKind.Number or ColumnKind.Amount ? ColumnContent.Number : ColumnContent.Name))],
            [.. look.FirstRows.Select(row =>
                (IReadOnlyList<PageCell>)[.. row.Take(shown).Select(cell => (PageCell)Short(cell ?? ""))])])
        {
            Caption = "The first rows",
        };
    }

    private static string KindOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => "number",
        ColumnKind.Text => "text",
        ColumnKind.TruthValue => "yes/no",
        ColumnKind.Date => "date",
        ColumnKind.Amount => "amount",
        _ => "other",
    };

    private static string ValuesOf(ColumnLook column) =>
        column.Kind == ColumnKind.Number && column.Levels.Count == 0
            ? double.IsNaN(column.Mean) ? "" : column.IsConstant ? Shortest(column.Smallest)
            : $"{Shortest(column.Smallest)} .. {Shortest(column.Largest)}, mean {NumberText.Rate(column.Mean)}"
            : column.Sign is { } sign && !double.IsNaN(column.Mean)
            ? $"{Shortest(column.Smallest)} .. {Shortest(column.Largest)} {sign}, mean {NumberText.Rate(column.Mean)}"
            : column.Dates is var (first, last) ? $"{Short(first)} .. {Short(last)}"
            : LevelsOf(column);

    private static string LevelsOf(ColumnLook column)
    {
        var shown = column.Levels.Take(column.IsDifferentOnEveryRow ? MostLevels / 4 : MostLevels).ToList();
        var names = shown.Select(level => column.IsDifferentOnEveryRow ? Short(level.Name)
            : $"{Short(level.Name)} ({NumberText.Count(level.Rows)})");
        return string.Join(", ", names) + (column.Different == shown.Count ? "" : ", ...");
    }

    private static string Shortest(double value)
    {
        var all = value.ToString("R", CultureInfo.InvariantCulture);
        return all.Length <= LongestNumber && !all.Contains('E') ? all : NumberText.Significant(value, 6);
    }

    private static string Short(string text)
    {
        var shown = Escaped.InFull(text);
        return shown.Length <= LongestCell ? shown : string.Concat(shown.AsSpan(0, LongestCell - 3), "...");
    }
}

using System.Globalization;

namespace Plumb.Formats;

/// <summary>What a user should know of where a table was found.</summary>
internal static class TableFindings
{
    private const int MaxNamed = 10; // a message must stay readable
    private const int MaxPreview = 3;

    /// <summary>What was found that a table need not have.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="shape">The table among them.</param>
    /// <param name="start">The physical line that the search began with.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<SampledLine> lines, TableShape shape, long start)
    {
        if (shape.Names > 0)
        {
            var names = lines[shape.Names];
            yield return new(Severity.Information, "preamble",
                string.Create(CultureInfo.InvariantCulture,
                    $"{RowCountFindings.Counted(names.Line - start, "line")} before the table "
                        + $"{(names.Line - start == 1 ? "was" : "were")} skipped ('{Preview(lines[0])}'"
                        + $"{(shape.Names > 1 ? ", ..." : "")}); the names are in line {names.Line}."),
                "If that is wrong, " + Remedies.TakeAnotherLineForNames + ".");
        }

        var below = lines.Skip(shape.Names + 1).Take(shape.Body - shape.Names - 1).Where(line => !line.IsRule).ToList();
        if (shape.Units && below.Count > 0)
        {
            var names = lines[shape.Names];
            var units = shape.Fields.Where(field => field < below[0].Width && below[0].Cells[field].Length > 0)
                .Select(field => FormattableString.Invariant(
                    $"{Escaped.Of(names.Cells[field - shape.RowNames])} in {Bare(below[0].Cells[field])}")).ToList();
            var where = below.Count == 1 ? FormattableString.Invariant($"Line {below[0].Line} holds")
                : FormattableString.Invariant($"Lines {below[0].Line} to {below[^1].Line} hold");
            yield return new(Severity.Information, "units",
                string.Create(CultureInfo.InvariantCulture, $"{where} units: "
                    + $"{string.Join(", ", units.Take(MaxNamed))}{(units.Count > MaxNamed ? ", ..." : "")}."), "");
        }

        var (width, columns) = (shape.Profile.Width, shape.Fields.Count);
        if (shape.RowNames > 0)
        {
            yield return new(Severity.Information, "row-names",
                "The rows have one field more than there are names, as R writes them: the first field names the rows, "
                    + "and is left out.", "");
        }

        if (width - shape.RowNames > columns)
        {
            var left = width - shape.RowNames - columns;
            yield return new(Severity.Information, "empty-columns",
                string.Create(CultureInfo.InvariantCulture,
                    $"{(left == 1 ? "A column" : $"{left} columns")} without name and value "
                        + $"{(left == 1 ? "was" : "were")} left out, as from a delimiter at the end of each line."),
                "");
        }
        else if (shape.Names >= 0 && lines[shape.Names].Used > width)
        {
            yield return new(Severity.Information, "empty-columns",
                string.Create(CultureInfo.InvariantCulture,
                    $"The rows end before the column '{Escaped.Of(lines[shape.Names].Cells[width])}', which is left "
                        + $"out."), "");
        }
    }

    /// <summary>That the file says what separates its fields.</summary>
    public static Finding SeparatorLine(char delimiter) => new(Severity.Information, "separator-line",
        FormattableString.Invariant(
            $"The first line says that fields are separated by {(delimiter == '\t' ? "tabs" : $"'{delimiter}'")}."),
        "If that is wrong, " + Remedies.NameSeparator + ".");

    /// <summary>That fields are separated by blanks.</summary>
    public static Finding BlankRuns(int columns) => new(Severity.Information, "delimiter",
        FormattableString.Invariant(
            $"The fields are separated by blanks: {RowCountFindings.Counted(columns, "column")}."),
        "If that is wrong, " + Remedies.NameSeparator + ".");

    /// <summary>Half a sentence: where a table may begin.</summary>
    public static string Hint(SampledLine names) => string.Create(CultureInfo.InvariantCulture,
        $"if the table begins at line {names.Line} ('{Preview(names)}'), {Remedies.TakeLineForNames(names.Line)}");

    /// <summary>That the names may stand in a line below the first.</summary>
    public static Finding LowerNames(SampledLine first, SampledLine lower) => new(Severity.Information, "lower-names",
        string.Create(CultureInfo.InvariantCulture,
            $"The names of the columns were read from line {first.Line} ('{Preview(first)}'); line {lower.Line} "
                + $"('{Preview(lower)}') may hold them as well."),
        $"If it does, {Remedies.TakeLineForNames(lower.Line)}.");

    /// <summary>The complaint about two lines that may hold the names.</summary>
    public static string TwoNames(SampledLine above, SampledLine below) => string.Create(CultureInfo.InvariantCulture,
        $"the names of the columns may stand in line {above.Line} ('{Preview(above)}') or in line {below.Line} "
            + $"('{Preview(below)}'), where one such line was expected; {Remedies.TakeLineForNames(below.Line)}, or "
            + $"{Remedies.TakeLineForNamesBeforeUnits(above.Line)}.");

    /// <summary>The complaint about rows without names below a title.</summary>
    public static string NoNames(SampledLine title, SampledLine row) => string.Create(CultureInfo.InvariantCulture,
        $"{row.Width} fields, below '{Preview(title)}', which names none of them, where a line of names was expected; "
            + $"{Remedies.SkipLines(row.Line - 1)} to read the rows without names, {Remedies.NameSeparator}, or "
            + $"{Remedies.ReadDecimals(',')}.");

    /// <summary>The complaint about a first line that may be names or a row.</summary>
    public static string NamesOrRow(SampledLine first, string number) => string.Create(CultureInfo.InvariantCulture,
        $"the first row ('{Preview(first)}') looks like data, since '{Escaped.Of(number)}' is a number and the rows "
            + $"below are alike, where names were expected; {Remedies.KeepFirstRow}, or "
            + $"{Remedies.TakeFirstRowForNames}.");

    /// <summary>The beginning of a line.</summary>
    public static string Preview(SampledLine line) => Escaped.Of(
        string.Join(", ", line.Cells.Where(cell => cell.Length > 0).Take(MaxPreview))
            + (line.Used > MaxPreview ? ", ..." : ""));

    private static string Bare(string unit) =>
        Escaped.Of(unit is ['[', .., ']'] or ['(', .., ')'] or ['<', .., '>'] ? unit[1..^1] : unit);
}

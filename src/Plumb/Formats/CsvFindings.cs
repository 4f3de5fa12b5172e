using System.Globalization;

namespace Plumb;

/// <summary>Counts what a user should know about a file that was read, and puts it into words.</summary>
internal sealed class CsvFindings
{
    private const int MaxColumnsNamed = 10; // a message must stay readable
    private readonly List<Finding> _first = [];

    private ColumnSelection? _selection;

    /// <summary>What was counted so far.</summary>
    public CsvCounts Counts { get; private set; } = new(0);

    /// <summary>Adds what is known once the first row has been read.</summary>
    public void Opened(char? detectedDelimiter, CsvHeader header, bool guessedHeader, bool utf16)
    {
        if (utf16)
        {
            _first.Add(new(Severity.Information, "utf-16", "The file is UTF-16, and was read as such.", ""));
        }

        if (header.Names.Count > 1 && detectedDelimiter is { } delimiter and not ',')
        {
            var shown = delimiter == '\t' ? "tabs" : FormattableString.Invariant($"'{delimiter}'");
            _first.Add(new(Severity.Information, "delimiter", FormattableString.Invariant($"The fields are separated by {shown}: {Counted(header.Names.Count, "column")}."), "--delimiter names another separator."));
        }

        if (header.Unnamed.Count > 0)
        {
            var names = header.Unnamed.Take(MaxColumnsNamed).Select(column => FormattableString.Invariant($"column {column + 1} is called {CsvHeader.NameOfUnnamed(column)}"));
            _first.Add(new(Severity.Warning, "unnamed-columns", FormattableString.Invariant($"{(header.Unnamed.Count == 1 ? "A column has" : $"{header.Unnamed.Count} columns have")} no name, as the index that pandas writes: {string.Join(", ", names)}{(header.Unnamed.Count > MaxColumnsNamed ? ", ..." : "")}."), "Leave an index out by naming the inputs with --input."));
        }

        if (guessedHeader && !header.InFile)
        {
            var names = header.Names.Count switch { 1 => "y", 2 => "x1 and y", 3 => "x1, x2 and y", var n => FormattableString.Invariant($"x1 to x{n - 1} and y") };
            _first.Add(new(Severity.Warning, "no-header", FormattableString.Invariant($"The first row holds numbers, so it is kept as data; {(header.Names.Count == 1 ? "the column is" : "the columns are")} called {names}."), "--header takes the first row for names, --no-header confirms that there are none."));
        }
        else if (guessedHeader && header.Names.FirstOrDefault(name => CsvCell.LooksNumeric(System.Text.Encoding.UTF8.GetBytes(name))) is { } number)
        {
            _first.Add(new(Severity.Warning, "numbers-in-header", FormattableString.Invariant($"The first row was taken for names, yet '{ShownText.Of(number)}' is a number."), "--no-header keeps the first row as data, --header confirms the names."));
        }
    }

    /// <summary>Begins to count.</summary>
    public void Selected(ColumnSelection selection)
    {
        _selection = selection;
        Counts = new CsvCounts(selection.Inputs.Length + selection.Targets.Length);
    }

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<Finding> ToList()
    {
        List<Finding> all = [.. _first];
        Add(all, Counts.LoneCarriageReturns, Severity.Information, "cr-line-ends", "Lines end in a carriage return alone, as on old Macs: " + Counted(Counts.LoneCarriageReturns, "line") + ".", "");
        Add(all, Counts.BlankLines, Severity.Information, "blank-lines", "Blank lines were skipped: " + Counted(Counts.BlankLines, "line") + ".", "");
        Add(all, Counts.RowsDropped, Severity.Warning, "missing-dropped", FormattableString.Invariant($"Rows with missing values were left out: {Counts.RowsDropped} of {Counted(Counts.RowsSeen, "row")}; {Columns()}."), "Ask whether rows are missing at random; if not, the result describes only the rows that are left. Row numbers count these.");
        Add(all, Counts.Underflows, Severity.Warning, "underflow", "Numbers that are not zero, but too small for a double, were read as 0: " + Counted(Counts.Underflows, "cell") + ".", "Give the column in a smaller unit.");
        Add(all, Counts.DigitsLost, Severity.Warning, "digits-lost", "More than 17 significant digits, not all of which a double holds, were rounded to the nearest double: " + Counted(Counts.DigitsLost, "cell") + ".", "Subtract a common offset before writing the file, if those digits matter.");
        Add(all, Counts.IntegersRounded, Severity.Warning, "integers-rounded", "Whole numbers above 2^53 were changed by rounding to the nearest double: " + Counted(Counts.IntegersRounded, "cell") + ".", "Leave identifiers out by naming the other columns with --input.");
        return all;
    }

    private static void Add(List<Finding> all, long count, Severity severity, string code, string message, string remedy)
    {
        if (count > 0)
        {
            all.Add(new Finding(severity, code, message, remedy));
        }
    }

    private string Columns()
    {
        var names = _selection is null ? [] : _selection.Names.Inputs.Concat(_selection.Names.Targets);
        var counted = names.Zip(Counts.Missing.ToArray(), (column, count) => (Column: column, Count: count)).Where(column => column.Count > 0).ToList();
        var named = counted.Take(MaxColumnsNamed).Select(column => FormattableString.Invariant($"column '{ShownText.Of(column.Column)}' {column.Count}"));
        return string.Join(", ", named) + (counted.Count > MaxColumnsNamed ? FormattableString.Invariant($" and {counted.Count - MaxColumnsNamed} more columns") : "");
    }

    private static string Counted(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}

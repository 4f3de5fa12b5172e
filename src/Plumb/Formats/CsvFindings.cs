using System.Globalization;

namespace Plumb;

/// <summary>Counts what a user should know about a file that was read, and puts it into words.</summary>
internal sealed class CsvFindings
{
    private const int MaxColumnsNamed = 10; // a message must stay readable
    private readonly List<Finding> _first = [];

    /// <summary>Lines without text that were passed over.</summary>
    public long BlankLines { get; set; }

    /// <summary>Lines that ended in a carriage return alone.</summary>
    public long LoneCarriageReturns { get; set; }

    /// <summary>Rows left out because of a missing value.</summary>
    public long RowsDropped { get; set; }

    /// <summary>Rows of data, also those left out.</summary>
    public long RowsSeen { get; set; }

    /// <summary>Cells that are not zero, but round to zero.</summary>
    public long Underflows { get; set; }

    /// <summary>Cells with digits that a double does not hold.</summary>
    public long DigitsLost { get; set; }

    /// <summary>Whole numbers changed by rounding.</summary>
    public long IntegersRounded { get; set; }

    /// <summary>Missing cells of each used column, for the rows left out.</summary>
    public IReadOnlyList<(string Column, long Count)> Missing { get; set; } = [];

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

        if (guessedHeader && !header.InFile)
        {
            var names = header.Names.Count switch { 1 => "y", 2 => "x1 and y", var n => FormattableString.Invariant($"x1 to x{n - 1} and y") };
            _first.Add(new(Severity.Warning, "no-header", FormattableString.Invariant($"The first row holds numbers, so it is kept as data; the columns are called {names}."), "--header takes the first row for names, --no-header confirms that there are none."));
        }
        else if (guessedHeader && header.Names.FirstOrDefault(name => CsvCell.LooksNumeric(System.Text.Encoding.UTF8.GetBytes(name))) is { } number)
        {
            _first.Add(new(Severity.Warning, "numbers-in-header", FormattableString.Invariant($"The first row was taken for names, yet '{ShownText.Of(number)}' is a number."), "--no-header keeps the first row as data, --header confirms the names."));
        }
    }

    /// <summary>Counts how well a double holds one more cell.</summary>
    public void Count(DecimalOutcome outcome)
    {
        Underflows += outcome.HasFlag(DecimalOutcome.Underflow) ? 1 : 0;
        DigitsLost += outcome.HasFlag(DecimalOutcome.DigitsLost) ? 1 : 0;
        IntegersRounded += outcome.HasFlag(DecimalOutcome.IntegerRounded) ? 1 : 0;
    }

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<Finding> ToList()
    {
        List<Finding> all = [.. _first];
        Add(all, LoneCarriageReturns, Severity.Information, "cr-line-ends", Counted(LoneCarriageReturns, "line") + " ended in a carriage return alone, as on old Macs, and counted as lines.", "");
        Add(all, BlankLines, Severity.Information, "blank-lines", Counted(BlankLines, "blank line") + " skipped.", "");
        Add(all, RowsDropped, Severity.Warning, "missing-dropped", FormattableString.Invariant($"{RowsDropped} of {Counted(RowsSeen, "row")} left out because of missing values: {Columns()}."), "Ask whether rows are missing at random; if not, the result describes only the rows that are left.");
        Add(all, Underflows, Severity.Warning, "underflow", Counted(Underflows, "cell") + " not zero, but too small for a double: read as 0.", "Give the column in a smaller unit.");
        Add(all, DigitsLost, Severity.Warning, "digits-lost", Counted(DigitsLost, "cell") + " with more than 17 significant digits, not all of which a double holds: rounded to the nearest double.", "Subtract a common offset before writing the file, if those digits matter.");
        Add(all, IntegersRounded, Severity.Warning, "integers-rounded", Counted(IntegersRounded, "whole number") + " above 2^53 changed by rounding to the nearest double.", "Leave identifiers out by naming the other columns with --input.");
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
        var counted = Missing.Where(column => column.Count > 0).ToList();
        var named = counted.Take(MaxColumnsNamed).Select(column => FormattableString.Invariant($"column '{ShownText.Of(column.Column)}' {column.Count}"));
        return string.Join(", ", named) + (counted.Count > MaxColumnsNamed ? FormattableString.Invariant($" and {counted.Count - MaxColumnsNamed} more columns") : "");
    }

    private static string Counted(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun + (count == 1 ? "" : "s");
}

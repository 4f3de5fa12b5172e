using System.Globalization;

namespace Plumb.Formats;

/// <summary>Counts what a user should know about the rows that were read, and puts it into words.</summary>
internal sealed class RowCountFindings
{
    private const int MaxColumnsNamed = 10; // a message must stay readable

    private ColumnSelection? _selection;

    /// <summary>What was counted so far.</summary>
    public RowCounts Counts { get; private set; } = new(0);

    /// <summary>Begins to count.</summary>
    public void Selected(ColumnSelection selection)
    {
        _selection = selection;
        Counts = new RowCounts(selection.Inputs.Length + selection.Targets.Length);
    }

    /// <summary>All findings so far.</summary>
    public IReadOnlyList<Finding> ToList()
    {
        List<Finding> all = [];
        Add(all, Counts.LoneCarriageReturns, Severity.Information, "cr-line-ends",
            "Lines end in a carriage return alone, as on old Macs: " + Counted(Counts.LoneCarriageReturns, "line")
                + ".", "");
        Add(all, Counts.BlankLines, Severity.Information, "blank-lines",
            "Blank lines were skipped: " + Counted(Counts.BlankLines, "line") + ".", "");
        Add(all, Counts.RowsDropped, Severity.Warning, "missing-dropped",
            string.Create(CultureInfo.InvariantCulture,
                $"Rows with missing values were left out: {Counts.RowsDropped} of {Counted(Counts.RowsSeen, "row")}; "
                    + $"{Columns()}."),
            "Ask whether rows are missing at random; if not, the result describes only the rows that are left. Row "
                + "numbers count these.");
        Add(all, Counts.Underflows, Severity.Warning, "underflow",
            "Numbers that are not zero, but too small for a double, were read as 0: "
                + Counted(Counts.Underflows, "cell") + ".", "Give the column in a smaller unit.");
        Add(all, Counts.DigitsLost, Severity.Warning, "digits-lost",
            "More than 17 significant digits, not all of which a double holds, were rounded to the nearest double: "
                + Counted(Counts.DigitsLost, "cell") + ".",
            "Subtract a common offset before writing the file, if those digits matter.");
        Add(all, Counts.IntegersRounded, Severity.Warning, "integers-rounded",
            "Whole numbers above 2^53 were changed by rounding to the nearest double: "
                + Counted(Counts.IntegersRounded, "cell") + ".",
            "If it is an identifier, " + Remedies.LeaveColumnOut + ".");
        return all;
    }

    private static void Add(List<Finding> all, long count, Severity severity, string code, string message,
        string remedy)
    {
        if (count > 0)
        {
            all.Add(new Finding(severity, code, message, remedy));
        }
    }

    private string Columns()
    {
        var names = _selection is null ? [] : _selection.Names.Inputs.Concat(_selection.Names.Targets);
        var counted = names.Zip(Counts.Missing.ToArray(), (column, count) => (Column: column, Count: count))
            .Where(column => column.Count > 0).ToList();
        var named = counted.Take(MaxColumnsNamed)
            .Select(column => FormattableString.Invariant($"column '{Escaped.Of(column.Column)}' {column.Count}"));
        return string.Join(", ", named)
            + (counted.Count > MaxColumnsNamed
                ? FormattableString.Invariant($" and {counted.Count - MaxColumnsNamed} more columns") : "");
    }

    /// <summary>A number of things.</summary>
    public static string Counted(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + noun
        + (count == 1 ? "" : "s");
}

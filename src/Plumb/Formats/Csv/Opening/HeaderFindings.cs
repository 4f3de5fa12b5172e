using System.Globalization;

namespace Plumb.Formats;

/// <summary>What a user should know about how a CSV file begins.</summary>
internal static class HeaderFindings
{
    private const int MaxColumnsNamed = 10; // a message must stay readable

    /// <summary>What is known once the first row has been read.</summary>
    /// <param name="detectedDelimiter">What separates fields, where that was not said.</param>
    /// <param name="header">The header.</param>
    /// <param name="guessedHeader">Whether it was not said that there is one, or none.</param>
    /// <param name="utf16">Whether the text is UTF-16.</param>
    public static IReadOnlyList<Finding> Of(char? detectedDelimiter, CsvHeader header, bool guessedHeader, bool utf16)
    {
        var found = new List<Finding>();
        if (utf16)
        {
            found.Add(new(Severity.Information, "utf-16", "The file is UTF-16, and was read as such.", ""));
        }

        if (header.Names.Count > 1 && detectedDelimiter is { } delimiter and not ',')
        {
            var shown = delimiter == '\t' ? "tabs" : FormattableString.Invariant($"'{delimiter}'");
            found.Add(
                new(Severity.Information, "delimiter",
                    string.Create(CultureInfo.InvariantCulture, $"The fields are separated by {shown}: "
                        + $"{RowCountFindings.Counted(header.Names.Count, "column")}."),
                    "If that is wrong, " + Remedies.NameSeparator + "."));
        }

        if (header.Unnamed.Count > 0)
        {
            var names = header.Unnamed.Take(MaxColumnsNamed)
                .Select(column =>
                    FormattableString.Invariant($"column {column + 1} is called {CsvHeader.NameOfUnnamed(column)}"));
            found.Add(
                new(Severity.Warning, "unnamed-columns",
                    string.Create(CultureInfo.InvariantCulture,
                        $"{(header.Unnamed.Count == 1 ? "A column has" : $"{header.Unnamed.Count} columns have")} no "
                            + $"name, as the index that pandas writes: {string.Join(", ", names)}"
                                + $"{(header.Unnamed.Count > MaxColumnsNamed ? ", ..." : "")}."),
                    "If it is an index, " + Remedies.LeaveColumnOut + "."));
        }

        if (guessedHeader && !header.InFile)
        {
            var names = header.Names.Count switch
            {
                1 => "y",
                2 => "x1 and y",
                3 => "x1, x2 and y",
                var n => FormattableString.Invariant($"x1 to x{n - 1} and y")
            };
            found.Add(
                new(Severity.Warning, "no-header",
                    string.Create(CultureInfo.InvariantCulture, $"The first row holds numbers, so it is kept as data; "
                        + $"{(header.Names.Count == 1 ? "the column is" : "the columns are")} called {names}."),
                    $"To confirm, {Remedies.KeepFirstRow}; or {Remedies.TakeFirstRowForNames}."));
        }
        else if (guessedHeader
            && header.Names.FirstOrDefault(name =>
                DecimalExact.LooksNumeric(System.Text.Encoding.UTF8.GetBytes(name))) is { } number)
        {
            found.Add(
                new(Severity.Warning, "numbers-in-header",
                    string.Create(CultureInfo.InvariantCulture, $"The first row was taken for names, yet '"
                        + $"{Escaped.Of(number)}' is a number."),
                    $"To confirm, {Remedies.TakeFirstRowForNames}; or {Remedies.KeepFirstRow}."));
        }

        return found;
    }
}

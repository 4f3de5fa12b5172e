using System.Globalization;

namespace Plumb.Formats;

/// <summary>What a user should know of columns before learning from them.</summary>
internal static class LookFindings
{
    private const int MostNamed = 10; // a message must stay readable
    private const double NearlyEmpty = 0.5;

    /// <summary>Whether a value is missing in most rows.</summary>
    public static bool IsNearlyEmpty(ColumnLook column, long rows) => column.Missing > NearlyEmpty * rows;

    /// <summary>Whether a column tells rows apart and nothing else.</summary>
    public static bool IsId(ColumnLook column) => column switch
    {
        { Counts: true } => true,
        { IsDifferentOnEveryRow: false } or { NotNumbers: > 0 } => false,
        { Kind: ColumnKind.Text } => true,
        { Kind: ColumnKind.Number, IsWhole: true } => IsNameOfId(column.Name),
        _ => false,
    };

    /// <summary>All of it.</summary>
    public static IEnumerable<Finding> Of(IReadOnlyList<ColumnLook> columns, long rows)
    {
        var found = new List<Finding>();
        foreach (var column in columns.Where(column => column.NotNumbers > 0).Take(MostNamed))
        {
            var (text, row) = column.FirstNotNumber!.Value;
            var what = column.NotNumbers < column.Values
                ? "holds numbers, but also " + RowCountFindings.Counted(column.NotNumbers, "cell")
                    + (column.NotNumbers == 1 ? " that is none" : " that are none")
                : "seems to hold numbers, but none that can be read";
            var (reason, remedy) = (column.Complaint?.Reason, column.Complaint?.Remedy ?? "correct it");
            found.Add(new(Severity.Warning, "not-numbers",
                string.Create(CultureInfo.InvariantCulture, $"'{Escaped.Of(column.Name)}' {what}: row {row} holds "
                    + $"'{Escaped.Of(text)}', {reason ?? "which is not a number"}."),
                Sentence(remedy)));
        }

        foreach (var column in columns.Where(column => column.FirstUnread is not null).Take(MostNamed))
        {
            var (text, expected, remedy) = column.FirstUnread!;
            found.Add(new(Severity.Warning, "unread-text",
                $"'{Escaped.Of(column.Name)}' holds '{Escaped.Of(text)}', expected {expected}.",
                Sentence(remedy)));
        }

        foreach (var column in columns.Where(column => column.MissingCode is not null).Take(MostNamed))
        {
            found.Add(new(Severity.Warning, "missing-code",
                string.Create(CultureInfo.InvariantCulture, $"'{Escaped.Of(column.Name)}' holds {column.MissingCode} "
                    + $"again and again, far from all its other numbers, as codes for missing values do."),
                $"If it is one, {Remedies.TakeForMissing(column.MissingCode!.Value)}: as a number it would decide the "
                    + "fit."));
        }

        Add(found, columns.Where(column => column.Values == 0), "empty-column", "no value at all",
            "Leave it out.", Severity.Warning);
        Add(found, columns.Where(column => column.Values > 0 && IsNearlyEmpty(column, rows)), "nearly-empty-column",
            "no value in most rows", "Leave it out: a fit with it would have few rows left.",
            Severity.Warning);
        Add(found, columns.Where(column => column.IsConstant), "constant-column", "the same value on every row",
            "Leave it out: its effect cannot be told from the bias.");
        Add(found, columns.Where(IsId), "id-column", "a different value on every row, as numbers of rows and names do",
            "Leave it out, unless it means something, such as time.");
        foreach (var column in columns.Where(column => column.CopyOf is not null).Take(MostNamed))
        {
            found.Add(new(Severity.Information, "copied-column",
                $"'{Escaped.Of(column.Name)}' and '{Escaped.Of(column.CopyOf!)}' hold the same on every row.",
                "Leave one of them out."));
        }

        return found;
    }

    private static void Add(List<Finding> found, IEnumerable<ColumnLook> columns, string code, string what,
        string remedy, Severity severity = Severity.Information)
    {
        var names = columns.Select(column => $"'{Escaped.Of(column.Name)}'").ToList();
        if (names.Count > 0)
        {
            var listed = string.Join(", ", names.Take(MostNamed))
                + (names.Count > MostNamed ? FormattableString.Invariant($" and {names.Count - MostNamed} more") : "");
            found.Add(new(severity, code, $"{listed} {(names.Count == 1 ? "holds" : "hold")} {what}.", remedy));
        }
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static bool IsNameOfId(string name) =>
        name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
            && (name.Length == 2 || !char.IsLetter(name[^3]) || (name[^2] == 'I' && char.IsLower(name[^3])))
        || name.ToUpperInvariant() is "INDEX" or "ROW" or "KEY" or "NR" or "NO" or "UUID" or "GUID";
}

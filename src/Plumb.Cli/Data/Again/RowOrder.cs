using System.Text.RegularExpressions;

namespace Plumb.Cli;

/// <summary>Whether the order in which rows are read is one that somebody gave them.</summary>
internal static partial class RowOrder
{
    /// <summary>Why it is none; empty where it may be one: files keep theirs.</summary>
    public static string WhyNone(DataArguments given) =>
        given.Sql is { } query
            ? OrderBy().IsMatch(query) ? "" : "a query gives rows in no order; end it with ORDER BY"
            : given.Paths.Any(PostgreSqlAddress.IsMeant)
            ? "a table of PostgreSQL keeps no order; give --sql with ORDER BY" : "";

    [GeneratedRegex(@"\border\s+by\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrderBy();
}

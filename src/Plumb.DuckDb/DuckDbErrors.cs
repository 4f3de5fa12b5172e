using System.Text.RegularExpressions;

namespace Plumb.DuckDb;

/// <summary>What goes wrong in DuckDB, in Plumb's words: its own are for those who use DuckDB themselves.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>The exception for one of its messages.</summary>
    /// <param name="input">What was read.</param>
    /// <param name="message">The message.</param>
    public static InvalidDataException Of(DuckDbInput input, string message) => DataErrors.Of(input.Name, input switch
    {
        _ when Has(message, "Out of Memory") =>
            "takes more memory than is given to a file of its size; if it is sound, write it in smaller row groups.",
        DuckDbInput.Query query => OfQuery(query, message),
        DuckDbInput.Table table => OfTable(table, message),
        DuckDbInput.Json => "is not read as rows of JSON objects; check what wrote it.",
        _ when Has(message, "not implemented") || Has(message, "not supported") || Has(message, "Unsupported") =>
            "uses a part of Parquet that is not read here; write it with the usual encodings and compression.",
        _ => "is damaged, or no Parquet, although it begins and ends like it; check what wrote it.",
    });

    private static string OfTable(DuckDbInput.Table table, string message) => message switch
    {
        _ when Has(message, "not a valid DuckDB") => "is no DuckDB database, although it is named like one; check what "
            + "wrote it, or name it by what it holds.",
        _ when Has(message, "newer version") || Has(message, "version number") =>
            "was written by a newer DuckDB than is known here; export the table as Parquet.",
        _ when Has(message, "Could not set lock") || Has(message, "Conflicting lock") =>
            "is in use by another program; close it there, or copy the file.",
        _ when Has(message, "Permission Error") || Has(message, "disabled by configuration") =>
            "the view reads another file, where only its own database can be read; make a table of it there.",
        _ when table.TableName is not null && IsOfSql(message) =>
            $"the view cannot be read: {Words(message)}; make a table of it there.",
        _ => "is damaged: it cannot be read as a DuckDB database; check what wrote it.",
    };

    private static string OfQuery(DuckDbInput.Query query, string message) => message switch
    {
        _ when Has(message, "Permission Error") || Has(message, "disabled by configuration") =>
            "the query reads another file, and over a file it can reach that one only; "
                + Remedies.NameFilesInQuery + ".",
        _ when Has(message, "httpfs") || Has(message, "://") && Has(message, "xtension") =>
            "the query names an address, and files are not fetched; fetch the file first, and name it.",
        _ when Has(message, "xtension") =>
            "the query uses what is not built in here; give the data as CSV, Parquet or JSON.",
        _ when query.Over is DuckDbInput.Table table && !IsOfSql(message) && !IsOfValues(message) =>
            OfTable(table, message),
        _ => $"{Words(message)}; correct the {(query.IsFilter ? "condition" : "query")}.",
    };

    // Its message without what kind of error it takes it for, the line that it quotes, and advice for its own settings.
    private static string Words(string message)
    {
        var words = Quoted().Replace(message, "");
        words = string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words = Advice().Replace(words, "");
        words = Kind().Replace(words, "").Replace("DuckDB", "SQL", StringComparison.Ordinal);
        return Escaped.InFull(words.TrimEnd('.', ';', '!', ' '));
    }

    private static bool IsOfSql(string message) => message.StartsWith("Binder", StringComparison.Ordinal)
        || message.StartsWith("Parser", StringComparison.Ordinal)
        || message.StartsWith("Catalog", StringComparison.Ordinal);

    private static bool IsOfValues(string message) => message.StartsWith("Conversion", StringComparison.Ordinal)
        || message.StartsWith("Invalid Input", StringComparison.Ordinal)
        || message.StartsWith("Out of Range", StringComparison.Ordinal);

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?:[A-Z][A-Za-z]* )+(?:Error|Exception): (?:[A-Z][A-Za-z]* Error: )?")]
    private static partial Regex Kind();

    [GeneratedRegex(@"\r?\n\s*LINE \d+:.*$", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"\s*(?:Try increasing '|Did you mean ""(?:pg_|duckdb_|sqlite_|pragma_|information_schema)"
            + @"|Possible solutions:|Candidate bindings:|\* Set |Use TRY_CAST|LINE \d+:).*$")]
    private static partial Regex Advice();
}

using System.Text;
using System.Text.Json;

namespace Plumb.DuckDb;

/// <summary>
/// Looks through a query for the files that it reads, so that they are read as any other: not what the names of their
/// folders say, and CSV not by guesses.
/// </summary>
internal static class QueryFiles
{
    private const string Partitioning = "hive_partitioning";
    private const int Deepest = 10_000; // of the query, as JSON
    private static readonly HashSet<string> s_readers = ["read_parquet", "parquet_scan", "read_json", "read_json_auto",
        "read_ndjson", "read_ndjson_auto", "read_json_objects", "read_json_objects_auto", "read_ndjson_objects"];
    private static readonly HashSet<string> s_guessing = ["read_csv", "read_csv_auto", "sniff_csv"];
    private static readonly HashSet<string> s_hidden = ["query", "query_table", "json_execute_serialized_sql"];

    /// <summary>The query to run in its place.</summary>
    /// <exception cref="InvalidDataException">It reads what cannot be read with certainty.</exception>
    public static string Of(DuckDbSession session, DuckDbInput.Query query)
    {
        var sql = query.Sql.TrimEnd().TrimEnd(';');
        if (query.Over is DuckDbInput.Parquet or DuckDbInput.Json)
        {
            RequireTold(ColumnsOf(session, query.Over, query.Name), query.Name);
            session.Execute($"CREATE TEMP VIEW {NameOf(query)} AS SELECT * FROM {Source(query.Over)}");
        }

        if (query is { IsFilter: true, Over: DuckDbInput.Table table })
        {
            session.Execute(
                $"CREATE TEMP VIEW {NameOf(query)} AS SELECT * FROM {DuckDbRelation.Find(session, table)}");
        }

        using var tree = JsonDocument.Parse(session.Texts($"SELECT json_serialize_sql({DuckDbFile.Text(sql)})")[0],
            new JsonDocumentOptions { MaxDepth = Deepest });
        var isPlain = !tree.RootElement.GetProperty("error").GetBoolean();
        if (!isPlain && !tree.RootElement.GetProperty("error_type").ValueEquals("parser")) // which says so itself
        {
            throw DataErrors.Of(query.Name, "the query is not one SELECT, or one of a kind whose files cannot be "
                + "known in advance, such as PIVOT; write it as SELECT.");
        }

        var words = new SqlWords(tree.RootElement);
        if (query.Over is DuckDbInput.Rows rows)
        {
            session.Load(NameOf(query), rows.Source, words.MayMean);
        }

        var edits = new List<Edit>();
        var text = Encoding.UTF8.GetBytes(sql);
        var loaded = new Dictionary<string, string>(StringComparer.Ordinal);
        SqlWords.Walk(tree.RootElement, node =>
        {
            if (EditOf(node, query, text, words.Tables, Load) is { } edit)
            {
                edits.Add(edit);
            }
        });
        return Edited(text, edits);

        string Load(string path)
        {
            if (!loaded.TryGetValue(path, out var table))
            {
                loaded.Add(path, table = FormattableString.Invariant($"plumb_file_{loaded.Count}"));
                session.Load(table, (query.TextFiles ?? throw Guesses(query, path))(path), words.MayMean);
            }

            return table;
        }
    }

    /// <summary>Refuses columns that SQL does not tell apart: names that differ in case only.</summary>
    /// <exception cref="InvalidDataException">There are two such.</exception>
    public static void RequireTold(IEnumerable<string> columns, string name)
    {
        if (columns.GroupBy(column => column, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1)?.ToList() is [var first, var second, ..])
        {
            throw DataErrors.Of(name, $"the columns '{Escaped.Of(first)}' and '{Escaped.Of(second)}' differ in case "
                + "only, which a query does not tell apart; rename one of them, or read the file without a query.");
        }
    }

    private static string NameOf(DuckDbInput.Query query) => query.IsFilter ? DuckDbInput.FilteredRows : "data";

    private static string Source(DuckDbInput over) => over is DuckDbInput.Parquet parquet
        ? DuckDbFile.Parquet(parquet.Path) : DuckDbFile.Json(((DuckDbInput.Json)over).Path);

    // JSON is gone through first: what is no JSON, or nested without end, is refused.
    private static IReadOnlyList<string> ColumnsOf(DuckDbSession session, DuckDbInput over, string name) =>
        over is DuckDbInput.Parquet parquet ? DuckDbFile.ColumnsOf(session, parquet.Path) ?? []
        : JsonReader.OpenAsync(() => File.OpenRead(((DuckDbInput.Json)over).Path), name).GetAwaiter().GetResult()
            .Columns;

    private static Edit? EditOf(JsonElement node, DuckDbInput.Query query, byte[] text, IReadOnlySet<string> names,
        Func<string, string> load)
    {
        if (IsOf(node, "TABLE_FUNCTION") && node.TryGetProperty("function", out var function))
        {
            return OfFunction(function, query, text);
        }

        if (!IsOf(node, "BASE_TABLE") || query.Over is DuckDbInput.Table || !Is(node, "schema_name", "")
            || !Is(node, "catalog_name", "") || node.GetProperty("table_name").GetString() is not { } name
            || names.Contains(name) || FileKind(name) is not { } kind)
        {
            return null;
        }

        var start = node.GetProperty("query_location").GetUInt64();
        var end = start < (ulong)text.Length ? SqlText.EndOfQuoted(text, (int)start) : -1;
        if (end < 0)
        {
            throw DataErrors.Of(query.Name, $"the query reads '{Escaped.Of(name)}' in a way that is not looked "
                + "through; write the file's name in quotes behind FROM.");
        }

        var alias = Is(node, "alias", "") ? $" AS {SqlName.Of(Path.GetFileNameWithoutExtension(name))}" : "";
        if (kind == ".csv")
        {
            return new Edit((int)start, end, SqlName.Of(load(name)) + alias);
        }

        var reader = kind == ".parquet" ? "read_parquet" : "read_json";
        var all = kind == ".parquet" ? "" : ", sample_size = -1";
        return new Edit((int)start, end, $"{reader}({DuckDbFile.Text(name)}, {Partitioning} = false{all}){alias}");
    }

    private static Edit? OfFunction(JsonElement function, DuckDbInput.Query query, byte[] text)
    {
        var name = function.GetProperty("function_name").GetString()!.ToLowerInvariant();
        if (s_hidden.Contains(name))
        {
            throw DataErrors.Of(query.Name,
                $"the query has another one inside a text ({name}), which is not looked through; write it out.");
        }

        if (s_guessing.Contains(name))
        {
            throw Guesses(query, name);
        }

        if (!s_readers.Contains(name))
        {
            return null;
        }

        var mentions = false;
        SqlWords.Walk(function, node => mentions |= Is(node, "alias", Partitioning) || (IsOf(node, "COLUMN_REF")
            && node.GetProperty("column_names").EnumerateArray().Any(part => part.ValueEquals(Partitioning))));
        if (mentions)
        {
            throw DataErrors.Of(query.Name, $"the query says {Partitioning}, by which the names of folders take the "
                + "place of data; leave it out of the query, and " + Remedies.ReadFolders + ".");
        }

        var start = function.GetProperty("query_location").GetUInt64();
        var end = start < (ulong)text.Length ? SqlText.EndOfCall(text, (int)start) : -1;
        return end > 0 ? new Edit(end, end, $", {Partitioning} = false")
            : throw DataErrors.Of(query.Name, $"the query calls {name} in a way that is not looked through; write it "
                + "as a call with its arguments in parentheses.");
    }

    private static InvalidDataException Guesses(DuckDbInput.Query query, string name) => DataErrors.Of(query.Name,
        $"the query reads CSV by {Escaped.Of(name)}, which would guess how the file is written; write from 'FILE', "
            + "or " + Remedies.GiveFileBesideQuery + ".");

    private static string? FileKind(string name)
    {
        var plain = name.ToLowerInvariant();
        plain = plain.EndsWith(".gz", StringComparison.Ordinal) || plain.EndsWith(".zst", StringComparison.Ordinal)
            ? plain[..plain.LastIndexOf('.')] : plain;
        return Path.GetExtension(plain) switch
        {
            ".parquet" or ".pq" => ".parquet",
            ".json" or ".jsonl" or ".ndjson" => ".json",
            ".csv" or ".tsv" or ".txt" or ".dat" or ".tbl" => ".csv",
            _ => null,
        };
    }

    private static bool IsOf(JsonElement node, string type) => Is(node, "type", type);

    private static bool Is(JsonElement node, string property, string value) =>
        node.TryGetProperty(property, out var found) && found.ValueKind == JsonValueKind.String
            && found.ValueEquals(value);

    private static string Edited(byte[] text, List<Edit> edits)
    {
        var (result, place) = (new List<byte>(), 0);
        foreach (var edit in edits.OrderBy(edit => edit.Start))
        {
            result.AddRange(text[place..edit.Start]);
            result.AddRange(Encoding.UTF8.GetBytes(edit.Text));
            place = edit.End;
        }

        result.AddRange(text[place..]);
        return Encoding.UTF8.GetString([.. result]);
    }

    private readonly record struct Edit(int Start, int End, string Text);
}

using System.Text;
using System.Text.Json;

namespace Plumb;

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
        if (query.Over is { } over and not DuckDbInput.Table)
        {
            RequireTold(session, query, over);
            session.Execute($"CREATE TEMP VIEW data AS SELECT * FROM {Source(over)}");
        }

        using var tree = JsonDocument.Parse(session.Texts($"SELECT json_serialize_sql({DuckDbFile.Text(sql)})")[0],
            new JsonDocumentOptions { MaxDepth = Deepest });
        if (tree.RootElement.GetProperty("error").GetBoolean())
        {
            return tree.RootElement.GetProperty("error_type").ValueEquals("parser") ? sql // which says so itself
                : throw DataErrors.Of(query.Name, "the query is not one SELECT, or one of a kind whose files cannot be "
                    + "told beforehand, such as PIVOT; write it as SELECT.");
        }

        var edits = new List<Edit>();
        var text = Encoding.UTF8.GetBytes(sql);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Walk(tree.RootElement, node => AddNames(node, names));
        Walk(tree.RootElement, node =>
        {
            if (EditOf(node, query, text, names) is { } edit)
            {
                edits.Add(edit);
            }
        });
        return Edited(text, edits);
    }

    private static string Source(DuckDbInput over) => over is DuckDbInput.Parquet parquet
        ? DuckDbFile.Parquet(parquet.Path) : DuckDbFile.Json(((DuckDbInput.Json)over).Path);

    // SQL does not tell names apart that differ in case only.
    private static void RequireTold(DuckDbSession session, DuckDbInput.Query query, DuckDbInput over)
    {
        var columns = over is DuckDbInput.Parquet parquet ? DuckDbFile.ColumnsOf(session, parquet.Path)
            : JsonReader.OpenAsync(() => File.OpenRead(((DuckDbInput.Json)over).Path), query.Name).GetAwaiter()
                .GetResult().Columns; // refuses what is no JSON, or nested without end
        if (columns?.GroupBy(column => column, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(same => same.Count() > 1)?.ToList() is [var first, var second, ..])
        {
            throw DataErrors.Of(query.Name, $"the columns '{Escaped.Of(first)}' and '{Escaped.Of(second)}' differ in "
                + "case only, which a query does not tell apart; rename one of them, or read the file without a "
                + "query.");
        }
    }

    private static Edit? EditOf(JsonElement node, DuckDbInput.Query query, byte[] text, HashSet<string> names)
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

        if (kind == ".csv")
        {
            throw Guesses(query, name);
        }

        var alias = Is(node, "alias", "") ? $" AS {SqlName.Of(Path.GetFileNameWithoutExtension(name))}" : "";
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
        Walk(function, node => mentions |= Is(node, "alias", Partitioning) || (IsOf(node, "COLUMN_REF")
            && node.GetProperty("column_names").EnumerateArray().Any(part => part.ValueEquals(Partitioning))));
        if (mentions)
        {
            throw DataErrors.Of(query.Name, $"the query says {Partitioning}, by which the names of folders take the "
                + "place of data; leave it out of the query, and read folders as columns with --folders.");
        }

        var start = function.GetProperty("query_location").GetUInt64();
        var end = start < (ulong)text.Length ? SqlText.EndOfCall(text, (int)start) : -1;
        return end > 0 ? new Edit(end, end, $", {Partitioning} = false")
            : throw DataErrors.Of(query.Name, $"the query calls {name} in a way that is not looked through; write it "
                + "as a call with its arguments in parentheses.");
    }

    private static InvalidDataException Guesses(DuckDbInput.Query query, string name) => DataErrors.Of(query.Name,
        $"the query reads CSV by {Escaped.Of(name)}, which would guess how the file is written; give the file before "
            + "--sql, and call it data in the query.");

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

    private static void AddNames(JsonElement node, HashSet<string> names)
    {
        if (node.TryGetProperty("cte_map", out var map) && map.TryGetProperty("map", out var entries))
        {
            foreach (var entry in entries.EnumerateArray())
            {
                names.Add(entry.GetProperty("key").GetString()!);
            }
        }
    }

    private static bool IsOf(JsonElement node, string type) => Is(node, "type", type);

    private static bool Is(JsonElement node, string property, string value) =>
        node.TryGetProperty(property, out var found) && found.ValueKind == JsonValueKind.String
            && found.ValueEquals(value);

    private static void Walk(JsonElement node, Action<JsonElement> visit)
    {
        var open = new Stack<JsonElement>([node]);
        while (open.TryPop(out var next))
        {
            if (next.ValueKind == JsonValueKind.Object)
            {
                visit(next);
                foreach (var property in next.EnumerateObject())
                {
                    open.Push(property.Value);
                }
            }
            else if (next.ValueKind == JsonValueKind.Array)
            {
                foreach (var element in next.EnumerateArray())
                {
                    open.Push(element);
                }
            }
        }
    }

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

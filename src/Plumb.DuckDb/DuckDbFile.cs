namespace Plumb.DuckDb;

/// <summary>Files as SQL reads them: what they hold, and not what the names of their folders say.</summary>
internal static class DuckDbFile
{
    /// <summary>What a Parquet file's rows are numbered by.</summary>
    public const string RowNumber = "file_row_number";

    /// <summary>A text as SQL writes it.</summary>
    public static string Text(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>A file's name, which may hold what SQL would take for a pattern.</summary>
    public static string Literal(string path) => Text(string.Concat(
        Path.GetFullPath(path).Select(c => c is '*' or '?' or '[' ? $"[{c}]" : c.ToString())));

    /// <summary>The rows of a Parquet file.</summary>
    public static string Parquet(string path, bool numbered = false) => $"read_parquet({Literal(path)}, "
        + $"hive_partitioning = false{(numbered ? $", {RowNumber} = true" : "")})";

    /// <summary>The rows of a JSON file; types from all rows, not from the first.</summary>
    public static string Json(string path) =>
        $"read_json({Literal(path)}, sample_size = -1, hive_partitioning = false)";

    /// <summary>The columns of a Parquet file by their own names; null where its schema cannot be followed.</summary>
    public static IReadOnlyList<string>? ColumnsOf(DuckDbSession session, string path)
    {
        // The schema is a tree, each node before its children.
        var nodes = session.Texts($"SELECT coalesce(num_children, 0)::VARCHAR || ':' || name FROM parquet_schema("
            + $"{Literal(path)})").Select(node => node.Split(':', 2)).ToList();
        var columns = new List<string>();
        long inside = 0; // nodes still to come below the column before
        foreach (var node in nodes.Skip(1))
        {
            if (inside == 0)
            {
                columns.Add(node[1]);
                inside = 1;
            }

            inside += long.Parse(node[0], System.Globalization.CultureInfo.InvariantCulture) - 1;
        }

        return nodes.Count > 0 && inside == 0 && nodes[0][0] == FormattableString.Invariant($"{columns.Count}")
            ? columns : null;
    }

    /// <summary>What pandas says of a Parquet file's columns; null where it says nothing.</summary>
    public static string? PandasOf(DuckDbSession session, string path) => session.Texts(
        $"SELECT decode(value) FROM parquet_kv_metadata({Literal(path)}) WHERE key = 'pandas'::BLOB") is [var json, ..]
            ? json : null;
}

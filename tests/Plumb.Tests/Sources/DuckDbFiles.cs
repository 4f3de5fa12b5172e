using System.Globalization;
using DuckDB.NET.Data;

namespace Plumb.Tests.Sources;

/// <summary>Makes files by DuckDB's SQL.</summary>
internal static class DuckDbFiles
{
    /// <summary>Runs statements in a database file, or in memory.</summary>
    public static void Run(string? database, params IEnumerable<string> statements)
    {
        using var connection = new DuckDBConnection($"DataSource={database ?? ":memory:"}");
        connection.Open();
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Writes a query's rows to a file.</summary>
    public static string Write(string path, string query, string options = "")
    {
        Run(null,
            $"COPY ({query}) TO '{path.Replace("'", "''", StringComparison.Ordinal)}' ({options})".Replace(" ()", "",
                StringComparison.Ordinal));
        return path;
    }

    /// <summary>Rows of doubles as a query, to the bit.</summary>
    public static string Values(string[] columns, double[][] rows)
    {
        var tuples =
            rows.Select(row =>
                "(" + string.Join(", ",
                    row.Select(value => "'" + value.ToString("R", CultureInfo.InvariantCulture) + "'::DOUBLE")) + ")");
        return $"SELECT * FROM (VALUES {string.Join(", ", tuples)}) AS t("
            + $"{string.Join(", ", columns.Select(column => $"\"{column}\""))})";
    }
}

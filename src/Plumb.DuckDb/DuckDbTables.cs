using DuckDB.NET.Data;

namespace Plumb;

/// <summary>The tables and views of a database.</summary>
internal sealed class DuckDbTables
{
    private const int MostNamed = 10; // a message must stay readable
    private readonly IReadOnlyList<(string Schema, string Name)> _all;

    private DuckDbTables(IReadOnlyList<(string Schema, string Name)> all) => _all = all;

    /// <summary>Those of the database in use.</summary>
    public static DuckDbTables Of(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = current_database() ORDER BY ALL";
        using var reader = command.ExecuteReader();
        var all = new List<(string, string)>();
        while (reader.Read())
        {
            all.Add((reader.GetString(0), reader.GetString(1)));
        }

        return new DuckDbTables(all);
    }

    /// <summary>The table as SQL names it.</summary>
    /// <exception cref="InvalidDataException">There is no such table, or more than one.</exception>
    public string Find(DuckDbInput.Table wanted)
    {
        var found = wanted.TableName is null ? _all : [.. _all.Where(table => table.Name == wanted.TableName || $"{table.Schema}.{table.Name}" == wanted.TableName)];
        return found switch
        {
            [var (schema, name)] => $"{DuckDbSession.Quoted(schema)}.{DuckDbSession.Quoted(name)}",
            [] when _all.Count == 0 => throw BadData.Of(wanted.Path, "the database has no tables, where one was expected; check what wrote it."),
            [] => throw BadData.Of(wanted.Path, $"there is no table '{ShownText.Of(wanted.TableName!)}' among {Listed(_all)}; name one of these with --table."),
            _ => throw BadData.Of(wanted.Path, $"there are {found.Count} tables, {Listed(found)}, where one was expected; name it with --table."),
        };
    }

    private static string Listed(IReadOnlyList<(string Schema, string Name)> tables) =>
        string.Join(", ", tables.Take(MostNamed).Select(table => $"'{(table.Schema == "main" ? "" : ShownText.Of(table.Schema) + ".")}{ShownText.Of(table.Name)}'")) + (tables.Count > MostNamed ? ", ..." : "");
}

using DuckDB.NET.Data;

namespace Plumb.Fuzz;

/// <summary>Sound files that DuckDB itself writes.</summary>
internal static class EngineSeeds
{
    public static byte[][] Parquet()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-fuzz-");
        try
        {
            string[] queries = ["select 1.5 as a, 2 as y",
                "select range / 7 as a, range as b, range % 3 = 0 as y from range(200)",
                "select case when range % 5 = 0 then null else range end as a, range::float as y from range(50)"];
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            return [.. queries.Select((query, k) =>
            {
                var path = Path.Combine(folder.FullName, FormattableString.Invariant($"{k}.parquet"));
                using var command = connection.CreateCommand();
                command.CommandText = $"copy ({query}) to '{path}'";
                command.ExecuteNonQuery();
                return File.ReadAllBytes(path);
            })];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Databases of small blocks, of which damage is more likely to hit something.</summary>
    public static byte[][] Databases()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-fuzz-");
        try
        {
            string[] tables = ["select 1.5 as a, 2 as y",
                "select range / 7 as a, 'level ' || range % 3 as t, range::decimal(9, 2) as y from range(200)"];
            return [.. tables.Select((query, k) =>
            {
                var path = Path.Combine(folder.FullName, FormattableString.Invariant($"{k}.duckdb"));
                using (var connection = new DuckDBConnection("DataSource=:memory:"))
                {
                    connection.Open();
                    using var command = connection.CreateCommand();
                    command.CommandText =
                        $"attach '{path}' as f (block_size 16384); create table f.d as {query}; detach f";
                    command.ExecuteNonQuery();
                }

                return File.ReadAllBytes(path);
            })];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

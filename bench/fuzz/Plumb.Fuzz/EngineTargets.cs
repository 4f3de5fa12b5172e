using Plumb.DuckDb;

namespace Plumb.Fuzz;

/// <summary>What DuckDB reads, from files of its own.</summary>
internal static class EngineTargets
{
    public static IEnumerable<FuzzTarget> All(Seeds seeds) =>
    [
        OfFile<DuckDbInput.Parquet>("parquet", Seeds.Parquet(), ["PAR1"], ".parquet",
            path => new DuckDbInput.Parquet(path)),
        OfFile<DuckDbInput.Table>("duckdb", Seeds.Databases(), ["DUCK"], ".duckdb",
            path => new DuckDbInput.Table(path)),
        OfFile<DuckDbInput.Json>("duckdb-json", seeds.Json(), Seeds.JsonWords, ".jsonl",
            path => new DuckDbInput.Json(path)),
        OfFile<DuckDbInput.Query>("duckdb-query", seeds.Json(), Seeds.JsonWords, ".jsonl",
            path => new DuckDbInput.Query("select * from data limit 100", new DuckDbInput.Json(path))),
        new("filtered", typeof(FilteredReader), seeds.Csv(), Seeds.CsvWords, FilteredAsync) { IsNative = true },
    ];

    private static FuzzTarget OfFile<T>(string name, byte[][] seeds, string[] words, string extension,
        Func<string, DuckDbInput> input)
        where T : DuckDbInput => new(name, typeof(T), seeds, words, async bytes =>
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + extension);
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            await using var reader = await DuckDbReader.OpenAsync(input(path), dropMissing: true);
            await FuzzTargets.RowsOfAsync(reader);
        }
        finally
        {
            File.Delete(path);
        }
    })
        { IsNative = true };

    private static async Task FilteredAsync(byte[] bytes)
    {
        var source = new RowSource("t.csv", async cancellationToken =>
            await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv", null, cancellationToken));
        await using var reader = await FilteredReader.OpenAsync("t.csv", source, "1 = 1", dropMissing: true);
        await FuzzTargets.RowsOfAsync(reader);
    }
}

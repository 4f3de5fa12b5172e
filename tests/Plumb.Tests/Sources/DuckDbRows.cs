namespace Plumb.Tests.Sources;

/// <summary>What DuckDB's reader gives, for tests.</summary>
internal static class DuckDbRows
{
    /// <summary>The rows of a query.</summary>
    public static Task<SourceRows> Query(string sql) => Of(new DuckDbInput.Query(sql));

    /// <summary>The rows of an input.</summary>
    public static Task<SourceRows> Of(DuckDbInput input, bool dropMissing = false) =>
        SourceRows.OfAsync(OpenAsync(input, dropMissing));

    /// <summary>A reader of an input.</summary>
    public static async Task<RowReader> OpenAsync(DuckDbInput input, bool dropMissing) =>
        await DuckDbReader.OpenAsync(input, dropMissing, TestContext.Current.CancellationToken);
}

namespace Plumb.Tests.Sources;

/// <summary>Sums that PostgreSQL makes are those of the rows, to the last byte.</summary>
public sealed class PostgreSqlSumsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static PostgreSqlAddress Server => PostgreSqlAddress.Parse(PostgreSqlServer.Address!);

    [ServerTheory]
    [InlineData(1, 1)]
    [InlineData(1000, 12)]
    [InlineData(200, 52)]
    public async Task Table_gives_what_reading_its_rows_gives(int rows, int columns)
    {
        await using var table = await TemporaryTable.CreateAsync(SqlTableRows.Definition(columns),
            $"VALUES {SqlTableRows.Values(rows, columns, seed: rows)}");
        await SqlMomentsTests.RequireSameAsync(async () => await PostgreSqlReader.OpenAsync(
            new PostgreSqlInput.Table(Server, table.Name), cancellationToken: Cancellation),
            SqlTableRows.Names(columns));
    }

    [ServerTheory]
    [InlineData("unnest(ARRAY[true, false, true]) AS x, unnest(ARRAY[1.5, 2, 3]::real[]) AS y")]
    [InlineData("unnest(ARRAY[123456789012345678901234567890, 0.1, -0.00005]) AS x, generate_series(1, 3) AS y")]
    [InlineData("unnest(ARRAY[9223372036854775807, 9007199254740993]) AS x, unnest(ARRAY[0, 0]::smallint[]) AS y")]
    [InlineData("unnest(ARRAY[5e-324, -1e-323, 0]::float8[]) AS x, unnest(ARRAY[1.7976931348623157e308, 1e308, 1e307]"
        + "::float8[]) AS y")]
    [InlineData("unnest(ARRAY[-0.75, -1e-9, -1, 1073741823.75]::float8[]) AS x, generate_series(0, 3) AS y")]
    public async Task Extreme_numbers_are_the_doubles_that_reading_gives(string columns) =>
        await SqlMomentsTests.RequireSameAsync(() => Open($"SELECT {columns}"), new VariableNames(["x"], ["y"]));

    [ServerFact]
    public async Task Rows_that_lack_a_value_are_left_out_and_counted_as_reading_does() =>
        await SqlMomentsTests.RequireSameAsync(() => Open("SELECT * FROM (VALUES (1.5::float8, 2), (NULL, 3), ('NaN', "
            + "NULL), (2.5, 4), (1e9, 1)) AS t(x, y)", dropMissing: true), new VariableNames(["x"], ["y"]));

    [ServerTheory]
    [InlineData("NULL", "column 'x' has no number (NULL or not-a-number) on 1 row; fill it in, or leave out rows")]
    [InlineData("'NaN'", "column 'x' has no number (NULL or not-a-number) on 1 row; fill it in, or leave out rows")]
    [InlineData("'-inf'", "column 'x' holds infinity on 1 row, where finite numbers were expected; correct these")]
    [InlineData("1e-60", "column 'x' holds numbers from 1E-60 to 7.5 in magnitude, whose bits span more than the 240")]
    public async Task Number_that_cannot_be_added_up_is_refused_in_a_sentence(string odd, string expected)
    {
        await using var reader = (PostgreSqlReader)await Open(
            $"SELECT 7.5::float8 AS x, 1 AS y UNION ALL SELECT {odd}, 2");
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => reader.SumAsync(["x"], ["y"],
            cancellationToken: Cancellation));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Cancelling_leaves_no_query_behind()
    {
        var mark = "x" + Guid.NewGuid().ToString("N");
        await using var reader = (PostgreSqlReader)await Open($"SELECT i AS {mark} FROM generate_series(1, 1000000000) "
            + "AS i");
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sum = reader.SumAsync([mark], [], null, stopped.Token);
        while (await RunningAsync(mark) is null)
        {
            Assert.False(sum.IsCompleted);
        }

        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sum);
        for (var i = 0; await RunningAsync(mark) is { } running; i++)
        {
            Assert.True(i < 100, $"the query goes on: {running}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    // The mark is not in the text of this query itself.
    private static async Task<string?> RunningAsync(string mark) => (await TemporaryTable.RunAsync(
        "SELECT pid || ' ' || query FROM pg_stat_activity WHERE state = 'active' AND query LIKE "
            + $"'%' || '{mark[..9]}' || '{mark[9..]}%' LIMIT 1"))?.ToString();

    private static async Task<RowReader> Open(string sql, bool dropMissing = false) =>
        await PostgreSqlReader.OpenAsync(new PostgreSqlInput.Query(Server, sql), dropMissing, Cancellation);
}

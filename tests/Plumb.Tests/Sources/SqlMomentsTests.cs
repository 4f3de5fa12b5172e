using DuckDB.NET.Data;

namespace Plumb.Tests.Sources;

/// <summary>Sums that an engine makes are those of the rows, to the last byte.</summary>
public sealed class SqlMomentsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(1000, 12)]
    [InlineData(300, 52)]
    public async Task DuckDb_adds_up_what_reading_the_rows_gives(int rows, int columns)
    {
        using var folder = new TemporaryFolder();
        var file = folder["t.duckdb"];
        DuckDbFiles.Run(file, $"CREATE TABLE t ({SqlTableRows.Definition(columns)})",
            $"INSERT INTO t VALUES {SqlTableRows.Values(rows, columns, seed: rows)}");
        await RequireSameAsync(async () => await DuckDbReader.OpenAsync(new DuckDbInput.Table(file),
            cancellationToken: Cancellation), SqlTableRows.Names(columns));
    }

    [Theory]
    [InlineData("SELECT x, x * x AS y FROM (SELECT unnest([true, false, true]) AS b, unnest([1, 2, 3]) AS x)")]
    [InlineData("SELECT unnest([true, false, true]) AS x, unnest([1.5, 2, 3]) AS y")]
    [InlineData("SELECT unnest([123456789012345678901234567890, 1, 2]) AS x, unnest([1, 2, 3]::UTINYINT[]) AS y")]
    [InlineData("SELECT unnest([9223372036854775807, 9007199254740993]) AS x, unnest([1, 2]::UBIGINT[]) AS y")]
    [InlineData("SELECT unnest([1234567890123456.78901, 0.00001]::DECIMAL(38, 5)[]) AS x, unnest([1, 2]) AS y")]
    [InlineData("SELECT unnest([0.1, 0.7]::DECIMAL(4, 1)[]) AS x, unnest([0, 0]) AS y")]
    [InlineData("SELECT unnest([5e-324, -1e-323, 0]::DOUBLE[]) AS x, unnest([1.7976931348623157e308, 1e308, 1e307]) "
        + "AS y")]
    [InlineData("SELECT unnest([1e300, 1e290]::DOUBLE[]) AS x, unnest([-1e-300, 1e-290]::DOUBLE[]) AS y")]
    [InlineData("SELECT unnest([-0.75, -1e-9, -1, 1073741823.75]::DOUBLE[]) AS x, unnest([0, 1, 2, 3]) AS y")]
    public async Task Extreme_numbers_are_the_doubles_that_reading_gives(string query) => await RequireSameAsync(
        async () => await DuckDbReader.OpenAsync(new DuckDbInput.Query(query), cancellationToken: Cancellation),
        new VariableNames(["x"], ["y"]));

    [Theory]
    [InlineData("NULL", "column 'x' has no number (NULL or not-a-number) on 1 row; fill it in, or leave out rows")]
    [InlineData("'NaN'::DOUBLE", "column 'x' has no number (NULL or not-a-number) on 1 row; fill it in, or leave out")]
    [InlineData("'-inf'::DOUBLE", "column 'x' holds infinity on 1 row, where finite numbers were expected; correct")]
    [InlineData("1e-60", "column 'x' holds numbers from 1E-60 to 7.5 in magnitude, whose bits span more than the 240")]
    public async Task Number_that_cannot_be_added_up_is_refused_in_a_sentence(string odd, string expected)
    {
        await using var reader = await DuckDbReader.OpenAsync(new DuckDbInput.Query(
            $"SELECT 7.5::DOUBLE AS x, 1 AS y UNION ALL SELECT {odd}, 2"), cancellationToken: Cancellation);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => reader.SumAsync(["x"], ["y"],
            cancellationToken: Cancellation));
        Assert.StartsWith("the query: " + expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_lack_a_value_are_left_out_and_counted_as_reading_does()
    {
        const string Query = "SELECT * FROM (VALUES (1.5, 2), (NULL, 3), ('NaN'::DOUBLE, NULL), (2.5, 4), (1e9, 1)) "
            + "AS t(x, y)";
        await RequireSameAsync(async () => await DuckDbReader.OpenAsync(new DuckDbInput.Query(Query), true,
            Cancellation), new VariableNames(["x"], ["y"]));
    }

    [Fact]
    public async Task Table_that_changes_between_two_queries_is_refused()
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(Cancellation);
        Run("CREATE TABLE t AS SELECT i::DOUBLE AS x, random() AS y FROM range(100) AS r(i)");
        var table = new SqlTable("t", SqlDialect.DuckDb, "t", name => new SqlColumn(name, name));
        var asked = 0;
        async Task<IReadOnlyList<string>> Ask(string sql, CancellationToken token)
        {
            Run(++asked == 2 ? "INSERT INTO t VALUES (1000, 0.5)" : "SELECT 1");
            return await SqlMoments.AskAsync(connection, sql, token);
        }

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => SqlMoments.ReadAsync(Ask, table,
            new VariableNames(["x"], ["y"]), false, null, Cancellation));
        Assert.Contains("the number of rows changed", error.Message, StringComparison.Ordinal);

        void Run(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task Any_connection_gives_the_moments_of_a_table()
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(Cancellation);
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "CREATE TABLE t AS SELECT i / 7 AS \"a \"\"b\", i % 5 AS y FROM range(99) AS r(i)";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        var names = new VariableNames(["a \"b"], ["y"]);
        var summed = await SqlMoments.ReadAsync(connection, SqlDialect.DuckDb, "t", names,
            cancellationToken: Cancellation);
        var expected = new Moments(names);
        for (var i = 0; i < 99; i++)
        {
            expected.Add([i / 7.0], [i % 5]);
        }

        Assert.Equal(expected, summed.Moments);
        Assert.Empty(summed.Findings);
    }

    /// <summary>Requires the same moments file, rows and findings of reading as of adding up in the engine.</summary>
    internal static async Task RequireSameAsync(Func<Task<RowReader>> open, VariableNames names)
    {
        await using var read = await open();
        var expected = await Moments.ReadAsync(read, names.Inputs, names.Targets, cancellationToken: Cancellation);
        await using var summed = await open();
        var found = summed switch
        {
            DuckDbReader duckDb => await duckDb.SumAsync(names.Inputs, names.Targets, null, Cancellation),
            PostgreSqlReader postgreSql => await postgreSql.SumAsync(names.Inputs, names.Targets, null, Cancellation),
            _ => throw new InvalidOperationException(),
        };
        Assert.Equal(Bytes(expected), Bytes(found));
        Assert.Equal(read.Rows, summed.Rows);
        Assert.Equal(Codes(read), Codes(summed));
    }

    // An engine rounds decimals of many digits as reading does, and does not count them.
    private static string Codes(RowReader reader) => string.Join('\n', reader.Findings
        .Where(finding => finding.Code != "digits-lost")
        .Select(finding => finding.Code == "missing-dropped" ? finding.Message : finding.Code));

    private static string Bytes(Moments moments)
    {
        using var stream = new MemoryStream();
        moments.Save(stream);
        return Convert.ToHexString(stream.ToArray());
    }
}

using static Plumb.Tests.Sources.DuckDbRows;

namespace Plumb.Tests.Sources;

/// <summary>What DuckDB's reader opens, how it is left, and what it refuses.</summary>
public sealed class DuckDbInputTests
{
    [Theory]
    [InlineData("SELECT NULL AS x FROM range(3)",
        "the query: every one of the 3 rows has a missing value, so none is left")]
    [InlineData("SELECT 1 AS x WHERE false", "the query: 0 rows, where at least one was expected")]
    [InlineData("SELECT '-inf'::DOUBLE AS x FROM range(9)",
        "the query(row 1): column 'x' holds '-Infinity', which is not a finite number; 9 cells are not numbers: "
            + "'-Infinity' in column 'x' at row 1, '-Infinity' in column 'x' at row 2,")]
    [InlineData("SELECT 'a' AS x",
        "the query: column 'x' holds text, where numbers were expected; leave the column out")]
    [InlineData("SELECT DATE '2024-01-31' AS x", "the query: column 'x' holds dates, where numbers")]
    [InlineData("SELECT TIME '12:00' AS x", "the query: column 'x' holds times of the day, where numbers")]
    [InlineData("SELECT {a: 1} AS x", "the query: column 'x' holds values with further values in them, where numbers")]
    [InlineData("SELECT ['a'] AS x", "the query: column 'x' holds lists, where numbers")]
    [InlineData("SELECT unnest([[1, 2], [3]]) AS x",
        "the query(row 2): column 'x[0]' holds 'a list of 1 value', where 2 were expected, as in the first")]
    [InlineData("SELECT z FROM range(3)",
        "the query: Referenced column \"z\" not found in FROM clause; correct the query.")]
    [InlineData("DROP TABLE x", "the query: the query is not one SELECT")]
    [InlineData("SELECT 1 AS x; SELECT 2 AS x", "the query: syntax error at or near \";\"; correct the query.")]
    [InlineData("SELECT x FORM t", "the query: syntax error at or near")]
    [InlineData("SELECT x FROM nosuch", "the query: Table with name nosuch does not exist; correct the query.")]
    [InlineData("SELECT 'a'::DOUBLE AS x",
        "the query: Could not convert string 'a' to DOUBLE; correct the query.")]
    [InlineData("SELECT 1 AS x, 2 AS x", "the query: duplicate column name 'x'")]
    [InlineData("SELECT error('no\nmore') AS x",
        "the query: no more; correct the query.")]
    [InlineData("SELECT * FROM 'http://127.0.0.1:1/x.parquet'",
        "the query: the query names an address, and files are not fetched; fetch the file first, and name it.")]
    [InlineData("SELECT * FROM query('SELECT 1 AS x')", "the query: the query has another one inside a text (query)")]
    [InlineData("SELECT * FROM read_csv('x.csv')", "the query: the query reads CSV by read_csv, which would guess how")]
    [InlineData("SELECT * FROM 'x.csv'", "the query: the query reads CSV by x.csv, which would guess how")]
    [InlineData("SELECT * FROM read_parquet('x', hive_partitioning = true)",
        "the query: the query says hive_partitioning, by which the names of folders take the place of data")]
    [InlineData("SELECT * FROM read_parquet('none.parquet')", "the query: No files found that match the pattern")]
    public async Task Query_without_rows_of_numbers_is_refused(string sql, string message)
    {
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() => Of(new DuckDbInput.Query(sql), dropMissing: true));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_over_a_file_reaches_that_file_only()
    {
        using var folder = new TemporaryFolder();
        var (mine, other) =
            (DuckDbFiles.Write(folder["mine.parquet"], "SELECT 1 AS x"),
                DuckDbFiles.Write(folder["other.parquet"], "SELECT 2 AS x"));
        DuckDbFiles.Run(folder["d.duckdb"], "CREATE TABLE t AS SELECT 3 AS x",
            $"CREATE VIEW v AS SELECT * FROM '{other}'");
        Assert.Equal([[2]], (await Query($"SELECT x FROM '{other}'")).Rows);
        Assert.Equal([[3]],
            (await Of(new DuckDbInput.Query("SELECT x FROM t", new DuckDbInput.Table(folder["d.duckdb"])))).Rows);
        foreach (var input in (DuckDbInput[])[
            new DuckDbInput.Query($"SELECT x FROM '{other}'", new DuckDbInput.Parquet(mine)),
            new DuckDbInput.Table(folder["d.duckdb"], "v")])
        {
            Assert.Contains("reads another file",
                (await Assert.ThrowsAsync<InvalidDataException>(() => Of(input))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Table_of_a_database_is_the_only_one_or_the_one_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder["d.duckdb"];
        DuckDbFiles.Run(path, "CREATE TABLE one AS SELECT 1 AS x");
        Assert.Equal([[1]], (await Of(new DuckDbInput.Table(path))).Rows);
        DuckDbFiles.Run(path, "CREATE SCHEMA s", "CREATE VIEW s.one AS SELECT 2 AS x");
        Assert.Equal([[2]], (await Of(new DuckDbInput.Table(path, "s.one"))).Rows);
        Assert.Equal([[1]], (await Of(new DuckDbInput.Table(path, "main.one"))).Rows);
        Assert.Contains("there are 2 tables, 'one', 's.one', where one was expected; name the table that is meant.",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Of(new DuckDbInput.Table(path)))).Message,
            StringComparison.Ordinal);
        Assert.Contains("there is no table 'two' among 'one', 's.one'",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Of(new DuckDbInput.Table(path, "two")))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's [1]*?.parquet")]
    [InlineData("a\"b;c.parquet")]
    public async Task Name_of_a_file_is_taken_as_it_is(string name)
    {
        using var folder = new TemporaryFolder();
        File.Move(DuckDbFiles.Write(folder["d.parquet"], "SELECT 7 AS x"), folder[name]);
        DuckDbFiles.Write(folder["it's 1abc.parquet"], "SELECT 8 AS x");
        Assert.Equal([[7]], (await Of(new DuckDbInput.Parquet(folder[name]))).Rows);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        await using var reader =
            await DuckDbReader.OpenAsync(
                new DuckDbInput.Query("SELECT sum(a.range * b.range) AS x FROM range(10000000) AS a, range(10000000) "
                    + "AS b"), cancellationToken: stop.Token);
        var rows = reader.ReadAsync(["x"], [], stop.Token).GetAsyncEnumerator(stop.Token);
        var first = rows.MoveNextAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await first);
        await rows.DisposeAsync();
    }

    [Fact]
    public async Task File_that_keeps_duckdb_at_work_for_too_long_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["t.parquet"], "SELECT i FROM range(4000) AS t(i)");
        // 6e10 rows.
        var input = new DuckDbInput.Query("SELECT sum(sqrt(a.i + b.i + c.i)) AS x FROM data a, data b, data c",
            new DuckDbInput.Parquet(path));
        using var session =
            await DuckDbSession.OpenAsync(input, TestContext.Current.CancellationToken,
                patience: TimeSpan.FromSeconds(0.5));
        var error =
            await Assert.ThrowsAsync<InvalidDataException>(() =>
                session.RunAsync(() => session.Number($"SELECT plumb_0 FROM {session.Relation}"),
                    TestContext.Current.CancellationToken));
        Assert.Contains("no rows have come for", error.Message, StringComparison.Ordinal);
        // It was interrupted, and not left at work.
        Assert.Equal(3,
            await session.RunAsync(() => session.Number("SELECT 3"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Reader_may_be_left_in_the_middle_and_reads_once()
    {
        using var folder = new TemporaryFolder();
        var path = DuckDbFiles.Write(folder["d.parquet"], "SELECT i AS x FROM range(100000) AS t(i)");
        await using var reader =
            await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path),
                cancellationToken: TestContext.Current.CancellationToken);
        await foreach (var block in reader.ReadAsync(["x"], [], TestContext.Current.CancellationToken))
        {
            Assert.Equal(2048, block.Rows);
            Assert.Equal(2048 / 100_000.0, reader.Fraction);
            break;
        }

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await reader.ReadAsync(["x"], [], TestContext.Current.CancellationToken)
                .GetAsyncEnumerator(TestContext.Current.CancellationToken).MoveNextAsync());
    }

    [Fact]
    public async Task Damaged_parquet_is_read_or_refused()
    {
        using var folder = new TemporaryFolder();
        var sound =
            await File.ReadAllBytesAsync(
                DuckDbFiles.Write(folder["d.parquet"], "SELECT i / 3 AS x, i % 5 AS y FROM range(300) AS t(i)",
                    "COMPRESSION zstd"), TestContext.Current.CancellationToken);
        var random = new RandomSource(5);
        for (var i = 0; i < 100; i++)
        {
            var damaged = sound.ToArray();
            damaged[(int)(random.NextDouble() * damaged.Length)] ^= (byte)(1 << (int)(random.NextDouble() * 8));
            await File.WriteAllBytesAsync(folder["d.parquet"], damaged, TestContext.Current.CancellationToken);
            var error = await Record.ExceptionAsync(() => Of(new DuckDbInput.Parquet(folder["d.parquet"])));
            Assert.True(error is null or InvalidDataException or ArgumentException { ParamName: "columns" },
                error?.ToString());
            Assert.DoesNotContain("Error:", error?.Message ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("DuckDB", error?.Message ?? "", StringComparison.Ordinal);
        }
    }
}

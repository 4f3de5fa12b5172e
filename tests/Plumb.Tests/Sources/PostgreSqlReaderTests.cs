using System.Globalization;
using Plumb.Tests.Cli;

namespace Plumb.Tests.Sources;

/// <summary>Against a real server, which .ci/with-postgres starts; left out where there is none.</summary>
public sealed class PostgreSqlReaderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [ServerTheory]
    [InlineData("smallint")]
    [InlineData("integer")]
    [InlineData("bigint")]
    [InlineData("real")]
    [InlineData("double precision")]
    [InlineData("numeric")]
    [InlineData("numeric(12,3)")]
    public async Task Values_of_every_numeric_type_are_themselves(string type)
    {
        var rows = await Query($"SELECT (i % 7 - 3)::{type} AS x FROM generate_series(0, 4999) AS i");
        Assert.Equal(Enumerable.Range(0, 5000).Select(i => i % 7 - 3.0), rows.Rows.Select(row => row[0]));
        Assert.Empty(rows.Findings);
    }

    [ServerTheory]
    [InlineData("9007199254740993::bigint", 9007199254740992, "integers-rounded")]
    [InlineData("(-9223372036854775808)::bigint", -9223372036854775808.0, "")]
    [InlineData("0.1::real", 0.10000000149011612, "")]
    [InlineData("0.1::numeric", 0.1, "")]
    [InlineData("(-0.00005)::numeric", -0.00005, "")]
    [InlineData("123456789012345678901234567890::numeric", 123456789012345678901234567890.0, "integers-rounded")]
    [InlineData("1e300::numeric", 1e300, "")]
    [InlineData("true", 1, "truth-values")]
    public async Task Extreme_value_is_the_nearest_double_and_said_where_it_is_not_exact(string literal,
        double expected, string code)
    {
        var rows = await Query($"SELECT {literal} AS x");
        Assert.Equal([[expected]], rows.Rows);
        Assert.All(code.Length > 0 ? [code] : Array.Empty<string>(),
            one => Assert.Contains(rows.Findings, finding => finding.Code == one));
    }

    [ServerFact]
    public async Task Numerics_are_correctly_rounded()
    {
        _ = Server(); // or the test is skipped
        await Gen.Select(Gen.Long, Gen.Int[0, 40]).Array[1, 30].SampleAsync(
            async cases =>
            {
                var texts =
                    cases.Select(it => it.Item1.ToString(CultureInfo.InvariantCulture) + "e-"
                        + it.Item2.ToString(CultureInfo.InvariantCulture)).ToArray();
                var rows = await Query($"SELECT unnest(ARRAY["
                    + $"{string.Join(", ", texts.Select(text => $"'{text}'::numeric"))}]) AS x");
                Assert.Equal(texts.Select(text => double.Parse(text, CultureInfo.InvariantCulture)),
                    rows.Rows.Select(row => row[0]));
            },
            iter: 20,
            threads: 1);
    }

    [ServerFact]
    public async Task Table_gives_the_moments_of_its_rows_pass_after_pass()
    {
        await using var table =
            await TemporaryTable.CreateAsync("x1 double precision, x2 double precision, y double precision",
                "SELECT random(), random() * 1e6, random() FROM generate_series(1, 10000)");
        var source = new PostgreSqlInput.Table(table.Address, table.Name);
        async Task<Moments> Read()
        {
            await using var reader = await PostgreSqlReader.OpenAsync(source, cancellationToken: Cancellation);
            Assert.Equal(["x1", "x2", "y"], reader.Columns);
            return await Moments.OfAsync(new VariableNames(["x2", "x1"], ["y"]),
                reader.ReadAsync(["x2", "x1"], ["y"], Cancellation), Cancellation);
        }

        var rows = await Query($"SELECT x2, x1, y FROM {table.Name}");
        var expected =
            Moments.Of(
                Reference.Dataset([.. rows.Rows.Select(row => row[..2])], [.. rows.Rows.Select(row => row[2..])],
                    new VariableNames(["x2", "x1"], ["y"])));
        Assert.Equal(expected, await Read());
        Assert.Equal(expected, await Read());
    }

    [ServerFact]
    public async Task Null_is_missing_and_text_is_refused_by_its_type()
    {
        const string Rows = "SELECT * FROM (VALUES (1.5::float8, 2, 'a'), (NULL, 3, 'b')) AS t(x, y, name)";
        Assert.Contains("(row 2): column 'x'",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Query(Rows, "x", "y"))).Message,
            StringComparison.Ordinal);
        await using (var reader =
            await PostgreSqlReader.OpenAsync(new PostgreSqlInput.Query(Server(), Rows), dropMissing: true,
                Cancellation))
        {
            Assert.Equal(1,
                (await Moments.OfAsync(new VariableNames(["x"], ["y"]), reader.ReadAsync(["x"], ["y"], Cancellation),
                    Cancellation)).Rows);
            Assert.Contains(reader.Findings, finding => finding.Code == "missing-dropped");
        }

        Assert.Contains("'name'",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Query(Rows, "name", "y"))).Message,
            StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Query_cannot_change_the_database()
    {
        await using var table = await TemporaryTable.CreateAsync("x integer, y integer", "VALUES (1, 2)");
        var message =
            (await Assert.ThrowsAsync<InvalidDataException>(() => Query($"SELECT 1 AS x) AS a; DROP TABLE {table.Name}"
                + $"; SELECT * FROM (SELECT 1 AS x"))).Message;
        Assert.Contains("PostgreSQL rejected it", message, StringComparison.Ordinal);
        Assert.Equal([[1, 2]], (await Query($"SELECT x, y FROM {table.Name}")).Rows);
    }

    [ServerFact]
    public async Task Command_line_fits_a_query_and_never_shows_the_password()
    {
        var address = Text();
        var password = address.Split(':', '@')[2];
        var run =
            await CliRun.Of("fit", address, "--sql", "select i as x, 2 * i + 1 as y from generate_series(1, 9) as i",
                "--target", "y");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("9 rows, 1 input", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, run.Output + run.Error, StringComparison.Ordinal);
        var refused = await CliRun.Of("fit", address.Replace(password, "wrong", StringComparison.Ordinal), "--table",
            "t", "--target", "y");
        Assert.Equal((5, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("password", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Error, StringComparison.Ordinal);
    }

    private static string Text() => PostgreSqlServer.Address!;

    private static PostgreSqlAddress Server() => PostgreSqlAddress.Parse(Text());

    private static Task<SourceRows> Query(string sql, params string[] columns) =>
        SourceRows.OfAsync(Open(new PostgreSqlInput.Query(Server(), sql)), columns);

    private static async Task<RowReader> Open(PostgreSqlInput input) =>
        await PostgreSqlReader.OpenAsync(input, cancellationToken: Cancellation);
}

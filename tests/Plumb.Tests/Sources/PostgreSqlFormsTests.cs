using Npgsql;
using Plumb.Tests.Cli;

namespace Plumb.Tests.Sources;

/// <summary>Texts, times and awkward values of a real server, which .ci/with-postgres starts; left out where there is
/// none.</summary>
public sealed class PostgreSqlFormsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [ServerTheory]
    [InlineData("select 'NaN'::numeric as x, 3.0 as y", "(row 1): column 'x' holds 'NaN', which marks a missing value")]
    [InlineData("select 'Infinity'::numeric as x, 3.0 as y", "(row 1): column 'x' holds 'Infinity', which is not a")]
    [InlineData("select 1::money as x, 3.0 as y", ": column 'x' holds values of type money, where numbers")]
    [InlineData("select 'a'::text as x, 3.0 as y", ": no input is left, as 'x' has one level only")]
    public async Task Value_that_is_no_number_is_refused(string sql, string said)
    {
        var run = await CliRun.Of("fit", Server(), "--sql", sql, "--target", "y", "--input", "x");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Huge_numerics_are_read_and_the_digits_lost_are_counted()
    {
        var run = await CliRun.Of("fit", Server(), "--sql",
            "select '99100000000000000000000000000000000000'::numeric + i * 1e30 as x, 794866.999999999999999999 * i "
                + "as y from generate_series(1, 5) i", "--target", "y");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Whole numbers above 2^53 were changed by rounding", run.OneLine(), StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Names_in_quotes_and_conditions_work()
    {
        var schema = "My Schema " + Guid.NewGuid().ToString("N");
        await RunAsync($"create schema \"{schema}\"; create table \"{schema}\".\"Odd.Table\" (\"X Val\" float8, "
            + $"\"y\"\"q\" float8); insert into \"{schema}\".\"Odd.Table\" values (1, 3), (2, 5), (3, 7), (9, 1)");
        try
        {
            var run = await CliRun.Of("fit", Server(), "--table", schema + ".Odd.Table", "--target", "y\"q", "--where",
                "\"X Val\" < 5", "--json");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(2, run.Json().GetProperty("weights")[0][0].GetDouble());
            run = await CliRun.Of("fit", Server(), "--table", schema + ".Odd.Table", "--target", "y\"q", "--where",
                "z < 5");
            Assert.Equal(3, run.ExitCode);
            Assert.Contains("correct the condition", run.Error, StringComparison.Ordinal);
        }
        finally
        {
            await RunAsync($"drop schema \"{schema}\" cascade");
        }
    }

    [ServerFact]
    public async Task Texts_and_times_are_read_as_asked()
    {
        var type = "mood_" + Guid.NewGuid().ToString("N");
        await RunAsync($"create type {type} as enum ('sad', 'glad')");
        try
        {
            var sql = $"select * from (values ('red', 'glad'::{type}, date '2026-11-29', timestamptz "
                + $"'2026-11-29 17:30:00.25+00', true, 6), (null, 'sad', 'infinity', null, false, 4)) as "
                + "t(t, e, d, z, b, n)";
            await using var reader = await PostgreSqlReader.OpenAsync(new PostgreSqlInput.Query(
                PostgreSqlAddress.Parse(Server()), sql), cancellationToken: Cancellation);
            Assert.Equal([ColumnKind.Text, ColumnKind.Text, ColumnKind.Date, ColumnKind.Date, ColumnKind.TruthValue,
                ColumnKind.Number], reader.Kinds);
            var texts = new List<string?>();
            await foreach (var block in reader.ReadWithTextsAsync([], [], ["t", "e", "d", "z", "b", "n"], Cancellation))
            {
                texts.AddRange(Enumerable.Range(0, 12).Select(i => block.Texts[i / 6, i % 6]));
            }

            Assert.Equal(["red", "glad", "2026-11-29", "2026-11-29T17:30:00.25Z", "true", "6", null, "sad", "infinity",
                null, "false", "4"], texts);
        }
        finally
        {
            await RunAsync($"drop type {type}");
        }
    }

    private static string Server() => PostgreSqlServer.Address!;

    private static async Task RunAsync(string sql)
    {
        var uri = new Uri(Server());
        var login = uri.UserInfo.Split(':');
        await using var connection = new NpgsqlConnection($"Host={uri.Host};Port={uri.Port};Username={login[0]};"
            + $"Password={login[1]};Database={uri.AbsolutePath[1..]}");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

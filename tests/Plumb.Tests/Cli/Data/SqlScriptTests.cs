using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>
/// What 'plumb sql' prints, asked by an engine's own client, gives the moments file of the rows to the last byte.
/// </summary>
public sealed class SqlScriptTests : IDisposable
{
    private const int Columns = 24;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_rounds_of_DuckDb_give_the_moments_of_the_rows()
    {
        var file = MakeTable();
        await RequireRoundTripAsync("duckdb", "t", script => Task.FromResult(RunDuckDb(file, script)), file);
    }

    [Fact]
    public async Task One_round_gives_them_where_the_range_holds_all_numbers_and_notices_where_it_does_not()
    {
        var file = _folder["t.duckdb"];
        DuckDbFiles.Run(file, "CREATE TABLE t AS SELECT (i - 50) / 8 AS x, i % 7 AS y FROM range(99) AS r(i)");
        var expected = _folder["read.moments"];
        Assert.Equal(0, (await CliRun.Of("moments", file, "--column", "x,y", "-o", expected)).ExitCode);
        async Task<CliRun> Add(string range)
        {
            var script = await CliRun.Of("sql", "--dialect", "duckdb", "--table", "t", "--column", "x,y", "--range",
                range);
            Assert.Equal((0, ""), (script.ExitCode, script.Error));
            File.WriteAllText(_folder["sums.csv"], RunDuckDb(file, script.Output));
            return await CliRun.Of("moments", "--from-answers", _folder["sums.csv"], "-o", _folder["sums.moments"]);
        }

        Assert.Equal(0, (await Add("-2^40..2^40")).ExitCode);
        Assert.Equal(File.ReadAllBytes(expected), File.ReadAllBytes(_folder["sums.moments"]));
        var refused = await Add("-2^1..2^1");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("a number that is missing, not finite or beyond its column's range", refused.Error,
            StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task Two_rounds_of_psql_give_the_moments_of_the_rows()
    {
        OtherProgram.Require("psql");
        await using var table = await TemporaryTable.CreateAsync(SqlTableRows.Definition(Columns),
            $"VALUES {SqlTableRows.Values(500, Columns, seed: 9)}");
        await RequireRoundTripAsync("postgres", table.Name, script =>
        {
            var file = _folder.Write("script.sql", script);
            return OtherProgram.RunAsync("psql", Path.GetDirectoryName(file)!,
                [PostgreSqlServer.Address!, "--csv", "--no-psqlrc", "--file", file]);
        }, PostgreSqlServer.Address!, "--table", table.Name);
    }

    [Fact]
    public async Task Answers_that_are_missing_twice_or_cut_are_refused_by_name()
    {
        var file = MakeTable();
        var ranges = RunDuckDb(file, (await Script("duckdb", "t")).Output);
        File.WriteAllText(_folder["ranges.csv"], ranges);
        var script = await CliRun.Of("sql", "--dialect", "duckdb", "--table", "t", "--answers", _folder["ranges.csv"]);
        var sums = RunDuckDb(file, script.Output);
        string[] lines = [.. sums.Split('\n').Where(line => line.Contains("plumb.sums", StringComparison.Ordinal))];
        Assert.True(lines.Length > 1, "the test takes more than one query");
        await RequireRefused("lacks the answers to queries 2 of", [lines[0], .. lines[2..]]);
        await RequireRefused("holds the answer to query 1 twice", [lines[0], .. lines]);
        await RequireRefused("the answer to query 1 has", [lines[0][..^9][..lines[0].LastIndexOf(',')], .. lines[1..]]);
        await RequireRefused("no line has an answer to a query", ["a,b", "1,2"]);
        await RequireRefused("no line has an answer to a query", ranges.Split('\n'));
    }

    [Theory]
    [InlineData("--range is '0..2^40', expected -2^N..2^N with N from 1 to 92", "--column", "x",
        "--range", "0..2^40")]
    [InlineData("give the columns (--column, --target), or, in the second round, --answers")]
    public async Task Command_line_that_does_not_fit_is_refused(string expected, params string[] more)
    {
        var run = await CliRun.Of(["sql", "--dialect", "spark", "--table", "t", .. more]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    private string MakeTable()
    {
        var file = _folder["t.duckdb"];
        DuckDbFiles.Run(file, $"CREATE TABLE t ({SqlTableRows.Definition(Columns)})",
            $"INSERT INTO t VALUES {SqlTableRows.Values(500, Columns, seed: 5)}");
        return file;
    }

    private static Task<CliRun> Script(string dialect, string table)
    {
        var names = SqlTableRows.Names(Columns);
        return CliRun.Of("sql", "--dialect", dialect, "--table", table, "--column",
            string.Join(',', [.. names.Inputs, .. names.Targets]));
    }

    private async Task RequireRoundTripAsync(string dialect, string table, Func<string, Task<string>> ask,
        params string[] data)
    {
        var ranges = await Script(dialect, table);
        Assert.Equal((0, ""), (ranges.ExitCode, ranges.Error));
        File.WriteAllText(_folder["ranges.csv"], await ask(ranges.Output));
        var sums = await CliRun.Of("sql", "--dialect", dialect, "--table", table, "--answers", _folder["ranges.csv"]);
        Assert.Equal((0, ""), (sums.ExitCode, sums.Error));
        File.WriteAllText(_folder["sums.csv"], await ask(sums.Output));
        var made = await CliRun.Of("moments", "--from-answers", _folder["sums.csv"], "-o", _folder["sums.moments"]);
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        var read = await CliRun.Of(["moments", .. data, "--push-down", "never", "-o", _folder["read.moments"]]);
        Assert.Equal((0, ""), (read.ExitCode, read.Error));
        Assert.Equal(File.ReadAllBytes(_folder["read.moments"]), File.ReadAllBytes(_folder["sums.moments"]));
    }

    private string RunDuckDb(string file, string script)
    {
        var answers = new List<string>();
        foreach (var query in script.Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var target = _folder["answer.csv"];
            DuckDbFiles.Run(file, $"COPY ({query}) TO '{target}' (FORMAT csv, HEADER)");
            answers.Add(File.ReadAllText(target));
        }

        return string.Concat(answers);
    }

    private async Task RequireRefused(string expected, string[] lines)
    {
        var run = await CliRun.Of("moments", "--from-answers", _folder.Write("sums.csv", string.Join('\n', lines)),
            "-o", _folder["never.moments"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}

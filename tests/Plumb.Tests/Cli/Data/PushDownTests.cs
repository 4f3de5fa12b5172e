using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>A database that adds up its rows itself, as the command line has it.</summary>
public sealed class PushDownTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("t.duckdb")]
    [InlineData("t.parquet")]
    public async Task Moments_are_the_same_bytes_and_say_who_added_them_up(string name)
    {
        var file = Make(name);
        var read = await CliRun.Of("moments", file, "--push-down", "never", "-o", _folder["read.moments"]);
        var summed = await CliRun.Of("moments", file, "--push-down", "always", "-o", _folder["summed.moments"]);
        Assert.Equal((0, 0), (read.ExitCode, summed.ExitCode));
        Assert.Equal(File.ReadAllBytes(_folder["read.moments"]), File.ReadAllBytes(_folder["summed.moments"]));
        Assert.DoesNotContain("added up", read.Error, StringComparison.Ordinal);
        Assert.Contains("The database added up the rows, exactly, and none was read.", summed.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_says_that_no_row_was_looked_at()
    {
        var file = Make("t.duckdb");
        var summed = await CliRun.Of("fit", file, "--target", "y", "--push-down", "always");
        Assert.Equal((0, ""), (summed.ExitCode, summed.Error));
        Assert.Contains("The database added up the rows", summed.Output, StringComparison.Ordinal);
        Assert.Contains("the database added them up, and none was read", summed.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.DoesNotContain("You can trust", summed.Output, StringComparison.Ordinal);
        var read = await CliRun.Of("fit", file, "--target", "y");
        Assert.DoesNotContain("added up", read.Output, StringComparison.Ordinal);
        Assert.Contains("You can trust", read.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("these are read by Plumb itself", "data.csv")]
    [InlineData("powers, functions, texts, truth values and dates take the rows", "t.duckdb", "--input", "x^2")]
    [InlineData("they are weighted", "t.duckdb", "--weight", "w")]
    public async Task What_takes_rows_is_refused_in_a_sentence_where_the_engine_has_to(string expected, string name,
        params string[] more)
    {
        var file = name == "data.csv" ? _folder.Write(name, "x,y\n1,2\n2,3\n3,5\n") : Make(name);
        var run = await CliRun.Of(["fit", file, "--target", "y", "--push-down", "always", .. more]);
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [ServerFact]
    public async Task PostgreSql_adds_up_the_same_bytes()
    {
        await using var table = await TemporaryTable.CreateAsync(SqlTableRows.Definition(12),
            $"VALUES {SqlTableRows.Values(300, 12, seed: 3)}");
        foreach (var mode in (string[])["never", "always", "auto"])
        {
            var run = await CliRun.Of("moments", PostgreSqlServer.Address!, "--table", table.Name, "--push-down", mode,
                "-o", _folder[mode]);
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(File.ReadAllBytes(_folder["never"]), File.ReadAllBytes(_folder[mode]));
        }
    }

    private string Make(string name)
    {
        const string Rows = "SELECT i / 8 AS x, i % 7 + 1 AS w, i / 4 + 3 + (i * i * i * 31 % 97 - 48) / 1000 AS y "
            + "FROM range(400) AS r(i)";
        var file = _folder[name];
        if (name.EndsWith(".duckdb", StringComparison.Ordinal))
        {
            DuckDbFiles.Run(file, $"CREATE TABLE t AS {Rows}");
            return file;
        }

        return DuckDbFiles.Write(file, Rows);
    }
}

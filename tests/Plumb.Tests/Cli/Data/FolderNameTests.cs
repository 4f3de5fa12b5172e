using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>What a folder is called is not what its files hold.</summary>
public sealed class FolderNameTests
{
    [Fact]
    public Task Same_file_in_folders_of_any_name_gives_the_same_moments() =>
        Gen.Select(Among("x", "y", "z", "X", "run", "file_row_number"), Among("100", "7", "", "a b"),
            Among("d.parquet", "d.jsonl", "d.csv")).SampleAsync(
            async (key, value, file) =>
            {
                using var folder = new TemporaryFolder();
                var inner = $"{key}={value}";
                Directory.CreateDirectory(folder[inner]);
                var outer = Written(folder, file);
                File.Copy(outer, folder[inner + "/" + file]);
                var expected = await CliRun.Of("moments", outer, "-o", "-");
                var found = await CliRun.Of("moments", folder[inner + "/" + file], "-o", "-");
                Assert.Equal((0, expected.Output), (found.ExitCode, found.Output));
                if (file == "d.parquet")
                {
                    await RequireQueriesAsync(folder[inner + "/" + file], outer, folder[inner]);
                }
            },
            iter: 40, threads: 1);

    [Theory]
    [InlineData("SELECT * FROM '{0}'")]
    [InlineData("FROM \"{0}\"")]
    [InlineData("SELECT d.x, y FROM '{0}' WHERE y > 0")]
    [InlineData("SELECT * FROM read_parquet('{0}')")]
    [InlineData("SELECT * FROM parquet_scan(['{0}'], filename = false)")]
    [InlineData("WITH c AS (SELECT * FROM '{0}') SELECT 'é)' IS NULL AS n, x, y FROM c")]
    [InlineData("SELECT a.x, b.y FROM '{0}' AS a JOIN '{0}' AS b USING (x)")]
    [InlineData("SELECT * FROM (SELECT * FROM '{0}') WHERE x < (SELECT max(x) + 1 FROM '{0}')")]
    public async Task Query_that_names_files_sees_what_they_hold(string sql)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["x=100"]);
        var file = DuckDbFiles.Write(folder["x=100/d.parquet"], "SELECT i AS x, 3 * i AS y FROM range(1, 9) AS t(i)");
        var run = await CliRun.Of("fit", "--sql", sql.Replace("{0}", file, StringComparison.Ordinal), "--target", "y",
            "--input", "x", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(3, run.Json().GetProperty("weights")[0][0].GetDouble());
    }

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.parquet")]
    [InlineData("d.jsonl")]
    public async Task Folders_are_columns_on_request_only_and_said(string file)
    {
        using var folder = new TemporaryFolder();
        foreach (var year in (int[])[2025, 2026, 2027])
        {
            Directory.CreateDirectory(folder[$"year={year}/city=a%20b"]);
            File.Copy(Written(folder, file), folder[$"year={year}/city=a%20b/{file}"]);
        }

        var run = await CliRun.Of("fit", folder["year=*/*/" + file], "--folders", "--input", "year,x", "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("2 inputs", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("The names of folders were read as columns: year = 2025, city = a b", run.OneLine(),
            StringComparison.Ordinal);
        run = await CliRun.Of("fit", folder["year=*/*/" + file], "--folders", "--where", "year > 2025", "--input", "x",
            "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(2 * (file == "d.parquet" ? 9 : 3), run.Json().GetProperty("rows").GetInt32());
        run = await CliRun.Of("fit", Written(folder, file), "--folders", "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("none of its folders is called as in year=2026", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_is_never_read_in_place_of_a_column()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["X=100"]);
        File.Copy(Written(folder, "d.parquet"), folder["X=100/d.parquet"]);
        var run = await CliRun.Of("fit", folder["X=100/d.parquet"], "--folders", "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("a folder's name gives 'X', which the file or another folder gives too", run.Error,
            StringComparison.Ordinal);
    }

    private static async Task RequireQueriesAsync(string inner, string outer, string folder)
    {
        string Quoted(string path) => path.Replace("'", "''", StringComparison.Ordinal);
        var expected = await CliRun.Of("moments", outer, "-o", "-");
        foreach (var sql in (string[])[$"SELECT x, y FROM '{Quoted(inner)}'",
            $"SELECT x, y FROM '{Quoted(folder)}/*.parquet'"])
        {
            Assert.Equal(expected.Output, (await CliRun.Of("moments", "--sql", sql, "-o", "-")).Output);
        }
    }

    private static Gen<string> Among(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Written(TemporaryFolder folder, string file) => file switch
    {
        "d.parquet" => DuckDbFiles.Write(folder[file], "SELECT i AS x, 3 * i + 0.5 AS y FROM range(9) AS t(i)"),
        "d.jsonl" => folder.Write(file, "{\"x\": 1, \"y\": 3}\n{\"x\": 2, \"y\": 5.5}\n{\"x\": 4, \"y\": 8}\n"),
        _ => folder.Write(file, "x,y\n1,3\n2,5.5\n4,8\n"),
    };
}

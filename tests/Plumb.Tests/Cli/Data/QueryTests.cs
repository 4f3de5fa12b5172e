using System.IO.Compression;
using System.Text;
using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>Queries and conditions over files that SQL cannot read by itself, and over those that it can.</summary>
public sealed class QueryTests
{
    private const string Csv =
        "a;b;city;y\n1,5;2;Rome;3\n2,5;1;Paris;5,25\n4;NA;Rome;1\n3;7;\"Ri;o\";2\n6;1;Rome;4,125\n";

    [Theory]
    [InlineData("d.csv --decimal , --sql select_a*b_as_ab,_ln(a)_as_la,_y_from_data_where_b_is_not_null")]
    [InlineData("--decimal , --sql select_a*b_as_ab,_ln(a)_as_la,_y_from_'d.csv'_where_b_is_not_null")]
    [InlineData("--decimal , --sql select_d.a*b_as_ab,_ln(a)_as_la,_y_from_\"d.csv\"_as_d_where_b_is_not_null")]
    [InlineData("--decimal , --sql select_a*b_as_ab,_ln(a)_as_la,_d.y_from_'d.csv'_where_b_is_not_null")]
    public async Task Csv_is_seen_by_a_query_as_plumb_reads_it(string words)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", Csv);
        string[] args = [.. words.Replace("d.csv", path, StringComparison.Ordinal).Split(' ')
            .Select(word => word.StartsWith("select", StringComparison.Ordinal) ? word.Replace("_", " ",
                StringComparison.Ordinal).Replace(path.Replace("_", " ", StringComparison.Ordinal), path,
                StringComparison.Ordinal) : word)];
        var plain = folder.Write("e.csv", "ab,la,y\n" + string.Concat(
            ((double A, double B, double Y)[])[(1.5, 2, 3), (2.5, 1, 5.25), (3, 7, 2), (6, 1, 4.125)]
                is var rows ? rows.Select(row =>
                    FormattableString.Invariant($"{row.A * row.B},{Math.Log(row.A):R},{row.Y}\n")) : []));
        var (found, expected) = (await CliRun.Of(["moments", .. args, "-o", "-"]),
            await CliRun.Of("moments", plain, "-o", "-"));
        Assert.Equal(0, found.ExitCode);
        Assert.Equal(expected.Output, found.Output);
    }

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.parquet")]
    [InlineData("d.jsonl")]
    [InlineData("d.duckdb")]
    [InlineData("d.csv.gz")]
    [InlineData("-")]
    [InlineData("d-*.csv")]
    public async Task Condition_chooses_the_same_rows_of_every_source(string file)
    {
        using var folder = new TemporaryFolder();
        var lines = Enumerable.Range(0, 50).Select(i =>
            (I: i, City: i % 3 == 0 ? "Rome" : "Paris", X: i * 0.1, Y: i * i / 7.0)).ToList();
        string Text(Func<int, bool> isIn) => "i,city,x,y\n" + string.Concat(lines.Where(line => isIn(line.I))
            .Select(line => FormattableString.Invariant($"{line.I},{line.City},{line.X:R},{line.Y:R}\n")));
        folder.Write("d.csv", Text(_ => true));
        folder.Write("d-1.csv", Text(i => i < 20));
        folder.Write("d-2.csv", Text(i => i >= 20));
        folder.Write("expected.csv", Text(i => i % 3 == 0 && i > 10));
        folder.Write("d.jsonl", string.Concat(lines.Select(line => FormattableString.Invariant(
            $"{{\"i\":{line.I},\"city\":\"{line.City}\",\"x\":{line.X:R},\"y\":{line.Y:R}}}\n"))));
        await using (var packed = new GZipStream(File.Create(folder["d.csv.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(Text(_ => true)));
        }

        var all = $"SELECT i, city, x::DOUBLE AS x, y::DOUBLE AS y FROM read_csv('{folder["d.csv"]}')";
        DuckDbFiles.Write(folder["d.parquet"], all);
        DuckDbFiles.Run(folder["d.duckdb"], $"CREATE TABLE data AS {all}");
        string[] columns = ["--column", "x,y", "-o", "-"];
        var expected = await CliRun.Of(["moments", folder["expected.csv"], .. columns]);
        var found = await CliRun.WithInput(Text(_ => true),
            ["moments", file == "-" ? file : folder[file], "--where", "city = 'Rome' and i > 10", .. columns]);
        Assert.Equal(0, found.ExitCode);
        Assert.Equal(expected.Output, found.Output);
    }

    [Fact]
    public async Task Report_says_which_rows_it_is_about()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", "year,x,y\n2025,9,9\n2026,1,2\n2026,2,4.5\n2026,3,6\n2026,4,8.5\n");
        var run = await CliRun.Of("fit", path, "--where", "year = 2026", "--input", "x", "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("d.csv where year = 2026: 4 rows, 1 input, 1 target", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cell_that_is_no_number_is_refused_also_under_a_query()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", "x,z,y\n1,1,2\n2,2,4.5\n3,oops,6\n4,4,8.5\n");
        var run = await CliRun.Of("fit", path, "--sql", "select x, z, y from data", "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("d.csv(4): column 'z' holds 'oops'", run.Error, StringComparison.Ordinal);
        run = await CliRun.Of("fit", path, "--sql", "select x, y from data", "--target", "y");
        Assert.Equal(0, run.ExitCode);
        run = await CliRun.Of("fit", path, "--where", "x <> 3", "--input", "x", "--target", "y");
        Assert.Equal(0, run.ExitCode);
    }

    /// <summary>Columns that the fit does not use are read for the groups of rows, if they can be.</summary>
    [Fact]
    public async Task Column_that_nobody_asked_for_may_hold_anything()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.jsonl", "{\"x\": 1, \"y\": 2, \"z\": [1, 2]}\n{\"x\": 2, \"y\": 4.5, \"z\": [1]}\n"
            + "{\"x\": 3, \"y\": 6, \"z\": null}\n{\"x\": 4, \"y\": 8.5, \"z\": [5]}\n");
        var run = await CliRun.Of("fit", path, "--input", "x", "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Query_over_text_reaches_no_other_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("d.csv", "x,y\n1,2\n");
        DuckDbFiles.Write(folder["other.parquet"], "SELECT 1 AS x");
        var run = await CliRun.Of("fit", path, "--sql", $"select * from '{folder["other.parquet"]}'", "--target", "x");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("reads another file", run.Error, StringComparison.Ordinal);
    }
}

using System.IO.Compression;
using System.Text.Json;
using Apache.Arrow;
using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>Data that are not CSV, as a user names them.</summary>
public sealed class SourceTests
{
    private const string Rows =
        "SELECT * FROM (VALUES (1.5, 2.0, 3.25), (2.0, 1.0, 5.0), (4.0, 4.0, 1.125), (3.0, 0.0, 2.5)) AS t(x1, x2, y)";
    private const string Csv = "x1,x2,y\n1.5,2.0,3.25\n2.0,1.0,5.0\n4.0,4.0,1.125\n3.0,0.0,2.5\n";

    private static readonly (string Name, double[] Values)[] s_columns = [("x1", [1.5, 2, 4, 3]), ("x2", [2, 1, 4, 0]),
        ("y", [3.25, 5, 1.125, 2.5])];

    public static TheoryData<string, string> Parquet
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var entry in Reference.Json("badinputs", "manifest.json").EnumerateArray())
            {
                if (entry.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.String
                    && file.GetString()!.EndsWith(".parquet", StringComparison.Ordinal))
                {
                    cases.Add(file.GetString()!, entry.Text("cls"));
                }
            }

            return cases;
        }
    }

    [Theory]
    [InlineData("d.parquet")]
    [InlineData("d.jsonl")]
    [InlineData("d.json")]
    [InlineData("d.arrow")]
    [InlineData("d.npy")]
    [InlineData("d.npz")]
    [InlineData("d.safetensors")]
    [InlineData("d.csv.gz")]
    [InlineData("d.duckdb")]
    [InlineData("d.duckdb --table rows")]
    [InlineData("d.duckdb --sql SELECT_*_FROM_rows")]
    [InlineData("d.parquet --sql SELECT_x1,_x2,_y_FROM_data_WHERE_y_<_100")]
    [InlineData("part-*.parquet")]
    [InlineData("part-1.parquet part-2.parquet")]
    [InlineData("part-1.parquet part-2.csv")]
    [InlineData("--sql SELECT_*_FROM_'{0}'")]
    public async Task Fit_is_the_same_whatever_holds_the_rows(string words)
    {
        using var folder = new TemporaryFolder();
        DuckDbFiles.Write(folder["d.parquet"], Rows);
        DuckDbFiles.Write(folder["d.jsonl"], Rows, "FORMAT json");
        DuckDbFiles.Write(folder["d.json"], Rows, "FORMAT json, ARRAY true");
        File.WriteAllBytes(folder["d.arrow"],
            ArrowReaderTests.Written(true, 4, 3,
                (start, count) =>
                    [.. s_columns.Select(column =>
                        (column.Name,
                            (IArrowArray)new DoubleArray.Builder().AppendRange(column.Values.Skip(start).Take(count))
                                .Build()))]));
        File.WriteAllBytes(folder["d.npy"],
            ArrayReaderTests.OfDoubles([4, 3],
                [.. Enumerable.Range(0, 4).SelectMany(i => s_columns.Select(column => column.Values[i]))]));
        File.WriteAllBytes(folder["d.npz"],
            ArrayReaderTests.Npz(CompressionLevel.Optimal,
                [.. s_columns.Select(column => (column.Name, ArrayReaderTests.OfDoubles([4], column.Values)))]));
        File.WriteAllBytes(folder["d.safetensors"],
            ArrayReaderTests.Safetensors(
                [.. s_columns.Select(column =>
                    (column.Name, "F64", new long[] { 4 },
                        column.Values.SelectMany(BitConverter.GetBytes).ToArray()))]));
        await using (var packed = new GZipStream(File.Create(folder["d.csv.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(System.Text.Encoding.UTF8.GetBytes(Csv));
        }

        DuckDbFiles.Write(folder["part-1.parquet"], Rows + " LIMIT 1");
        DuckDbFiles.Write(folder["part-2.parquet"], Rows + " OFFSET 1");
        DuckDbFiles.Write(folder["part-2.csv"], Rows + " OFFSET 1");
        DuckDbFiles.Run(folder["d.duckdb"], $"CREATE TABLE rows AS {Rows}");
        var query = $"SELECT * FROM '{folder["d.parquet"]}'";
        string[] args =
            [.. words.Split(' ')
                .Select(word =>
                    word.Contains('.', StringComparison.Ordinal) && !word.Contains(' ', StringComparison.Ordinal)
                        && !word.StartsWith("SELECT", StringComparison.Ordinal) ? folder[word]
                        : word == "SELECT_*_FROM_'{0}'" ? query : word.Replace('_', ' '))];
        var (other, csv) =
            (await CliRun.Of(["fit", .. args, "--target", "y", "--json"]),
                await CliRun.Of("fit", folder.Write("d.csv", Csv), "--target", "y", "--json"));
        Assert.Equal((0, ""), (other.ExitCode, other.Error));
        Assert.Equal(csv.Output, other.Output);
    }

    [Theory]
    [MemberData(nameof(Parquet))]
    public async Task Fit_of_a_damaged_parquet_file_does_what_its_class_says(string file, string kind)
    {
        var path = Reference.PathOf("badinputs", file);
        var run = await CliRun.Of("fit", path, "--target", "c", "--input", "a");
        if (kind == "accept+warn")
        {
            // A flipped bit in data without a checksum cannot be noticed; docs/sources.md says so.
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            return;
        }

        Assert.Equal("refuse(3)", kind);
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"plumb: {path}: ", run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_other_command_reads_them_too()
    {
        using var folder = new TemporaryFolder();
        var (parquet, csv) = (DuckDbFiles.Write(folder["d.parquet"], Rows), folder.Write("d.csv", Csv));
        await CliRun.Of("fit", csv, "--target", "y", "-o", folder["m.json"]);
        foreach (var words in (string[][])[["explain", folder["m.json"], "DATA", "--json"],
            ["predict", folder["m.json"], "DATA"], ["moments", "DATA", "-o", "-"],
            ["train", "DATA", "--target", "y", "--steps", "20", "--batch", "2", "--json"]])
        {
            var runs = new List<CliRun>();
            foreach (var data in (string[])[parquet, csv])
            {
                runs.Add(await CliRun.Of([.. words.Select(word => word == "DATA" ? data : word)]));
            }

            Assert.Equal(0, runs[0].ExitCode);
            Assert.Equal(runs[1], runs[0]);
        }
    }

    [Theory]
    [InlineData("", 2,
        "DATA is missing, expected a file, - for standard input, or a query after --sql; see 'plumb fit --help'.")]
    [InlineData("d.csv --sql x", 3, "the query over d.csv: syntax error at or near \"x\"; correct the query.")]
    [InlineData("d.csv --table x", 2, "--table is for databases, and d.csv is none; leave it out.")]
    [InlineData("d.csv --sql x --where y", 2, "give either --sql or --where")]
    [InlineData("d.csv --where z_>_1", 3,
        "d.csv where z > 1: Referenced column \"z\" not found in FROM clause; correct the condition.")]
    [InlineData("d.parquet --where z_>_1", 3,
        "d.parquet where z > 1: Referenced column \"z\" not found in FROM clause; correct the condition.")]
    [InlineData("d.csv --where x1_>_9", 3, "d.csv where x1 > 9: 0 rows, where at least one was expected")]
    [InlineData("d.parquet --table x", 2, "--table is for databases, and d.parquet is none; leave it out.")]
    [InlineData("d.duckdb --table x --sql y", 2,
        "give either --sql or --table; name the table in the query; see 'plumb fit --help'.")]
    [InlineData("d.parquet d.parquet --sql x", 2,
        "--sql and 2 files are given, expected one file or none; a query can name several, as in from "
            + "'data/*.parquet'.")]
    [InlineData("d.parquet --delimiter ;", 2,
        "--delimiter, --header, --no-header, --skip, --header-row, --units, --footer and --comment are for CSV, and "
            + "d.parquet is not CSV; leave them out.")]
    [InlineData("d.parquet --data-precision printed", 2,
        "--data-precision printed is about numbers in text, and d.parquet is not CSV; leave it out.")]
    [InlineData("none.parquet", 3, "none.parquet: there is no such file; check the name and the folder you are in.")]
    [InlineData("none.duckdb --table t", 3, "none.duckdb: there is no such file")]
    [InlineData("d.duckdb --table t", 3,
        "d.duckdb: there is no table 't' among 'rows'; name the table that is meant (--table).")]
    [InlineData("empty.parquet", 3, "empty.parquet: file is empty (0 bytes), where Parquet was expected")]
    [InlineData("d.moments d.parquet", 3,
        "d.moments: holds moments, where rows were expected; add moments up with 'plumb merge'.")]
    [InlineData("bad.jsonl", 3, "bad.jsonl(2): the file ends inside an object; it is cut off")]
    [InlineData("bad.jsonl --sql SELECT_y_FROM_data", 3, "the query over bad.jsonl(2): the file ends inside an object")]
    [InlineData("bad.duckdb", 3, "bad.duckdb: is no DuckDB database, although it is named like one; check what wrote")]
    [InlineData("bad.duckdb --sql SELECT_1", 3, "the query over bad.duckdb: is no DuckDB database, although it is")]
    [InlineData("d.duckdb --table none_", 3, "d.duckdb: there is no table 'none ' among 'rows'")]
    [InlineData("d.csv.parquet", 3, "d.csv.parquet: does not begin with PAR1, as every Parquet file does")]
    [InlineData("book.parquet", 3, "book.parquet: Excel (XLSX) or Office file, by its first bytes, where Parquet was")]
    [InlineData("old.duckdb", 3, "old.duckdb: SQLite database file, by its first bytes, where a DuckDB database was")]
    public async Task Data_that_cannot_be_read_are_refused_in_one_line(string words, int exitCode, string message)
    {
        using var folder = new TemporaryFolder();
        DuckDbFiles.Write(folder["d.parquet"], Rows);
        DuckDbFiles.Run(folder["d.duckdb"], $"CREATE TABLE rows AS {Rows}");
        folder.Write("d.csv", Csv);
        folder.Write("empty.parquet", "");
        folder.Write("bad.jsonl", "{\"y\": 1}\n{\"y\": ");
        folder.Write("d.csv.parquet", Csv);
        folder.Write("book.parquet", "PK\u0003\u0004" + new string('.', 26) + "[Content_Types].xml and so on");
        folder.Write("old.duckdb", "SQLite format 3\0 and so on");
        folder.Write("bad.duckdb", "not a database, but long enough to be looked at as one, if anyone cares to look");
        var run =
            await CliRun.Of(
                ["fit",
                    .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                        .Select(word => word.Contains('.', StringComparison.Ordinal) ? folder[word]
                            : word.Replace('_', ' ')), "--target",
                    "y"]);
        Assert.Equal((exitCode, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("plumb: " + message, run.Error.Replace(folder["."][..^1], "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }
}

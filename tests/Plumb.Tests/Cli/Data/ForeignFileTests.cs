using System.Text;
using Apache.Arrow.Ipc;
using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>Files as other programs write them, and as people name them.</summary>
public sealed class ForeignFileTests
{
    [Theory]
    [InlineData("pandas.parquet")]
    [InlineData("pandas.arrow")]
    public async Task Index_of_pandas_is_no_input_unless_it_is_named(string file)
    {
        var path = Reference.PathOf("sources", file);
        var run = await CliRun.Of("fit", path, "--target", "y");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Inputs, all other columns: x. ", run.OneLine(), StringComparison.Ordinal);
        Assert.Contains("'__index_level_0__': an index that pandas wrote", run.OneLine(), StringComparison.Ordinal);
        run = await CliRun.Of("fit", path, "--target", "y", "--input", "x,__index_level_0__");
        Assert.Contains("12 rows, 2 inputs, 1 target", run.OneLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("an index", run.OneLine(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feather_is_read_as_pandas_compresses_it()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["d.feather"], ArrowFormsTests.Compressed(CompressionCodecType.Lz4Frame,
            asFile: true, [1, 2, 3, 4]), TestContext.Current.CancellationToken);
        var run = await CliRun.Of("look", folder["d.feather"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));

        // As Apache Arrow's JavaScript library wrote it: each buffer announces the bytes that it is packed into, where
        // Arrow wants those that it comes to.
        run = await CliRun.Of("fit", Reference.PathOf("sources", "d.feather"), "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(500, run.Json().Number("rows"));
    }

    [Theory]
    [InlineData("c_brotli", 0, "")]
    [InlineData("c_zstd", 0, "")]
    [InlineData("dec", 0, "")]
    [InlineData("hy_f16", 0, "")]
    [InlineData("v2", 0, "")]
    [InlineData("u64", 0, "Whole numbers above 2^53 were changed by rounding")]
    [InlineData("null", 3, "marks a missing value")]
    [InlineData("zero", 3, "0 rows, where at least one was expected")]
    [InlineData("ts", 0, "t: days since 2020-01-02.")]
    [InlineData("enum", 0, "on every row, so it carries no information and is left out")]
    public async Task Forms_of_parquet_are_read_or_refused_by_what_they_hold(string name, int exitCode, string said)
    {
        var run = await CliRun.Of("fit", Reference.PathOf("sources", "parquet", name + ".parquet"), "--target", "y");
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, run.OneLine() + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("be.npy", "y", "", 0, "2.00")]
    [InlineData("fort.npy", "y", "", 0, "2.00")]
    [InlineData("objkey.npz", "y", "", 0, "2.00")]
    [InlineData("pos.npz", "arr_1", "arr_0", 0, "2.00")]
    [InlineData("dF.npz", "Y", "X", 0, "2.00")]
    [InlineData("rec.npy", "y", "", 3, "numpy.savez")]
    public async Task Forms_of_arrays_are_read_or_refused(string file, string target, string input, int exitCode,
        string said)
    {
        string[] inputs = input.Length > 0 ? ["--input", input] : [];
        var run = await CliRun.Of(
            ["fit", Reference.PathOf("sources", "arrays", file), "--target", target, .. inputs]);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(said, run.OneLine() + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_differ_in_case_only_are_kept()
    {
        using var folder = new TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(DuckDbFiles.Write(folder["d.parquet"],
            "SELECT i AS xxx, i * i AS qqq, i + 2 * i * i AS y FROM range(9) AS t(i)"),
            TestContext.Current.CancellationToken);
        var text = Encoding.Latin1.GetString(bytes).Replace("qqq", "XXX", StringComparison.Ordinal);
        await File.WriteAllBytesAsync(folder["d.parquet"], Encoding.Latin1.GetBytes(text),
            TestContext.Current.CancellationToken);
        folder.Write("d.jsonl", string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"{{\"xxx\": {i}, \"XXX\": {i * i}, \"y\": {i + 2 * i * i}}}\n")));
        foreach (var file in (string[])["d.parquet", "d.jsonl"])
        {
            var run = await CliRun.Of("fit", folder[file], "--target", "y", "--json");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(["xxx", "XXX"], run.Json().GetProperty("inputs").EnumerateArray()
                .Select(name => name.GetString()));
            Assert.Equal(2, run.Json().GetProperty("weights")[0][1].GetDouble());
            run = await CliRun.Of("fit", folder[file], "--sql", "select * from data", "--target", "y");
            Assert.Equal(3, run.ExitCode);
            Assert.Contains("the columns 'xxx' and 'XXX' differ in case only, which a query does not tell apart",
                run.Error, StringComparison.Ordinal);
        }

        var query = await CliRun.Of("fit", "--sql", "select i as x, i*i as \"X\", i+2*i*i as y from range(9) as t(i)",
            "--target", "y", "--json");
        Assert.Equal(["x", "X"], query.Json().GetProperty("inputs").EnumerateArray()
            .Select(name => name.GetString()));
    }

    [Theory]
    [InlineData("shop.duckdb", "shop")]
    [InlineData("memory.duckdb", "")]
    [InlineData("temp.db", "temp_db")]
    [InlineData("a shop.v2.duckdb", "\"a shop\"")]
    public async Task View_may_say_which_database_it_is_of(string file, string catalog)
    {
        using var folder = new TemporaryFolder();
        DuckDbFiles.Run(folder[file], "CREATE TABLE t AS SELECT i AS x, 2 * i AS y FROM range(5) AS t(i)");
        DuckDbFiles.Run(null, $"ATTACH '{folder[file]}'{(catalog.Length == 0 ? " AS plumb_data" : "")}",
            $"USE {(catalog.Length == 0 ? "plumb_data" : catalog)}",
            $"CREATE VIEW v AS SELECT * FROM {(catalog.Length == 0 ? "" : catalog + ".")}t");
        foreach (var words in (string[][])[["--table", "v"], ["--sql", "select * from v"], ["--table", "t"]])
        {
            var run = await CliRun.Of(["fit", folder[file], .. words, "--target", "y", "--json"]);
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            Assert.Equal(2, run.Json().GetProperty("weights")[0][0].GetDouble());
        }
    }

    [Fact]
    public async Task View_of_a_table_that_is_gone_is_refused_in_plain_words()
    {
        using var folder = new TemporaryFolder();
        DuckDbFiles.Run(folder["d.duckdb"], "CREATE TABLE t AS SELECT 1 AS y", "CREATE VIEW v AS SELECT * FROM t",
            "DROP TABLE t");
        var run = await CliRun.Of("fit", folder["d.duckdb"], "--table", "v", "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the view cannot be read: Table with name t does not exist;", run.Error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("correct the query", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d.csv.zst")]
    [InlineData("d.txt")]
    [InlineData("-")]
    public async Task Zstd_is_unpacked_whatever_the_file_is_called(string name)
    {
        using var folder = new TemporaryFolder();
        var bytes = await File.ReadAllBytesAsync(Reference.PathOf("sources", "d.csv.zst"),
            TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder[name.TrimStart('-') + (name == "-" ? "x" : "")], bytes,
            TestContext.Current.CancellationToken);
        var run = await CliRun.WithInput(bytes, "fit", name == "-" ? name : folder[name], "--target", "y");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("1.99720", run.Output, StringComparison.Ordinal);
        for (var length = 5; length < bytes.Length; length += 9)
        {
            run = await CliRun.WithInput(bytes[..length], "fit", "-", "--target", "y");
            Assert.Equal(3, run.ExitCode);
            Assert.Contains("the zstd data are damaged, or end too early", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Formats_are_told_by_their_bytes_where_the_name_is_another()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Reference.PathOf("sources", "plain.parquet"), folder["d.csv"]);
        File.Copy(Reference.PathOf("sources", "arrays", "be.npy"), folder["d.parquet"]);
        File.Copy(Reference.PathOf("sources", "arrays", "objkey.npz"), folder["d.zip"]);
        DuckDbFiles.Run(folder["d.sqlite"], "CREATE TABLE t AS SELECT i AS x, 2 * i AS y FROM range(5) AS t(i)");
        folder.Write("d.txt", "{\"x\": 1, \"y\": 2}\n{\"x\": 2, \"y\": 4}\n{\"x\": 3, \"y\": 6}\n");
        foreach (var file in (string[])["d.csv", "d.parquet", "d.zip", "d.sqlite", "d.txt"])
        {
            var run = await CliRun.Of("fit", folder[file], "--target", "y");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
        }
    }

    [Theory]
    [InlineData("BZh91AY&SY", "bzip2 file", "bzip2 -dc FILE | plumb fit -")]
    [InlineData("\u00FD7zXZ\0\0", "xz file", "xz -dc FILE | plumb fit -")]
    [InlineData("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "old Excel (XLS) or Office file", "as CSV")]
    [InlineData("SQLite format 3\0", "SQLite database file", "sqlite3 -header -csv")]
    [InlineData("\u0089HDF\r\n\u001A\n", "HDF5 file", "numpy.savez")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n", "Git LFS pointer file",
        "git lfs pull")]
    [InlineData("%PDF-1.7\n", "PDF file", "as CSV")]
    [InlineData("\u0080\u0004\u0095\u0001\0\0\0", "Python pickle file", "numpy.savez")]
    [InlineData("MATLAB 5.0 MAT-file, Platform: GLNXA64", "MATLAB file", "writetable")]
    [InlineData("PK\u0003\u0004..........................[Content_Types].xml", "Excel (XLSX) or Office file", "as CSV")]
    [InlineData("PK\u0003\u0004..........................mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "OpenDocument (such as ODS) file", "as CSV")]
    [InlineData("PK\u0003\u0004..........................model/data.pkl", "PyTorch file", "safetensors")]
    public async Task Binary_file_is_named_for_what_it_is(string bytes, string named, string remedy)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["d.csv"], Encoding.Latin1.GetBytes(bytes + "\u0001\0\u0002\0\u0003"),
            TestContext.Current.CancellationToken);
        var run = await CliRun.Of("fit", folder["d.csv"], "--target", "y");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains($"d.csv(1): {named}, by its first bytes, where CSV text was expected; ", run.Error,
            StringComparison.Ordinal);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
    }
}

using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Plumb.Tests.Sources;

namespace Plumb.Tests.Cli;

/// <summary>Texts of Parquet, Arrow and DuckDB mean what the same texts mean in CSV.</summary>
public sealed class TypedTextTests
{
    private static readonly string[] s_columns = ["rate", "price", "day", "ok", "kind", "y"];

    private static string[][] Rows(string price) => [.. Enumerable.Range(0, 30).Select(i => (string[])
    [
        FormattableString.Invariant($"{i * 7 % 23} %"), price.Replace("{0}", FormattableString.Invariant(
            $"{1 + i * 5 % 9},{100 + i * 37 % 800}"), StringComparison.Ordinal),
        FormattableString.Invariant($"{1 + i % 28}/{1 + i / 28}/2026"), i % 3 == 0 ? "yes" : "no",
        i % 4 == 0 ? "a" : "b", FormattableString.Invariant($"{i * i % 31}"),
    ])];

    [Theory]
    [InlineData("parquet", "$ {0}.50", "")]
    [InlineData("duckdb", "$ {0}.50", "")]
    [InlineData("arrow", "$ {0}.50", "")]
    [InlineData("parquet", "$ {0}", "--thousands ,")]
    [InlineData("arrow", "$ {0}", "--thousands ,")]
    [InlineData("sql", "$ {0}", "--thousands ,")]
    [InlineData("where", "$ {0}", "--thousands ,")]
    public async Task Texts_give_the_bits_that_they_give_in_csv(string form, string price, string options)
    {
        using var folder = new TemporaryFolder();
        var rows = Rows(price);
        folder.Write("d.csv", string.Concat(rows.Prepend(s_columns)
            .Select(row => string.Join(',', row.Select(cell => $"\"{cell}\"")) + "\n")));
        string[] more = options.Length > 0 ? options.Split(' ') : [];
        var expected = await CliRun.Of(["fit", folder["d.csv"], "--target", "y", "--json", .. more]);
        Assert.Equal((0, ""), (expected.ExitCode, expected.Error));
        string[] data = Write(folder, form, rows);
        if (options.Length > 0)
        {
            var refused = await CliRun.Of(["fit", .. data, "--target", "y"]);
            Assert.Equal(3, refused.ExitCode);
            Assert.Contains("(--thousands \",\")", refused.Error, StringComparison.Ordinal);
        }

        var run = await CliRun.Of(["fit", .. data, "--target", "y", "--json", .. more]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        foreach (var part in (string[])["inputs", "weights", "bias"])
        {
            Assert.Equal(expected.Json().GetProperty(part).GetRawText(), run.Json().GetProperty(part).GetRawText());
        }

        Assert.Contains("rate: numbers in %", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parquet")]
    [InlineData("arrow")]
    [InlineData("jsonl")]
    [InlineData("csv")]
    public async Task Kept_columns_that_are_inputs_too_stay_as_they_stand(string form)
    {
        using var folder = new TemporaryFolder();
        var rows = Rows("$ {0}.50");
        folder.Write("d.csv", string.Concat(rows.Prepend(s_columns)
            .Select(row => string.Join(',', row.Select(cell => $"\"{cell}\"")) + "\n")));
        await CliRun.Of("fit", folder["d.csv"], "--target", "y", "-o", folder["m.json"]);
        string[] data = form == "csv" ? [folder["d.csv"]] : Write(folder, form, rows);
        var run = await CliRun.Of(["predict", folder["m.json"], .. data, "--keep", "kind,day,ok,rate"]);
        Assert.Equal(0, run.ExitCode);
        var lines = run.Output.Split('\n');
        Assert.StartsWith("a,1/1/2026,yes,0 %,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("b,2/1/2026,no,7 %,", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("b,2/2/2026,no,19 %,", lines[30], StringComparison.Ordinal);
    }

    private static string[] Write(TemporaryFolder folder, string form, string[][] rows)
    {
        string[] text = [.. rows.Select(row => "(" + string.Join(", ", row.SkipLast(1).Select(cell => $"'{cell}'"))
            + $", {row[^1]}::DOUBLE)")];
        var query = $"SELECT * FROM (VALUES {string.Join(", ", text)}) AS t({string.Join(", ", s_columns)})";
        switch (form)
        {
            case "duckdb":
                DuckDbFiles.Run(folder["d.duckdb"], "CREATE TABLE t AS " + query);
                return [folder["d.duckdb"]];
            case "arrow":
                WriteArrow(folder["d.arrow"], rows);
                return [folder["d.arrow"]];
            case "jsonl":
                folder.Write("d.jsonl", string.Concat(rows.Select(row => "{" + string.Join(", ", s_columns.Zip(row)
                    .Select(pair => $"\"{pair.First}\": " + (pair.First == "y" ? pair.Second : $"\"{pair.Second}\"")))
                    + "}\n")));
                return [folder["d.jsonl"]];
            case "sql":
                return [folder["d.csv"], "--sql", "select * from data"];
            case "where":
                return [folder["d.csv"], "--where", "y >= 0"];
            default:
                return [DuckDbFiles.Write(folder["d.parquet"], query, "FORMAT parquet")];
        }
    }

    private static void WriteArrow(string path, string[][] rows)
    {
        var schema = new Schema([.. s_columns.Select(name => new Field(name,
            name == "y" ? DoubleType.Default : StringType.Default, nullable: true))], metadata: null);
        IArrowArray[] arrays = [.. s_columns.Select((name, j) => name == "y"
            ? (IArrowArray)new DoubleArray.Builder().AppendRange(rows.Select(row => double.Parse(row[j],
                System.Globalization.CultureInfo.InvariantCulture))).Build()
            : new StringArray.Builder().AppendRange(rows.Select(row => row[j])).Build())];
        using var file = File.Create(path);
        using var writer = new ArrowFileWriter(file, schema);
        writer.WriteRecordBatch(new RecordBatch(schema, arrays, rows.Length));
        writer.WriteEnd();
    }
}

using System.Data;
using Databases;

namespace Plumb.Tests;

/// <summary>A reader that others wrote, on what is public alone, is as good as Plumb's own.</summary>
public sealed class TableReaderTests
{
    [Fact]
    public async Task Rows_of_a_reader_of_others_give_the_bits_of_a_file()
    {
        var random = new RandomSource(1);
        var table = Table(typeof(double), typeof(int), typeof(decimal));
        var csv = "a,b,y\n";
        for (var i = 0; i < 5000; i++)
        {
            var (a, b, y) = (random.NextIndex(4096) / 16.0, random.NextIndex(100), random.NextIndex(1000) / 8m);
            table.Rows.Add(a, b, y);
            csv += FormattableString.Invariant($"{a},{b},{y}\n");
        }

        using var folder = new TemporaryFolder();
        var token = TestContext.Current.CancellationToken;
        await using var file = await CsvReader.OpenAsync(File.OpenRead(folder.Write("rows.csv", csv)), "rows.csv",
            cancellationToken: token);
        await using var reader = DatabaseReader.Of(table.CreateDataReader());
        Assert.Equal(await Moments.ReadAsync(file, ["b", "a"], ["y"], cancellationToken: token),
            await Moments.ReadAsync(reader, ["b", "a"], ["y"], cancellationToken: token));
        Assert.Equal(5000, reader.Rows);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ReadAsync(reader, ["a"], ["y"]));
    }

    [Fact]
    public async Task Missing_values_are_refused_by_row_or_left_out_and_counted()
    {
        var table = Table(typeof(double), typeof(string), typeof(double));
        table.Rows.Add(1.0, "2.5", 3.0);
        table.Rows.Add(DBNull.Value, "4", 5.0);
        table.Rows.Add(6.0, "NA", 7.0);
        table.Rows.Add(8.0, "9", double.NaN);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ReadAsync(DatabaseReader.Of(table.CreateDataReader()), ["a", "b"], ["y"]));
        Assert.Contains("row 2", error.Message);
        Assert.Contains("'a'", error.Message);

        var dropping = DatabaseReader.Of(table.CreateDataReader(), dropMissing: true);
        var row = Assert.Single(await ReadAsync(dropping, ["a", "b"], ["y"]));
        Assert.Equal([1, 2.5, 3], row);
        Assert.Contains(dropping.Findings, finding =>
            finding.Message.Contains('3') && finding.Code.Contains("missing"));
    }

    [Fact]
    public async Task Texts_that_are_no_numbers_are_refused_by_row_and_column()
    {
        var table = Table(typeof(double), typeof(string), typeof(double));
        table.Rows.Add(1.0, "2.5", 3.0);
        table.Rows.Add(2.0, "oops", 3.0);
        table.Rows.Add(double.PositiveInfinity, "1", 3.0);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ReadAsync(DatabaseReader.Of(table.CreateDataReader(), "sensors"), ["a", "b"], ["y"]));
        Assert.StartsWith("sensors", error.Message);
        Assert.Contains("'oops'", error.Message);
        Assert.Contains("'b'", error.Message);
        Assert.Contains("Infinity", error.Message);
    }

    [Fact]
    public async Task Texts_are_read_as_somebody_says()
    {
        var table = Table(typeof(double), typeof(string), typeof(double));
        table.Rows.Add(1.0, "yes", 3.0);
        table.Rows.Add(2.0, "no", 4.0);
        var reader = DatabaseReader.Of(table.CreateDataReader());
        reader.ReadAs("b", new TruthValues());
        Assert.Equal([[1, 1, 3], [2, 0, 4]], await ReadAsync(reader, ["a", "b"], ["y"]));
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        var twice = new DataTable();
        twice.Columns.Add("a", typeof(double));
        twice.Columns.Add("A", typeof(double));
        Assert.Equal(["a", "A"], DatabaseReader.Of(twice.CreateDataReader()).Columns);
        await Assert.ThrowsAsync<ArgumentException>(() =>
            ReadAsync(DatabaseReader.Of(twice.CreateDataReader()), ["nobody"], []));
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            ReadAsync(DatabaseReader.Of(twice.CreateDataReader()), ["a"], ["A"])); // no rows
        var table = Table(typeof(double), typeof(double), typeof(double));
        table.Rows.Add(1.0, 2.0, 3.0);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Moments.ReadAsync(
            DatabaseReader.Of(table.CreateDataReader()), ["a"], ["y"], cancellationToken: new(canceled: true)));
    }

    private static DataTable Table(Type a, Type b, Type y)
    {
        var table = new DataTable();
        table.Columns.Add("a", a);
        table.Columns.Add("b", b);
        table.Columns.Add("y", y);
        return table;
    }

    private static async Task<List<double[]>> ReadAsync(RowReader reader, string[] inputs, string[] targets)
    {
        var rows = new List<double[]>();
        await foreach (var block in reader.ReadAsync(inputs, targets, TestContext.Current.CancellationToken))
        {
            for (var i = 0; i < block.Rows; i++)
            {
                rows.Add([.. block.Inputs.Row(i), .. block.Targets.Row(i)]);
            }
        }

        return rows;
    }
}

using System.Data;
using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Databases;
using Microsoft.ML;
using Plumb;
using Plumb.Arrow;
using Plumb.DuckDb;
using Plumb.MicrosoftML;
using Plumb.PostgreSql;
using Plumb.Sql;
using Plumb.Zstd;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] inputs = ["wall_area", "glazing_area"], targets = ["heating_load"];
string[] names = [.. inputs, .. targets];
var rows = new List<Building>();
await using (var reader = await CsvReader.OpenAsync(File.OpenRead(args[0]), args[0]))
{
    await foreach (var block in reader.ReadAsync(inputs, targets))
    {
        for (var i = 0; i < block.Rows; i++)
        {
            rows.Add(new Building
            {
                Wall = block.Inputs[i, 0],
                Glazing = block.Inputs[i, 1],
                Load = block.Targets[i, 0],
            });
        }
    }
}

var table = Matrix.Create(rows.Count, 3, (i, j) => j == 0 ? rows[i].Wall : j == 1 ? rows[i].Glazing : rows[i].Load);
await ParquetWriter.WriteAsync("rows.parquet", names, new[] { table }.ToAsyncEnumerable());
WriteArrow("rows.arrow");

Show(await Moments.ReadAsync(await CsvReader.OpenAsync(File.OpenRead(args[0]), args[0]), inputs, targets));
Show(await Moments.ReadAsync(await DuckDbReader.OpenAsync(new DuckDbInput.Parquet("rows.parquet")), inputs, targets));
Show(await Moments.ReadAsync(await ArrowReader.OpenAsync(File.OpenRead("rows.arrow"), "rows.arrow"), inputs, targets));
Show(await Moments.ReadAsync(DataViewReader.Open(new MLContext(1).Data.LoadFromEnumerable(rows)),
    [nameof(Building.Wall), nameof(Building.Glazing)], [nameof(Building.Load)]));
var data = new DataTable();
data.Columns.AddRange([.. names.Select(name => new DataColumn(name, typeof(double)))]);
rows.ForEach(row => data.Rows.Add(row.Wall, row.Glazing, row.Load));
Show(await Moments.ReadAsync(DatabaseReader.Of(data.CreateDataReader()), inputs, targets));
Console.WriteLine(string.Join(", ", typeof(PostgreSqlReader), typeof(SqlDialect), typeof(ZstdStream)) + " load, too.");

static void Show(Moments moments)
{
    var fit = new LeastSquares().Fit(moments);
    var map = fit.Map;
    Console.Write(fit.Report());
    Console.WriteLine($"{map.WeightsOf(0)[0]:R} {map.WeightsOf(0)[1]:R} {map.Bias[0]:R}");
}

void WriteArrow(string path)
{
    var columns = Enumerable.Range(0, 3).Select(j => new DoubleArray.Builder()
        .AppendRange(Enumerable.Range(0, rows.Count).Select(i => table[i, j])).Build()).ToArray();
    var batch = new RecordBatch.Builder().Append(names[0], false, columns[0]).Append(names[1], false, columns[1])
        .Append(names[2], false, columns[2]).Build();
    using var stream = File.Create(path);
    using var writer = new ArrowFileWriter(stream, batch.Schema);
    writer.WriteRecordBatch(batch);
    writer.WriteEnd();
}

internal sealed class Building
{
    public double Wall { get; set; }

    public double Glazing { get; set; }

    public double Load { get; set; }
}

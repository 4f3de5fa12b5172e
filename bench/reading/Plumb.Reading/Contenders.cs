using System.Globalization;
using DuckDB.NET.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Plumb.DuckDb;
using Sylvan.Data.Csv;
using nietras.SeparatedValues;

namespace Plumb.Reading;

/// <summary>Ways in .NET from a file to the coefficients of its last column, the bias first.</summary>
internal static class Contenders
{
    /// <summary>All of them, by the names that the script gives.</summary>
    public static IReadOnlyDictionary<string, Func<string, Task<double[]>>> All { get; } =
        new Dictionary<string, Func<string, Task<double[]>>>
    {
        ["plumb"] = PlumbAsync,
        ["duckdb"] = path => Task.FromResult(DuckDb(path)),
        ["sep"] = path => Task.FromResult(Sep(path)),
        ["sep-parallel"] = path => Task.FromResult(SepInParallel(path)),
        ["sylvan"] = path => Task.FromResult(Sylvan(path)),
        ["mlnet"] = path => Task.FromResult(MlNet(path)),
    };

    private static async Task<double[]> PlumbAsync(string path)
    {
        await using RowReader reader = path.EndsWith(".parquet", StringComparison.Ordinal)
            ? await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path))
            : await CsvReader.OpenAsync(File.OpenRead(path), path);
        var names = new VariableNames([.. reader.Columns.SkipLast(1)], [reader.Columns[^1]]);
        var moments = await Moments.ReadAsync(reader, names.Inputs, names.Targets);
        var map = new LeastSquares().Fit(moments).Map;
        return [map.Bias[0], .. map.WeightsOf(0)];
    }

    private static double[] Sep(string path)
    {
        using var reader = SepReaderOf(path);
        var columns = reader.Header.ColNames.Count;
        var sums = new RoundedMoments(columns);
        var row = new double[columns];
        foreach (var record in reader)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = record[i].Parse<double>();
            }

            sums.Add(row);
        }

        return sums.Solve();
    }

    private static double[] SepInParallel(string path)
    {
        using var reader = SepReaderOf(path);
        var columns = reader.Header.ColNames.Count;
        var sums = new RoundedMoments(columns);
        foreach (var row in reader.ParallelEnumerate(record => record[..].ParseToArray<double>()))
        {
            sums.Add(row);
        }

        return sums.Solve();
    }

    private static SepReader SepReaderOf(string path) => nietras.SeparatedValues.Sep.New(',').Reader().FromFile(path);

    private static double[] Sylvan(string path)
    {
        using var reader = CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 1 << 16 });
        var sums = new RoundedMoments(reader.FieldCount);
        var row = new double[reader.FieldCount];
        while (reader.Read())
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.GetDouble(i);
            }

            sums.Add(row);
        }

        return sums.Solve();
    }

    private static double[] MlNet(string path)
    {
        var columns = File.ReadLines(path).First().Split(',').Length;
        var context = new MLContext();
        var data = context.Data.LoadFromTextFile(path, [new TextLoader.Column("Row", DataKind.Double, 0, columns - 1)],
            separatorChar: ',', hasHeader: true);
        using var cursor = data.GetRowCursor(data.Schema);
        var getter = cursor.GetGetter<VBuffer<double>>(data.Schema["Row"]);
        var row = default(VBuffer<double>);
        var sums = new RoundedMoments(columns);
        var dense = new double[columns];
        while (cursor.MoveNext())
        {
            getter(ref row);
            row.CopyTo(dense);
            sums.Add(dense);
        }

        return sums.Solve();
    }

    private static double[] DuckDb(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var describe = connection.CreateCommand();
        describe.CommandText = $"DESCRIBE SELECT * FROM '{path}'";
        var names = new List<string>();
        using (var columns = describe.ExecuteReader())
        {
            while (columns.Read())
            {
                names.Add(columns.GetString(0));
            }
        }

        var sums = from i in Enumerable.Range(0, names.Count)
                   from j in Enumerable.Range(i, names.Count - i)
                   select $"sum({names[i]} * {names[j]})";
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT count(*), {string.Join(", ", names.Select(name => $"sum({name})"))}, {string.Join(", ", sums)} "
                + $"FROM '{path}'";
        using var reader = command.ExecuteReader();
        reader.Read();
        return RoundedMoments.Of(names.Count,
            [.. Enumerable.Range(0, reader.FieldCount)
                .Select(k => Convert.ToDouble(reader.GetValue(k), System.Globalization.CultureInfo.InvariantCulture))])
            .Solve();
    }
}

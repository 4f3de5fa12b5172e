using Apache.Arrow;
using Apache.Arrow.Ipc;
using Microsoft.Data.Analysis;

namespace Plumb.Tests.Sources;

/// <summary>Numbers that a program holds already, in whatever form, give the moments of the same numbers.</summary>
public sealed class InMemoryTests
{
    private static readonly Gen<double[][]> s_columns = Gen.Int[1, 60].SelectMany(rows => // a, b and y
        Gen.Float.Where(value => float.IsFinite(value) && Math.Abs(value) < 1e30f).Select(value => (double)value)
            .Array[rows].Array[3]);

    [Fact]
    public void Every_form_gives_the_same_moments() => s_columns.Sample(columns =>
    {
        var expected = Moments.Of(new Dataset(
            Matrix.Create(columns[0].Length, 2, (i, j) => columns[j][i]),
            Matrix.Create(columns[0].Length, 1, (i, _) => columns[2][i])));
        var single = new float[columns[0].Length, 2];
        var target = new float[columns[0].Length, 1];
        for (var i = 0; i < columns[0].Length; i++)
        {
            (single[i, 0], single[i, 1], target[i, 0]) = ((float)columns[0][i], (float)columns[1][i],
                (float)columns[2][i]);
        }

        Assert.True(expected.Equals(Moments.Of(new Dataset(single, target))));
        Assert.True(expected.Equals(Moments.Of(
            new Dataset(Matrix.OfColumns(columns[0], columns[1]), Matrix.OfColumns(columns[2])))));
        double[] flat = [.. columns[0].Zip(columns[1], (a, b) => (double[])[a, b]).SelectMany(row => row)];
        Assert.True(expected.Equals(Moments.Of(
            new Dataset(Matrix.Over(flat, columns[0].Length, 2), Matrix.OfColumns(columns[2])))));
    });

    [Fact]
    public Task Record_batches_are_read_again_and_again() => Gen.Select(s_columns, Gen.Int[1, 20]).SampleAsync(
        async (columns, batchRows) =>
        {
            var batches = Batches(columns, batchRows);
            var expected = Bits(columns);
            for (var pass = 0; pass < 2; pass++)
            {
                Assert.Equal(expected, await BitsOfAsync(ArrowReader.OpenAsync(batches)));
            }
        });

    [Fact]
    public async Task Stream_of_batches_is_read_and_let_go_of()
    {
        double[][] columns = [[1, 2, 3, 4, 5], [5, 4, 3, 1, 2], [0, 1, 0, 1, 0]];
        using var stream = new GivenBatches(Batches(columns, 2));
        Assert.Equal(Bits(columns), await BitsOfAsync(ArrowReader.OpenAsync(stream)));
        Assert.True(stream.IsDisposed);
    }

    [Fact]
    public async Task No_batch_and_names_twice_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ArrowReader.OpenAsync([]));
        var array = new DoubleArray.Builder().Append(1).Build();
        var schema = new Schema([new Field("a", array.Data.DataType, true), new Field("a", array.Data.DataType, true)],
            null);
        using var stream = new GivenBatches([new RecordBatch(schema, [array, array], 1)]);
        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() =>
            ArrowReader.OpenAsync(stream, cancellationToken: TestContext.Current.CancellationToken));
        Assert.StartsWith("record batches: ", thrown.Message, StringComparison.Ordinal);
        Assert.True(stream.IsDisposed);
    }

    // It is an IDataView of ML.NET.
    [Fact]
    public Task Data_frames_are_data_views() => s_columns.SampleAsync(async columns =>
    {
        string[] names = ["a", "b", "y"];
        var frame = new DataFrame(names.Zip(columns, (name, column) => new DoubleDataFrameColumn(name, column)));
        var rows = await SourceRows.OfAsync(Task.FromResult<RowReader>(DataViewReader.Open(frame)), "a", "b", "y");
        Assert.Equal(Bits(columns), rows.Bits());
    }, iter: 20);

    private static async Task<IEnumerable<long>> BitsOfAsync(Task<ArrowReader> opening)
    {
        var reader = await opening;
        return (await SourceRows.OfAsync(Task.FromResult<RowReader>(reader), "a", "b", "y")).Bits();
    }

    private static IEnumerable<long> Bits(double[][] columns) => Enumerable.Range(0, columns[0].Length)
        .SelectMany(i => columns.Select(column => BitConverter.DoubleToInt64Bits(column[i])));

    private static RecordBatch[] Batches(double[][] columns, int batchRows)
    {
        string[] names = ["a", "b", "y"];
        return [.. Enumerable.Range(0, (columns[0].Length + batchRows - 1) / batchRows).Select(part =>
        {
            var arrays = columns.Select(column => new DoubleArray.Builder()
                .AppendRange(column.Skip(part * batchRows).Take(batchRows)).Build()).ToArray();
            var fields = names.Zip(arrays, (name, array) => new Field(name, array.Data.DataType, true));
            return new RecordBatch(new Schema(fields, null), arrays, arrays[0].Length);
        })];
    }

    private sealed class GivenBatches(IReadOnlyList<RecordBatch> batches) : IArrowArrayStream
    {
        private int _next;

        public bool IsDisposed { get; private set; }

        public Schema Schema => batches[0].Schema;

        public ValueTask<RecordBatch?> ReadNextRecordBatchAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(_next < batches.Count ? batches[_next++] : null);

        public void Dispose() => IsDisposed = true;
    }
}

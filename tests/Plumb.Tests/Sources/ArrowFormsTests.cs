using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Plumb.Tests.Sources;

/// <summary>Arrow files with compression, lists, texts and times.</summary>
public sealed class ArrowFormsTests
{
    [Theory]
    [InlineData(CompressionCodecType.Lz4Frame, true)]
    [InlineData(CompressionCodecType.Lz4Frame, false)]
    [InlineData(CompressionCodecType.Zstd, true)]
    [InlineData(CompressionCodecType.Zstd, false)]
    public async Task Compressed_buffers_are_read(CompressionCodecType codec, bool asFile)
    {
        double[] numbers = [.. Enumerable.Range(0, 5000).Select(i => i % 10 == 0 ? i / 7.0 : 1)];
        var bytes = Compressed(codec, asFile, numbers);
        Assert.True(bytes.Length < 20_000);
        Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), (await Of(bytes)).Bits());
    }

    [Theory]
    [InlineData(CompressionCodecType.Lz4Frame)]
    [InlineData(CompressionCodecType.Zstd)]
    public async Task Damaged_compressed_file_is_read_or_refused_in_little_memory(CompressionCodecType codec)
    {
        const long Most = 600 << 20;
        var sound = Compressed(codec, true, [.. Enumerable.Range(0, 300).Select(i => (double)(i % 3))]);
        for (var place = 0; place < sound.Length - 8; place++)
        {
            foreach (var number in new long[] { long.MaxValue, int.MaxValue, 1L << 33, -7, 0x4141_4141 })
            {
                var damaged = sound.ToArray();
                BitConverter.TryWriteBytes(damaged.AsSpan(place), number);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var error = await Record.ExceptionAsync(() => Of(damaged));
                Assert.True(error is null or InvalidDataException or ArgumentException { ParamName: "columns" },
                    $"{number} at {place}: {error}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
            }
        }
    }

    // As Apache Arrow's Java library writes 0 at times (apache/arrow-java#1116); what its JavaScript library wrote, the
    // bytes that a buffer is packed into, is in ForeignFileTests.
    [Theory]
    [InlineData(CompressionCodecType.Lz4Frame, 0, true)]
    [InlineData(CompressionCodecType.Lz4Frame, 0, false)]
    [InlineData(CompressionCodecType.Zstd, 0, true)]
    [InlineData(CompressionCodecType.Zstd, 0, false)]
    [InlineData(CompressionCodecType.Lz4Frame, 7, true)]
    [InlineData(CompressionCodecType.Zstd, 7, false)]
    public async Task Buffer_that_announces_no_length_is_read_and_one_with_another_is_refused(
        CompressionCodecType codec, long announced, bool asFile)
    {
        double[] numbers = [.. Enumerable.Range(0, 5000).Select(i => i % 10 == 0 ? i / 7.0 : 1)];
        var bytes = Compressed(codec, asFile, numbers);
        var place = bytes.AsSpan().IndexOf(BitConverter.GetBytes((long)numbers.Length * sizeof(double)));
        BitConverter.TryWriteBytes(bytes.AsSpan(place), announced);
        if (announced == 0)
        {
            Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), (await Of(bytes)).Bits());
        }
        else
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lists_of_one_length_are_columns(bool asFile)
    {
        var bytes = Written(asFile, null,
            ("e", new FixedSizeListArray(new FixedSizeListType(DoubleType.Default, 2), 2, Doubles(1, 2, 3, 4),
                ArrowBuffer.Empty)),
            ("l", new ListArray(new ListType(DoubleType.Default), 2,
                new ArrowBuffer.Builder<int>().AppendRange([0, 2, 4]).Build(), Doubles(5, 6, 7, 8), ArrowBuffer.Empty)),
            ("y", Doubles(9, 10)));
        var table = await Of(bytes);
        Assert.Equal(["e[0]", "e[1]", "l[0]", "l[1]", "y"], table.Columns);
        Assert.Equal([[1, 2, 5, 6, 9], [3, 4, 7, 8, 10]], table.Rows);
    }

    [Fact]
    public async Task List_of_another_length_is_refused_by_its_row()
    {
        var bytes = Written(true, null, ("l", new ListArray(new ListType(DoubleType.Default), 2,
            new ArrowBuffer.Builder<int>().AppendRange([0, 2, 3]).Build(), Doubles(5, 6, 7), ArrowBuffer.Empty)));
        Assert.StartsWith("t.arrow(row 2): column 'l[0]' holds 'a list of 1 value', where 2 were expected",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_and_times_are_read_as_asked()
    {
        var codes = new Int8Array.Builder().Append(1).AppendNull().Append(1).Append(0).Build();
        var bytes = Written(true, null,
            ("t", new StringArray.Builder().Append("red").Append("blue").Append("red").AppendNull().Build()),
            ("d", new DictionaryArray(new DictionaryType(Int8Type.Default, StringType.Default, false), codes,
                new StringArray.Builder().Append("a").Append("b").Build())),
            ("n", new DictionaryArray(new DictionaryType(Int8Type.Default, DoubleType.Default, false), codes,
                Doubles(0.5, 2.5))),
            ("day", new Date32Array.Builder().Append(new DateTime(2026, 11, 29)).AppendNull().AppendNull()
                .Append(new DateTime(1969, 12, 31)).Build()),
            ("time", new TimestampArray.Builder(TimeUnit.Millisecond, "UTC")
                .Append(new DateTimeOffset(2026, 11, 29, 17, 30, 0, 250, TimeSpan.Zero)).AppendNull().AppendNull()
                .Append(new DateTimeOffset(1969, 12, 31, 23, 59, 59, TimeSpan.Zero)).Build()));
        await using var reader = await OpenAsync(bytes);
        Assert.Equal([ColumnKind.Text, ColumnKind.Text, ColumnKind.Number, ColumnKind.Date, ColumnKind.Date],
            reader.Kinds);
        var texts = new List<string?>();
        await foreach (var block in reader.ReadWithTextsAsync(["n"], [], ["t", "d", "day", "time"],
            TestContext.Current.CancellationToken))
        {
            Assert.Equal([2.5, double.NaN, 2.5, 0.5], block.Rows.Inputs.Values.ToArray());
            texts.AddRange(Enumerable.Range(0, 16).Select(i => block.Texts[i / 4, i % 4]));
        }

        Assert.Equal(["red", "b", "2026-11-29", "2026-11-29T17:30:00.25Z", "blue", null, null, null, "red", "b", null,
            null, null, "a", "1969-12-31", "1969-12-31T23:59:59Z"], texts);
    }

    [Fact]
    public async Task Level_that_is_not_known_is_refused_by_its_row()
    {
        await using var reader = await OpenAsync(Written(true, null,
            ("t", new StringArray.Builder().Append("red").Append("blue").Build())));
        reader.ReadAs("t", Levels.Of(["red"]));
        var error = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var _ in reader.ReadAsync(["t"], [], TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.StartsWith("t.arrow(row 2): column 't' holds 'blue', expected one of the", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Index_of_pandas_is_told_by_the_metadata()
    {
        var metadata = new Dictionary<string, string> { ["pandas"] = "{\"index_columns\": [\"year\"]}" };
        await using var reader = await OpenAsync(Written(true, metadata, ("year", Doubles(1)), ("x", Doubles(2)),
            ("__index_level_1__", Doubles(3))));
        Assert.Equal(["year", "__index_level_1__"], reader.IndexColumns);
    }

    private static DoubleArray Doubles(params double[] numbers) =>
        new DoubleArray.Builder().AppendRange(numbers).Build();

    internal static byte[] Compressed(CompressionCodecType codec, bool asFile, double[] numbers)
    {
        using var stream = new MemoryStream();
        var schema = new Schema([new Field("x", DoubleType.Default, nullable: true)], metadata: null);
        var options = new IpcOptions
        {
            CompressionCodec = codec,
            CompressionCodecFactory = new CompressionCodecFactory(),
        };
        using (var writer = asFile ? new ArrowFileWriter(stream, schema, leaveOpen: true, options)
            : new ArrowStreamWriter(stream, schema, leaveOpen: true, options))
        {
            writer.WriteRecordBatch(new RecordBatch(schema, [Doubles(numbers)], numbers.Length));
            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    private static byte[] Written(bool asFile, Dictionary<string, string>? metadata,
        params (string Name, IArrowArray Array)[] columns)
    {
        using var stream = new MemoryStream();
        var schema = new Schema(columns.Select(column => new Field(column.Name, column.Array.Data.DataType, true)),
            metadata);
        using (var writer = asFile ? new ArrowFileWriter(stream, schema, leaveOpen: true)
            : new ArrowStreamWriter(stream, schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(new RecordBatch(schema, columns.Select(column => column.Array),
                columns[0].Array.Length));
            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    private static async Task<RowReader> OpenAsync(byte[] bytes) => await ArrowReader.OpenAsync(new MemoryStream(bytes),
        "t.arrow", cancellationToken: TestContext.Current.CancellationToken);

    private static Task<SourceRows> Of(byte[] bytes) => SourceRows.OfAsync(OpenAsync(bytes));
}

using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Plumb.Tests.Sources;

public sealed class ArrowReaderTests
{
    private static readonly Gen<double> s_number = Gen.OneOf(Gen.Double.Where(double.IsFinite),
        Gen.Int.Select(i => i / 100.0), Gen.Const(-0.0), Gen.Const(double.Epsilon));

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 700)]
    [InlineData(false, 5000)]
    [InlineData(false, 13)]
    public async Task Values_of_every_numeric_type_are_themselves(bool asFile, int batchRows)
    {
        const int Rows = 5000;
        var (bytes, names) =
            (Written(asFile, Rows, batchRows, AllTypes), AllTypes(0, 1).Select(column => column.Name).ToArray());
        var table = await Of(bytes, columns: names);
        Assert.Equal(names, table.Columns);
        Assert.Equal(Rows, table.Rows.Length);
        Assert.All(table.Rows.Index(), row => Assert.All(row.Item, value => Assert.Equal(row.Index % 2, value)));
        Assert.Equal(["truth-values"], table.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public Task Doubles_come_back_to_the_bit_from_files_and_streams() =>
        Gen.Select(s_number.Array[1, 300], Gen.Bool, Gen.Int[1, 300]).SampleAsync(
            async (numbers, asFile, batchRows) =>
            {
                var bytes = Written(asFile, numbers.Length, batchRows,
                    (start, count) =>
                        [("x", new DoubleArray.Builder().AppendRange(numbers.Skip(start).Take(count)).Build())]);
                Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), (await Of(bytes)).Bits());
            },
            iter: 50);

    [Fact]
    public async Task Large_whole_numbers_are_rounded_and_said()
    {
        var table =
            await Of(
                Written(false, 2, 2,
                    (_, _) => [("x", new Int64Array.Builder().Append((1L << 53) + 1).Append(long.MaxValue).Build()),
                        ("y", new UInt64Array.Builder().Append(ulong.MaxValue).Append(3).Build())]));
        Assert.Equal([[1L << 53, ulong.MaxValue], [long.MaxValue, 3]], table.Rows);
        Assert.Equal(["digits-lost", "integers-rounded"], table.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Missing_values_are_refused_with_their_place_or_dropped()
    {
        var bytes = Written(false, 4, 3, (start, count) =>
        {
            var builder = new DoubleArray.Builder();
            for (var i = start; i < start + count; i++)
            {
                _ = i == 2 ? builder.AppendNull() : builder.Append(i == 3 ? double.NaN : i);
            }

            return [("x", builder.Build())];
        });
        Assert.Equal(
            "t.arrow(row 3): column 'x' holds 'NULL', which marks a missing value; 2 missing in all ('NaN' 1, 'NULL' "
                + "1); fill it in, or leave out rows that lack a value.",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes))).Message);
        Assert.Equal([[0], [1]], (await Of(bytes, dropMissing: true)).Rows);
    }

    [Fact]
    public async Task Column_of_text_is_refused_where_it_is_used()
    {
        var bytes = Written(true, 2, 2,
            (_, _) => [("name", new StringArray.Builder().Append("a").Append("b").Build()),
                ("x", new DoubleArray.Builder().Append(1).Append(2).Build())]);
        Assert.StartsWith("t.arrow: column 'name' holds text, where numbers were expected; leave the column out",
            (await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes))).Message, StringComparison.Ordinal);
        Assert.Equal([[1], [2]], (await Of(bytes, columns: "x")).Rows);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_that_is_cut_off_anywhere_is_refused_or_gives_whole_batches(bool asFile)
    {
        var bytes = Written(asFile, 60, 20,
            (start, count) =>
                [("x",
                    new DoubleArray.Builder().AppendRange(Enumerable.Range(start, count).Select(i => (double)i))
                        .Build())]);
        for (var length = 0; length < bytes.Length; length += 3)
        {
            SourceRows? table = null;
            var error = await Record.ExceptionAsync(async () => table = await Of(bytes[..length]));
            Assert.True(table is not null ? !asFile && table.Rows.Length % 20 == 0 : error is InvalidDataException,
                $"{length}: {error}");
        }
    }

    [Fact]
    public async Task Damaged_file_is_read_or_refused_in_little_memory()
    {
        var sound = new[] { true, false }.Select(asFile => Written(asFile, 300, 100, AllTypes)).ToArray();
        var random = new RandomSource(7);
        int Below(int count) => (int)(random.NextDouble() * count);
        for (var i = 0; i < 400; i++)
        {
            var damaged = sound[i % 2].ToArray();
            for (var k = Below(3); k >= 0; k--)
            {
                var place = Below(damaged.Length - 8);
                switch (Below(3))
                {
                    case 0:
                        damaged[place] ^= (byte)(1 << Below(8));
                        break;
                    case 1:
                        damaged.AsSpan(place, 4).Fill(0xFF);
                        break;
                    default:
                        BitConverter.TryWriteBytes(damaged.AsSpan(place), int.MaxValue);
                        break;
                }
            }

            var error = await Record.ExceptionAsync(() => Of(damaged));
            Assert.True(error is null or InvalidDataException or ArgumentException { ParamName: "columns" },
                error?.ToString());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Large_number_anywhere_is_refused_or_read_in_little_memory(bool asFile)
    {
        const long Most = 20 << 20; // bytes
        var sound = Written(asFile, 3, 3,
            (_, _) => [("x", new DoubleArray.Builder().AppendRange([1, 2, 3]).Build()),
                ("y", new DoubleArray.Builder().AppendRange([1, 2, 4]).Build())]);
        for (var place = 0; place < sound.Length - 4; place++)
        {
            foreach (var number in new[] { int.MaxValue, 1 << 27, 1 << 24, 1 << 20 })
            {
                var damaged = sound.ToArray();
                BitConverter.TryWriteBytes(damaged.AsSpan(place), number);
                var before = GC.GetAllocatedBytesForCurrentThread(); // nothing is awaited in memory
                var error = await Record.ExceptionAsync(() => Of(damaged, columns: ["x", "y"]));
                // A name may be another than is asked for.
                Assert.True(
                    error is null or InvalidDataException or ArgumentException { ParamName: "inputs" or "targets" },
                    $"{number} at {place}: {error}");
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
            }
        }
    }

    private static async Task<SourceRows> Of(byte[] bytes, bool dropMissing = false, params string[] columns)
    {
        async Task<RowReader> OpenAsync() =>
            await ArrowReader.OpenAsync(new MemoryStream(bytes), "t.arrow", dropMissing,
                TestContext.Current.CancellationToken);
        return await SourceRows.OfAsync(OpenAsync(), columns);
    }

    internal static byte[] Written(bool asFile, int rows, int batchRows,
        Func<int, int, (string Name, IArrowArray Array)[]> columns)
    {
        using var stream = new MemoryStream();
        ArrowStreamWriter? writer = null;
        for (var start = 0; start < rows; start += batchRows)
        {
            var arrays = columns(start, Math.Min(batchRows, rows - start));
            var schema =
                new Schema(arrays.Select(column => new Field(column.Name, column.Array.Data.DataType, nullable: true)),
                    metadata: null);
            writer ??= asFile ? new ArrowFileWriter(stream, schema, leaveOpen: true)
                : new ArrowStreamWriter(stream, schema, leaveOpen: true);
            writer.WriteRecordBatch(
                new RecordBatch(schema, arrays.Select(column => column.Array), arrays[0].Array.Length));
        }

        writer!.WriteEnd();
        writer.Dispose();
        return stream.ToArray();
    }

    // Row i holds i % 2.
    private static (string Name, IArrowArray Array)[] AllTypes(int start, int count)
    {
        var bits = Enumerable.Range(start, count).Select(i => i % 2).ToArray();
        var (d32, d64, d128, d256) =
            (new Decimal128Array.Builder(new Decimal128Type(9, 3)),
                new Decimal128Array.Builder(new Decimal128Type(18, 0)),
                new Decimal128Array.Builder(new Decimal128Type(38, 20)),
                new Decimal256Array.Builder(new Decimal256Type(50, 25)));
        foreach (var bit in bits)
        {
            d32.Append(bit);
            d64.Append(bit);
            d128.Append(bit);
            d256.Append(bit);
        }

        return
        [
            ("truth", new BooleanArray.Builder().AppendRange(bits.Select(bit => bit == 1)).Build()),
            ("u8", new UInt8Array.Builder().AppendRange(bits.Select(bit => (byte)bit)).Build()),
            ("i8", new Int8Array.Builder().AppendRange(bits.Select(bit => (sbyte)bit)).Build()),
            ("u16", new UInt16Array.Builder().AppendRange(bits.Select(bit => (ushort)bit)).Build()),
            ("i16", new Int16Array.Builder().AppendRange(bits.Select(bit => (short)bit)).Build()),
            ("u32", new UInt32Array.Builder().AppendRange(bits.Select(bit => (uint)bit)).Build()),
            ("i32", new Int32Array.Builder().AppendRange(bits).Build()),
            ("u64", new UInt64Array.Builder().AppendRange(bits.Select(bit => (ulong)bit)).Build()),
            ("i64", new Int64Array.Builder().AppendRange(bits.Select(bit => (long)bit)).Build()),
            ("f16", new HalfFloatArray.Builder().AppendRange(bits.Select(bit => (Half)bit)).Build()),
            ("f32", new FloatArray.Builder().AppendRange(bits.Select(bit => (float)bit)).Build()),
            ("f64", new DoubleArray.Builder().AppendRange(bits.Select(bit => (double)bit)).Build()),
            ("d9", d32.Build()), ("d18", d64.Build()), ("d38", d128.Build()), ("d50", d256.Build()),
        ];
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Plumb.Tests.Sources;

[Collection(nameof(Alone))]
public sealed class ArrayReaderTests
{
    /// <summary>Types by the names of NPY and safetensors, with the bytes of small whole numbers.</summary>
    private static readonly (string Npy, string Safetensors, Func<int, byte[]> Bytes)[] s_types =
    [
        ("<f8", "F64", value => BitConverter.GetBytes((double)value)),
        ("<f4", "F32", value => BitConverter.GetBytes((float)value)),
        ("<f2", "F16", value => BitConverter.GetBytes((Half)value)),
        ("|i1", "I8", value => [(byte)value]),
        ("<i2", "I16", value => BitConverter.GetBytes((short)value)),
        ("<i4", "I32", value => BitConverter.GetBytes(value)),
        ("<i8", "I64", value => BitConverter.GetBytes((long)value)),
        ("|u1", "U8", value => [(byte)value]),
        ("<u2", "U16", value => BitConverter.GetBytes((ushort)value)),
        ("<u4", "U32", value => BitConverter.GetBytes((uint)value)),
        ("<u8", "U64", value => BitConverter.GetBytes((ulong)value)),
    ];

    public static TheoryData<string> Types => [.. s_types.Select(type => type.Npy)];

    [Fact]
    public async Task File_that_the_library_of_the_format_wrote_holds_its_rows()
    {
        var path = Reference.PathOf("weights", "data.safetensors"); // weights/write.py tells what
        var rows =
            await SourceRows.OfAsync(
                Task.FromResult<RowReader>(ArrayReader.Open(File.OpenRead(path), "data.safetensors")));
        Assert.Equal(["x[0]", "x[1]", "x[2]", "y"], rows.Columns);
        Assert.Equal([[0, 1, 4, 1], [9, 16, 25, 2], [36, 49, 64, 4], [81, 100, 121, 8]], rows.Rows);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Numbers_of_every_type_are_themselves_in_every_order(string name)
    {
        const int Rows = 3000, Columns = 3;
        var (npy, safetensors, bytes) = s_types.Single(type => type.Npy == name);
        double[][] expected =
            [.. Enumerable.Range(0, Rows)
                .Select(i => Enumerable.Range(0, Columns).Select(j => (double)((i * Columns + j) % 100)).ToArray())];
        byte[] Elements(bool fortran) =>
            [.. Enumerable.Range(0, Rows * Columns)
                .SelectMany(k => bytes((fortran ? k % Rows * Columns + k / Rows : k) % 100))];
        byte[] Big(byte[] little) => [.. little.Chunk(bytes(0).Length).SelectMany(element => element.Reverse())];

        var c = Npy(npy, false, [Rows, Columns], Elements(false));
        byte[][] files =
        [
            c,
            Npy(npy, true, [Rows, Columns], Elements(true)),
            Npy('>' + npy[1..], false, [Rows, Columns], Big(Elements(false))),
        ];
        foreach (var file in files)
        {
            var table = await Of(file);
            Assert.Equal(["x1", "x2", "y"], table.Columns);
            Assert.Equal(expected, table.Rows);
        }

        byte[][] named =
        [
            Npz(CompressionLevel.NoCompression, ("a", c)),
            Npz(CompressionLevel.Fastest, ("a", files[1])),
            Safetensors(("a", safetensors, [Rows, Columns], Elements(false))),
        ];
        foreach (var file in named)
        {
            var table = await Of(file, "a[2]", "a[0]");
            Assert.Equal(["a[0]", "a[1]", "a[2]"], table.Columns);
            Assert.Equal(expected.Select(row => new[] { row[2], row[0] }), table.Rows);
        }
    }

    [Fact]
    public Task Doubles_come_back_to_the_bit() =>
        Gen.Select(Gen.Double.Where(double.IsFinite).Array[1, 200], Gen.Int[1, 4]).SampleAsync(
            async (numbers, columns) =>
            {
                numbers = [.. numbers.Take(Math.Max(columns, numbers.Length / columns * columns)),
                    .. new double[Math.Max(0, columns - numbers.Length)]];
                var bytes = numbers.SelectMany(BitConverter.GetBytes).ToArray();
                var table = await Of(Npy("<f8", false, [numbers.Length / columns, columns], bytes));
                Assert.Equal(numbers.Select(BitConverter.DoubleToInt64Bits), table.Bits());
            },
            iter: 50);

    [Fact]
    public async Task Arrays_of_one_length_are_columns_of_their_name_and_others_are_no_columns()
    {
        var bytes = Npz(CompressionLevel.Optimal, ("t", OfDoubles([2], 1, 2)), ("scalar", OfDoubles([], 7)),
            ("x", OfDoubles([2, 2], 3, 4, 5, 6)), ("cube", OfDoubles([1, 1, 1], 8)));
        var table = await Of(bytes, "x[1]", "t");
        Assert.Equal(["t", "x[0]", "x[1]"], table.Columns);
        Assert.Equal([[4, 1], [6, 2]], table.Rows);
    }

    [Fact]
    public async Task Truth_values_are_1_and_0_and_that_is_said()
    {
        var table =
            await Of(Safetensors(("a", "BOOL", [3], [1, 0, 1]), ("b", "BF16", [3], [0x80, 0x3F, 0, 0x40, 0, 0])));
        Assert.Equal([[1, 1], [0, 2], [1, 0]], table.Rows);
        Assert.Equal(["few-digits", "truth-values"], table.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Large_whole_numbers_are_rounded_and_said()
    {
        var bytes = new byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (1L << 53) + 1);
        var table = await Of(Npy("<i8", false, [2], bytes));
        Assert.Equal([[1L << 53], [0]], table.Rows);
        Assert.Equal(["integers-rounded"], table.Findings.Select(finding => finding.Code));
    }

    [Fact]
    public async Task Missing_values_are_refused_with_their_place_or_dropped()
    {
        var bytes = Npz(CompressionLevel.NoCompression, ("x", OfDoubles([3, 1], 1, double.NaN, 3)),
            ("y", OfDoubles([3], 1, 2, 3)));
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes));
        Assert.StartsWith("t(row 2): column 'x[0]' holds 'NaN', which marks a missing value", error.Message,
            StringComparison.Ordinal);
        Assert.Equal([[1, 1], [3, 3]],
            (await SourceRows.OfAsync(
                Task.FromResult<RowReader>(ArrayReader.Open(new MemoryStream(bytes), "t", dropMissing: true)))).Rows);
    }

    [Theory]
    [InlineData("rows",
        "t: array 'y': has 2 rows, where 'x' has 3, and a row is made of all arrays that are used; name the "
            + "columns that are meant.")]
    [InlineData("objects",
        "t: array 'x': holds elements of type |O, expected numbers; store floats or integers, such as float64.")]
    [InlineData("cut",
        "t: byte 128: expected 24 data bytes for the shape (3), found 16: the file is cut short; write it again with "
            + "numpy.save.")]
    [InlineData("huge",
        "t: byte 128: expected 1180591620717411303424 data bytes for the shape (1152921504606846976, 128), found 16: "
            + "the file is cut short; write it again with numpy.save.")]
    [InlineData("cube", "t: holds 1 x 1 x 1, expected rows, or rows x columns; reshape what is written.")]
    [InlineData("empty", "t: 0 rows, where at least one was expected; check what wrote the data.")]
    [InlineData("wide", "t: has 9007199254740992 columns, expected at most 1048576; rows are the first index.")]
    public async Task File_that_is_no_table_is_refused(string kind, string message)
    {
        var bytes = kind switch
        {
            "rows" => Npz(CompressionLevel.NoCompression, ("x", OfDoubles([3], 1, 2, 3)), ("y", OfDoubles([2], 1, 2))),
            "objects" => Npz(CompressionLevel.NoCompression, ("x", Npy("|O", false, [3], new byte[24])),
                ("y", OfDoubles([3], 1, 2, 3))),
            "cut" => Npy("<f8", false, [3], new byte[16]),
            "huge" => Npy("<f8", false, [1L << 60, 128], new byte[16]),
            "cube" => OfDoubles([1, 1, 1], 8),
            "empty" => OfDoubles([0, 2]),
            _ => Npy("<f8", false, [0, 1L << 53], []),
        };
        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidDataException>(() => Of(bytes))).Message);
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_rows()
    {
        const int Columns = 4;
        static async Task<long> AllocatedForAsync(long rows)
        {
            await using var reader = ArrayReader.Open(new EndlessArray(rows, Columns), "t");
            var moments = new Moments(new VariableNames(["x1", "x2", "x3"], ["y"]), threads: 1);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var most = 0L;
            await foreach (var block in reader.ReadAsync(["x1", "x2", "x3"], ["y"],
                TestContext.Current.CancellationToken))
            {
                most = reader.Rows % 100_000 < block.Rows
                    ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before) : most;
                moments.Add(block);
            }

            Assert.Equal(rows, moments.Rows);
            Assert.Equal(1, reader.Fraction);
            return most;
        }

        await AllocatedForAsync(1000);
        Assert.InRange(await AllocatedForAsync(1_000_000), 0, 8 << 20); // of 32 MB
    }

    private static Task<SourceRows> Of(byte[] bytes,
        params string[] columns) =>
            SourceRows.OfAsync(Task.Run(() => (RowReader)ArrayReader.Open(new MemoryStream(bytes), "t")), columns);

    internal static byte[] OfDoubles(long[] shape, params double[] values) =>
        Npy("<f8", false, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static byte[] Npy(string type, bool fortran, long[] shape, byte[] elements) =>
        [.. Header(type, fortran, shape), .. elements];

    private static byte[] Header(string type, bool fortran, long[] shape)
    {
        var text =
            string.Create(CultureInfo.InvariantCulture,
                $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ("
                    + $"{string.Concat(shape.Select(length => FormattableString.Invariant($"{length},")))}), }}")
                .PadRight(117) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
    }

    internal static byte[] Npz(CompressionLevel level, params (string Name, byte[] Npy)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, npy) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy", level).Open();
                entry.Write(npy);
            }
        }

        return stream.ToArray();
    }

    internal static byte[] Safetensors(params (string Name, string Type, long[] Shape, byte[] Elements)[] tensors)
    {
        var begin = 0;
        var header = "{"
            + string.Join(",",
                tensors.Select(tensor => string.Create(CultureInfo.InvariantCulture, $"\"{tensor.Name}\":{{\"dtype\":\""
                    + $"{tensor.Type}\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[{begin},"
                        + $"{begin += tensor.Elements.Length}]}}"))) + "}";
        return [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header),
            .. tensors.SelectMany(tensor => tensor.Elements)];
    }

    /// <summary>An NPY file of rows of numbers, of which only the header is in memory.</summary>
    private sealed class EndlessArray(long rows, int columns) : Stream
    {
        private readonly byte[] _header = Header("<f8", false, [rows, columns]);

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => _header.Length + rows * columns * sizeof(double);

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Length - Position);
            for (var i = 0; i < count; i++)
            {
                var place = Position + i;
                buffer[i] = place < _header.Length ? _header[place]
                    : (place - _header.Length) % sizeof(double) == sizeof(double) - 1 ? (byte)0x3F
                    : (byte)(place % 251);
            }

            Position += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = offset;

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Plumb.PostgreSql;

namespace Plumb.Fuzz;

/// <summary>Sound files to begin from, and odd ones.</summary>
/// <param name="folder">Files of the kinds that are not made here.</param>
internal sealed class Seeds(string folder)
{
    private const int MostBytes = 1 << 16;

    private static readonly string[] s_csv =
    [
        "a,b,y\n1,2,3\n4.5,-6e-3,7\n0,1,2\n", "a;b;y\n1,5;2;3\n4;5;6,25\n", "a\tb\ty\r\n1\t2\t3\r\n4\t5\t6\r\n",
        "1,2,3\n4,5,6\n", "\"a\",\"b\nc\",y\n\"1\",2,3\n\n4,5,6\n# note\n",
        "\uFEFFa,y\r1,2\r3,4\r",
        "a,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i / 7.0},{i}\n"))),
    ];

    private static readonly string[] s_json =
    [
        "{\"a\":1,\"b\":2.5,\"y\":3}\n{\"a\":2,\"b\":-1e-3,\"y\":4}\n{\"a\":null,\"b\":3,\"y\":5}\n",
        "[{\"a\": 1, \"y\": 2},\n {\"a\": 3, \"y\": 4}]",
        "{\"a\":true,\"t\":\"x\",\"y\":\"2020-01-01\"}\n{\"a\":false,\"y\":\"\"}\n",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"y\":1}\n{\"a\":[],\"y\":2}\n", "{}\n{\"y\":1}\n",
        string.Concat(Enumerable.Range(0, 300).Select(i =>
            FormattableString.Invariant($"{{\"a\":{i / 7.0},\"y\":{i}}}\n"))),
    ];

    /// <summary>What CSV is made of.</summary>
    public static string[] CsvWords { get; } = [.. FuzzTargets.Numbers, "\n", "\r\n", "\r", "\"\"", ";", "\t", "|",
        "NA", "#", "\0", "é", "1,5", "a,b,y\n", "\u001f\u008b"];

    /// <summary>What JSON lines are made of.</summary>
    public static string[] JsonWords { get; } = [.. FuzzTargets.Numbers, "\n", "\\u0000", "\\ud800", "\\\"", "{\"a\":",
        "\"y\":", "{{{{{{{{", "[[[[[[[[", "true", "false", "é", "\"a\\u0000\":1", "\u00ef\u00bb\u00bf"];

    /// <summary>What NPY is made of.</summary>
    public static string[] NpyWords { get; } = [.. FuzzTargets.Numbers, "\x93NUMPY",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }", "'|O'", "(2,", "(5, 0)", "True", "<f2",
        ">i4", "\n"];

    /// <summary>The columns of the copies that a server might send.</summary>
    public static IReadOnlyList<PostgreSqlColumn> CopiedColumns { get; } =
        [new("a", "double precision", 701), new("b", "numeric", 1700), new("y", "integer", 23)];

    /// <summary>Files that match a pattern.</summary>
    public byte[][] Files(string pattern) =>
        [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Where(bytes => bytes.Length is > 0 and < MostBytes)];

    public byte[][] Csv() => [.. s_csv.Select(Encoding.UTF8.GetBytes), .. Files("*.csv"),
        [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(s_csv[0])],
        Packed(Encoding.UTF8.GetBytes(s_csv[0]))];

    public byte[][] Json() =>
        [.. s_json.Select(Encoding.UTF8.GetBytes), .. Files("*.jsonl"), Packed(Encoding.UTF8.GetBytes(s_json[0]))];

    public byte[][] Arrays() => [.. Files("*.npy"), .. Files("*.npz"), .. Files("*.safetensors")];

    public byte[][] Coefficients() => [.. Files("*.txt"), .. Csv().Take(4)];

    public byte[][] Zstd() => Files("*.zst");

    public static byte[][] BinaryCopies() =>
    [
        [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, .. new byte[8],
            .. Row([0x3F, 0xF0, 0, 0, 0, 0, 0, 0], [0, 2, 0, 0, 0, 0, 0, 2, 0, 1, 9, 0xC4], [0, 0, 0, 7]),
            .. Row([0xC0, 0, 0, 0, 0, 0, 0, 0], null, [0xFF, 0xFF, 0xFF, 0xFF]), 0xFF, 0xFF],
        [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0, .. new byte[8], 0xFF, 0xFF],
    ];

    public static byte[][] Onnx()
    {
        using var stream = new MemoryStream();
        ModelFormat.Onnx.Write(stream, new AffineModel(AffineMap.Zero(2, 1)));
        return [stream.ToArray()];
    }

    public static byte[][] Databases() => EngineSeeds.Databases();

    public static byte[][] Parquet() => EngineSeeds.Parquet();

    public byte[][] Models()
    {
        byte[] Of(AffineModel model)
        {
            using var stream = new MemoryStream();
            ModelFile.Write(stream, model);
            return stream.ToArray();
        }

        var data = Rows();
        var fit = new LeastSquares().Fit(Moments.Of(data));
        return
        [
            Of(new AffineModel(AffineMap.Zero(2, 1))),
            Of(fit.ToModel(fit.Map, new Provenance("least squares") { HasBias = true })),
            "{\"weights\": [[1, 2.5e-3], [0.1, -4]], \"bias\": [1, 2]}"u8.ToArray(),
            "{\"coef_\": [[1, 2.5e-3], [0.1, -4]], \"intercept_\": [1, 2]}"u8.ToArray(),
            "{\"coef_\": [[1, 2.5e-3]], \"intercept_\": [1], \"feature_names_in_\": [\"a\", \"b\"]}"u8.ToArray(),
            "{\"y\": {\"const\": 1, \"a\": 2, \"b\": -3e-5}}"u8.ToArray(),
            "[{\"term\": \"(Intercept)\", \"estimate\": 1.5}, {\"term\": \"a\", \"estimate\": 2}]"u8.ToArray(),
            .. Files("*.json").Where(file => file.AsSpan().IndexOf("weight"u8) >= 0),
        ];
    }

    public static byte[][] MomentsFiles()
    {
        byte[] Of(Moments moments)
        {
            using var stream = new MemoryStream();
            moments.Save(stream);
            return stream.ToArray();
        }

        var decimals = new DecimalMoments(VariableNames.Default(1, 1));
        decimals.Add(new DecimalRows(new decimal[,] { { 0.1m }, { 0.25m } }, new decimal[,] { { 1 }, { 2.5m } }));
        var both = Loaded();
        both.Merge(decimals.ToMoments());
        both.Merge(Loaded());
        var squares = Moments.Of(Rows()).Names;
        return [Of(both), Of(new Moments(Design.Of(squares).WithSquares())), Of(new Moments(1, 1)),
            Of(Moments.Of(Rows())), Of(decimals.ToMoments())];

        Moments Loaded()
        {
            var one = new Moments(1, 1);
            one.Add([1.5], [2]);
            return Moments.Load(new MemoryStream(Of(one)));
        }
    }

    public static byte[][] Checkpoints()
    {
        using var stream = new MemoryStream();
        new Checkpoint([new("optimizer", "adam"), new("data", "abc")], 12).With("weights", [1, 2.5, -3])
            .With("moments", []).Save(stream);
        return [stream.ToArray()];
    }

    public static byte[][] Arrow()
    {
        byte[] Of(bool asFile)
        {
            using var stream = new MemoryStream();
            IArrowArray[] arrays =
            [
                new DoubleArray.Builder().AppendRange([1.5, 2, 3]).Build(),
                new Int64Array.Builder().Append(1).AppendNull().Append(3).Build(),
                new FloatArray.Builder().AppendRange([1, 2, 3]).Build(),
                new StringArray.Builder().AppendRange(["a", "b", "c"]).Build(),
            ];
            var schema =
                new Schema(
                    arrays.Select((array, k) =>
                        new Field(FormattableString.Invariant($"c{k}"), array.Data.DataType, nullable: true)),
                    metadata: null);
            using (var writer = asFile ? new ArrowFileWriter(stream, schema, leaveOpen: true)
                : new ArrowStreamWriter(stream, schema, leaveOpen: true))
            {
                writer.WriteRecordBatch(new RecordBatch(schema, arrays, 3));
                writer.WriteEnd();
            }

            return stream.ToArray();
        }

        return [Of(true), Of(false)];
    }

    private static byte[] Row(params byte[]?[] fields) => [0, (byte)fields.Length,
        .. fields.SelectMany(field => field is null ? [0xFF, 0xFF, 0xFF, 0xFF]
            : (byte[])[0, 0, 0, (byte)field.Length, .. field])];

    private static Dataset Rows() =>
        new(Matrix.Create(8, 2, (i, j) => i * (j + 1.5) % 3), Matrix.Create(8, 1, (i, _) => i * 0.1));

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}

using System.Security.Cryptography;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using DuckDB.NET.Data;

namespace Plumb.Fuzz;

/// <summary>Every reader, with files to begin from.</summary>
public static class FuzzTargets
{
    private const int ChecksumBytes = 32;

    private static readonly string[] s_numbers = ["0", "-1", "1e999", "1e-999", "NaN", "null", "9007199254740993",
        "0.1", "123456789012345678901234567890", "[", "]", "{", "}", "\"", ",", ":"];

    private static readonly string[] s_csv =
    [
        "a,b,y\n1,2,3\n4.5,-6e-3,7\n0,1,2\n", "a;b;y\n1,5;2;3\n4;5;6,25\n", "a\tb\ty\r\n1\t2\t3\r\n4\t5\t6\r\n",
        "1,2,3\n4,5,6\n", "\"a\",\"b\nc\",y\n\"1\",2,3\n\n4,5,6\n# note\n",
        "\uFEFFa,y\r1,2\r3,4\r",
        "a,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i => FormattableString.Invariant($"{i / 7.0},{i}\n"))),
    ];

    /// <summary>All readers.</summary>
    /// <param name="folder">Files of the kinds that are not made here: *.csv, *.npy, *.npz and *.safetensors.</param>
    public static IReadOnlyList<FuzzTarget> All(string folder)
    {
        byte[][] Files(string pattern) =>
            [.. Directory.GetFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes).Where(bytes => bytes.Length is > 0 and < 1 << 16)];
        string[] npy = [.. s_numbers, "\x93NUMPY", "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 3), }",
            "'|O'", "(2,", "True", "<f2", ">i4", "\n"];
        byte[][] csv = [.. s_csv.Select(Encoding.UTF8.GetBytes), .. Files("*.csv"),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(s_csv[0])],
            Packed(Encoding.UTF8.GetBytes(s_csv[0]))];
        string[] csvWords = [.. s_numbers, "\n", "\r\n", "\r", "\"\"", ";", "\t", "|", "NA", "#", "\0", "é", "1,5",
            "a,b,y\n", "\u001f\u008b"];
        return
        [
            new("csv", csv, csvWords, CsvAsync),
            new("weights-csv", csv, [.. csvWords, "bias", "intercept"], bytes => Weights(bytes, "w.csv")),
            new("model", Models(),
                [.. s_numbers, "\"weights\"", "\"bias\"", "\"format\"", "\\u0000", "\\ud800", "[[[[", "true"],
                bytes => Weights(bytes, "w.json")),
            new("npy", Files("*.npy"), npy, bytes => Weights(bytes, "w.npy")),
            new("npz", Files("*.npz"), [.. npy, "PK\u0003\u0004", "PK\u0001\u0002", "PK\u0005\u0006", "bias.npy"],
                bytes => Weights(bytes, "w.npz")),
            new("safetensors", Files("*.safetensors"),
                [.. s_numbers, "\"dtype\":\"F64\"", "\"shape\":[2,2]", "\"data_offsets\":[0,32]", "__metadata__"],
                bytes => Weights(bytes, "w.safetensors")),
            new("unnamed", [.. Files("*.npy"), .. Files("*.npz"), .. Files("*.safetensors"), .. Models()], s_numbers,
                bytes => Weights(bytes, "w")),
            new("moments", MomentsFiles(), s_numbers,
                bytes => Task.FromResult(Moments.Load(new MemoryStream(bytes)))) { Mend = WithChecksum },
            new("checkpoint", Checkpoints(), s_numbers,
                bytes => Task.FromResult(Checkpoint.Load(new MemoryStream(bytes)))) { Mend = WithChecksum },
            new("arrays", [.. Files("*.npy"), .. Files("*.npz"), .. Files("*.safetensors")], npy, ArraysAsync),
            new("arrow", ArrowFiles(), ["ARROW1", "\u00ff\u00ff\u00ff\u00ff"], ArrowAsync),
            new("parquet", ParquetFiles(), ["PAR1"], ParquetAsync),
        ];
    }

    // However it is cut and on however many threads, a file gives the same rows, or the same message.
    private static async Task CsvAsync(byte[] bytes)
    {
        var careful = await CsvOutcomeAsync(bytes, 1, 1);
        var quick = await CsvOutcomeAsync(bytes, 2, 64 + bytes.Length % 1000);
        if (careful != quick)
        {
            throw new InvalidOperationException($"read with care, it gives: {careful}\nread quickly: {quick}");
        }

        await using var decimals = await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv");
        var moments = new DecimalMoments(new VariableNames([.. decimals.Columns.Take(20)], []));
        await foreach (var block in decimals.ReadDecimalsAsync([.. decimals.Columns.Take(20)], []))
        {
            moments.Add(block);
        }

        _ = moments.ToMoments();
    }

    private static async Task<string> CsvOutcomeAsync(byte[] bytes, int threads, int chunk)
    {
        try
        {
            await using var reader =
                await CsvReader.OpenAsync(new MemoryStream(bytes), "t.csv",
                    new CsvFormat
                    {
                        DropMissing = bytes.Length % 2 == 0,
                        CommentPrefix = bytes.Length % 3 == 0 ? "#" : null
                    });
            (reader.Threads, reader.ChunkBytes) = (threads, chunk);
            return await RowsOfAsync(reader) + string.Concat(reader.Findings.Select(finding => finding.Message));
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    private static async Task ArraysAsync(byte[] bytes)
    {
        await using var reader = ArrayReader.Open(new MemoryStream(bytes), "t", dropMissing: bytes.Length % 2 == 0);
        await RowsOfAsync(reader);
    }

    private static async Task ArrowAsync(byte[] bytes)
    {
        await using var reader =
            await ArrowReader.OpenAsync(new MemoryStream(bytes), "t.arrow", dropMissing: bytes.Length % 2 == 0);
        await RowsOfAsync(reader);
    }

    private static async Task ParquetAsync(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".parquet");
        try
        {
            await File.WriteAllBytesAsync(path, bytes);
            await using var reader = await DuckDbReader.OpenAsync(new DuckDbInput.Parquet(path), dropMissing: true);
            await RowsOfAsync(reader);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<string> RowsOfAsync(RowReader reader)
    {
        var hash = new HashCode();
        if (reader.Columns.Count == 0)
        {
            return "no columns"; // and so nothing that could be asked for
        }

        await foreach (var block in reader.ReadAsync([.. reader.Columns.Take(50)], []))
        {
            foreach (var value in block.Inputs.Values)
            {
                hash.Add(value);
            }
        }

        return FormattableString.Invariant($"{reader.Rows} rows, {hash.ToHashCode()}");
    }

    private static Task<StoredWeights> Weights(byte[] bytes, string name) =>
        Task.FromResult(WeightsFile.Read(new MemoryStream(bytes), name));

    private static byte[][] Models()
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
        ];
    }

    private static byte[][] MomentsFiles()
    {
        byte[] Of(Moments moments)
        {
            using var stream = new MemoryStream();
            moments.Save(stream);
            return stream.ToArray();
        }

        var decimals = new DecimalMoments(VariableNames.Default(1, 1));
        decimals.Add(new DecimalRows(new decimal[,] { { 0.1m }, { 0.25m } }, new decimal[,] { { 1 }, { 2.5m } }));
        return [Of(new Moments(1, 1)), Of(Moments.Of(Rows())), Of(decimals.ToMoments())];
    }

    private static byte[][] Checkpoints()
    {
        using var stream = new MemoryStream();
        new Checkpoint([new("optimizer", "adam"), new("data", "abc")], 12).With("weights", [1, 2.5, -3])
            .With("moments", []).Save(stream);
        return [stream.ToArray()];
    }

    private static byte[][] ArrowFiles()
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

    private static byte[][] ParquetFiles()
    {
        var folder = Directory.CreateTempSubdirectory("plumb-fuzz-");
        try
        {
            string[] queries = ["select 1.5 as a, 2 as y",
                "select range / 7 as a, range as b, range % 3 = 0 as y from range(200)",
                "select case when range % 5 = 0 then null else range end as a, range::float as y from range(50)"];
            using var connection = new DuckDBConnection("DataSource=:memory:");
            connection.Open();
            return [.. queries.Select((query, k) =>
            {
                var path = Path.Combine(folder.FullName, FormattableString.Invariant($"{k}.parquet"));
                using var command = connection.CreateCommand();
                command.CommandText = $"copy ({query}) to '{path}'";
                command.ExecuteNonQuery();
                return File.ReadAllBytes(path);
            })];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

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

    private static byte[] WithChecksum(byte[] bytes) =>
        bytes.Length < ChecksumBytes ? bytes
            : [.. bytes[..^ChecksumBytes], .. SHA256.HashData(bytes.AsSpan(..^ChecksumBytes))];
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// Reads safetensors: 8 bytes with the length of a JSON header, the header with each tensor's type, shape and place,
/// then the tensors' bytes one after another without holes.
/// https://huggingface.co/docs/safetensors, "Format".
/// </summary>
internal static class SafetensorsReader
{
    /// <summary>The entry of the header that is no tensor, but a map of texts.</summary>
    public const string Metadata = "__metadata__";

    private const int LengthBytes = sizeof(ulong);
    private const ulong MostHeaderBytes = 100_000_000; // the format's own limit
    private const int DeepestNesting = 4; // the format needs 3
    private const string Remedy = "write the file again with safetensors";

    /// <summary>The tensors of a file.</summary>
    /// <param name="file">All its bytes.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file, or damaged.</exception>
    public static StoredArrays Read(ReadOnlyMemory<byte> file, string name)
    {
        var length = HeaderLength(file.Span[..Math.Min(LengthBytes, file.Length)], file.Length, name);
        var data = file[(LengthBytes + length)..];
        var (tensors, names) = ReadHeader(file.Slice(LengthBytes, length), name, data.Length);
        return new StoredArrays(
            [.. tensors.Select(tensor => tensor.Array with { Bytes = () => data[(int)tensor.Begin..(int)tensor.End] })],
            names);
    }

    /// <summary>
    /// The tensors of a file whose numbers are read later: each with the place in the file where they begin.
    /// </summary>
    /// <param name="file">The file, which can be sought in.</param>
    /// <param name="name">The file's name, for messages.</param>
    /// <exception cref="InvalidDataException">It is no safetensors file, or damaged.</exception>
    public static IReadOnlyList<(StoredArray Array, long Begin)> Describe(Stream file, string name)
    {
        var start = new byte[LengthBytes];
        file.Position = 0;
        var length = HeaderLength(start.AsSpan(0, file.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false)),
            file.Length, name);
        var header = new byte[length];
        file.ReadExactly(header);
        var data = LengthBytes + length;
        return [.. ReadHeader(header, name, file.Length - data).Tensors.Select(tensor =>
            (tensor.Array, data + tensor.Begin))];
    }

    /// <summary>The length that a file's first bytes give its header.</summary>
    private static int HeaderLength(ReadOnlySpan<byte> start, long fileLength, string name)
    {
        if (start.Length < LengthBytes)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: byte 0: has {start.Length} bytes, shorter than the 8 that give the header's length; "
                        + $"{Remedy}."));
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        return length <= MostHeaderBytes && length <= (ulong)(fileLength - LengthBytes)
            ? (int)length
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"{name}: byte 0: says that its header has {length} bytes, "
                    + $"but {fileLength - LengthBytes} follow"
                        + $"{(length > MostHeaderBytes ? ", and 100 MB are the most" : "")}; {Remedy}."));
    }

    private static (List<Tensor> Tensors, VariableNames? Names) ReadHeader(ReadOnlyMemory<byte> header, string name,
        long dataBytes)
    {
        try
        {
            using var document = JsonDocument.Parse(header,
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DeepestNesting });
            var root = new JsonPlace(name, "$", document.RootElement).Object("an object with an entry a tensor",
                Remedy);
            var names = root.Value.TryGetProperty(Metadata, out var metadata) ? StoredNames.OfMetadata(metadata) : null;
            List<Tensor> tensors = [.. root.Value.EnumerateObject().Where(entry => entry.Name != Metadata)
                .Select(entry =>
                    ReadTensor(new JsonPlace(name, $"$['{Escaped.Of(entry.Name)}']", entry.Value), entry.Name,
                        dataBytes))];
            RequireNoHoles(tensors, dataBytes, name);
            return (tensors, names);
        }
        catch (JsonException e)
        {
            var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new InvalidDataException(
                $"{name}: byte {LengthBytes + (e.BytePositionInLine ?? 0)}: the header is not valid JSON: "
                    + $"{(end < 0 ? e.Message : e.Message[..end]).TrimEnd('.')}; {Remedy}.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException(
                $"{name}: byte {LengthBytes}: the header holds a text that is not valid UTF-8; {Remedy}.", e);
        }
    }

    private static Tensor ReadTensor(JsonPlace place, string key, long dataBytes)
    {
        place.Object("an object with dtype, shape and data_offsets", Remedy);
        var typeName = place.Required("dtype", "the type of the elements", Remedy).Text();
        var shape = place.Required("shape", "a list of lengths", Remedy).Items("a list of lengths", Remedy)
            .Select(item => Length(item)).ToArray();
        var offsets = place.Required("data_offsets", "where the tensor begins and ends", Remedy);
        var ends = offsets.Items("a list of two numbers", Remedy).Select(item => Length(item)).ToArray();
        if (ends.Length != 2 || ends[0] > ends[1])
        {
            throw offsets.Refusal("begin and end, in this order", Remedy);
        }

        if (ends[1] > dataBytes)
        {
            throw offsets.Refusal(FormattableString.Invariant($"an end at byte {ends[1]} of the data"),
                FormattableString.Invariant($"at most the {dataBytes} bytes that there are"),
                "the file is cut short; " + Remedy);
        }

        var bytesEach = BytesOf(typeName)
            ?? throw place.Refusal($"elements of type {Escaped.Of(typeName)}", "F64, F32, F16, BF16 or integers",
                "store the tensor in one of these types");
        var needed = shape.Aggregate(new System.Numerics.BigInteger(bytesEach), (product, length) => product * length);
        if (needed != ends[1] - ends[0])
        {
            throw place.Refusal(FormattableString.Invariant($"a range of {ends[1] - ends[0]} bytes"),
                FormattableString.Invariant($"the {needed} bytes that its shape needs"), Remedy);
        }

        var array = new StoredArray($"{place.File}: tensor '{Escaped.Of(key)}'", key, shape, TypeOf(typeName),
            typeName)
        { Bytes = () => default };
        return new Tensor(array, ends[0], ends[1]);
    }

    private static long Length(JsonPlace item) =>
        item.Value.ValueKind == JsonValueKind.Number && item.Value.TryGetInt64(out var value) && value >= 0 ? value
            : throw item.Refusal("a whole number of 0 or more", Remedy);

    private static void RequireNoHoles(List<Tensor> tensors, long dataBytes, string name)
    {
        var filled = 0L;
        foreach (var tensor in tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            if (tensor.Begin != filled)
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{tensor.Array.Place}: begins at byte {tensor.Begin} of the data, expected byte {filled}, "
                            + $"where the one before it ends: tensors must follow each other without holes; "
                            + $"{Remedy}."));
            }

            filled = tensor.End;
        }

        if (filled != dataBytes)
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{name}: byte {filled} of the data: {dataBytes - filled} bytes belong to no tensor; {Remedy}."));
        }
    }

    private static int? BytesOf(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" => 8,
        _ => null,
    };

    private static ElementType? TypeOf(string type) => type switch
    {
        "F64" => ElementType.Float64,
        "F32" => ElementType.Float32,
        "F16" => ElementType.Float16,
        "BF16" => ElementType.BFloat16,
        "I8" => ElementType.Int8,
        "I16" => ElementType.Int16,
        "I32" => ElementType.Int32,
        "I64" => ElementType.Int64,
        "U8" => ElementType.UInt8,
        "U16" => ElementType.UInt16,
        "U32" => ElementType.UInt32,
        "U64" => ElementType.UInt64,
        "BOOL" => ElementType.Boolean,
        _ => null,
    };

    private sealed record Tensor(StoredArray Array, long Begin, long End);
}

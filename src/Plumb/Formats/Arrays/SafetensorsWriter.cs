using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Plumb.Formats;

/// <summary>
/// Writes safetensors: the tensors weight and bias in doubles, the names as JSON lists in the metadata.
/// </summary>
internal static class SafetensorsWriter
{
    private const int Alignment = 8; // bytes: where the data begin, so that they can be mapped as doubles

    /// <summary>Writes a map.</summary>
    public static void Write(Stream stream, AffineMap map)
    {
        var header = Header(map);
        var padding = (Alignment - header.Length % Alignment) % Alignment;
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)(header.Length + padding));
        stream.Write(length);
        stream.Write(header);
        stream.Write("       "u8[..padding]);
        LittleEndian.Write(stream, map.Weights.Values);
        LittleEndian.Write(stream, map.Bias);
    }

    private static ReadOnlySpan<byte> Header(AffineMap map)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var weightBytes = (long)map.TargetCount * map.InputCount * sizeof(double);
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsReader.Metadata);
            json.WriteString("format", "pt"); // where the tensors lie as PyTorch has them
            json.WriteString(StoredNames.InputsKey, StoredNames.Text(map.Names.Inputs));
            json.WriteString(StoredNames.TargetsKey, StoredNames.Text(map.Names.Targets));
            json.WriteEndObject();
            WriteTensor(json, "weight", [map.TargetCount, map.InputCount], 0, weightBytes);
            WriteTensor(json, "bias", [map.TargetCount], weightBytes,
                weightBytes + (long)map.TargetCount * sizeof(double));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteTensor(Utf8JsonWriter json, string name, int[] shape, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F64");
        json.WritePropertyName("shape");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{string.Join(',', shape)}]"));
        json.WritePropertyName("data_offsets");
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"[{begin},{end}]"));
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// A message in the wire format of protocol buffers, field by field: as much of it as an ONNX model takes.
/// https://protobuf.dev/programming-guides/encoding.
/// </summary>
internal sealed class ProtobufMessage
{
    private const int Varint = 0; // the wire types
    private const int Length = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <summary>Adds a whole number of 0 or more.</summary>
    public ProtobufMessage Add(int field, long value)
    {
        Number(((ulong)field << 3) | Varint);
        Number((ulong)value);
        return this;
    }

    /// <summary>Adds bytes.</summary>
    public ProtobufMessage Add(int field, ReadOnlySpan<byte> value)
    {
        Number(((ulong)field << 3) | Length);
        Number((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Adds a text.</summary>
    public ProtobufMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value).AsSpan());

    /// <summary>Adds a message inside this one.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage value) => Add(field, value.Bytes);

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private void Number(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}

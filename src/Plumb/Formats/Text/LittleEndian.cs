using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plumb.Formats;

/// <summary>Doubles as files keep them: eight bytes each, the lowest first, on every machine.</summary>
internal static class LittleEndian
{
    private const int ValuesAtOnce = 1024;

    /// <summary>Writes doubles one after another.</summary>
    public static void Write(Stream stream, ReadOnlySpan<double> values)
    {
        Span<byte> bytes = stackalloc byte[ValuesAtOnce * sizeof(double)];
        while (!values.IsEmpty)
        {
            var part = values[..Math.Min(values.Length, ValuesAtOnce)];
            Put(part, bytes);
            stream.Write(bytes[..(part.Length * sizeof(double))]);
            values = values[part.Length..];
        }
    }

    /// <summary>The same as floats, four bytes each.</summary>
    public static byte[] SingleBytes(ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), (float)values[i]);
        }

        return bytes;
    }

    /// <summary>Doubles one after another.</summary>
    public static byte[] Bytes(ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * sizeof(double)];
        Put(values, bytes);
        return bytes;
    }

    private static void Put(ReadOnlySpan<double> values, Span<byte> bytes)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(bytes);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes[(i * sizeof(double))..], values[i]);
        }
    }
}

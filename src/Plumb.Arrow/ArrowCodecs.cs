using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace Plumb.Arrow;

/// <summary>
/// Unpacks buffers: LZ4 by Apache.Arrow.Compression; zstd here, since that asks for more room than a buffer takes where
/// its length does not stand in it, as pyarrow writes it.
/// </summary>
internal sealed class ArrowCodecs : ICompressionCodecFactory
{
    private readonly CompressionCodecFactory _others = new();

    /// <inheritdoc/>
    public ICompressionCodec CreateCodec(CompressionCodecType compressionCodecType) =>
        compressionCodecType == CompressionCodecType.Zstd ? new Zstd() : _others.CreateCodec(compressionCodecType);

    /// <inheritdoc/>
    public ICompressionCodec CreateCodec(CompressionCodecType compressionCodecType, int? compressionLevel) =>
        CreateCodec(compressionCodecType);

    /// <summary>The number of bytes that a buffer unpacks to.</summary>
    /// <exception cref="InvalidDataException">It is no such buffer, or comes to more than the most.</exception>
    public static long LengthOf(CompressionCodecType codec, ReadOnlySpan<byte> packed, long most)
    {
        using var source = new MemoryStream(packed.ToArray(), writable: false);
        using Stream unpacked = codec == CompressionCodecType.Zstd ? new DecompressionStream(source)
            : LZ4Stream.Decode(source);
        var piece = new byte[1 << 16];
        var length = 0L;
        for (int count; (count = unpacked.Read(piece)) > 0; length += count)
        {
            if (length > most)
            {
                throw new InvalidDataException(
                    FormattableString.Invariant($"a compressed buffer comes to more than {most} bytes"));
            }
        }

        return length;
    }

    private sealed class Zstd : ICompressionCodec
    {
        public int Decompress(ReadOnlyMemory<byte> source, Memory<byte> destination)
        {
            using var packed = new MemoryStream(source.ToArray(), writable: false);
            using var unpacked = new DecompressionStream(packed);
            var count = unpacked.ReadAtLeast(destination.Span, destination.Length, throwOnEndOfStream: false);
            return count == destination.Length && unpacked.ReadByte() < 0 ? count
                : throw new InvalidDataException("a compressed buffer holds another number of bytes than it announces");
        }

        public void Compress(ReadOnlyMemory<byte> source, Stream destination) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}

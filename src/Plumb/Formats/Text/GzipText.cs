using System.IO.Compression;

namespace Plumb.Formats;

/// <summary>
/// What a gzip stream holds, to its end. The platform takes data that break off for complete, so another packed part, a
/// mark, is put behind them:
/// only where they are whole does the mark come out at the end.
/// </summary>
internal sealed class GzipText : IAsyncDisposable
{
    private const int BufferBytes = 1 << 16;
    private static readonly byte[] s_mark = "\0whole\u0001\0"u8.ToArray();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly FramedStream _packed;
    private readonly GZipStream _unpacked;
    private int _start;
    private int _end;

    /// <summary>Unpacks a stream, and owns it.</summary>
    /// <param name="first">The bytes that were taken from it already.</param>
    /// <param name="rest">The stream.</param>
    public GzipText(byte[] first, Stream rest)
    {
        _packed = new FramedStream(first, rest, PackedMark());
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <summary>The packed bytes taken from the stream.</summary>
    public long BytesRead => _packed.BytesRead;

    /// <summary>Takes unpacked bytes.</summary>
    /// <param name="destination">Room for one or more.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>Their number; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The data are damaged, or break off.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (_end - _start <= s_mark.Length) // what may be the mark is held back
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = await _unpacked.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            if (read == 0)
            {
                return _buffer.AsSpan(0, _end).SequenceEqual(s_mark) ? 0
                    : throw new InvalidDataException("the gzip data break off.");
            }
        }

        var count = Math.Min(destination.Length, _end - _start - s_mark.Length);
        _buffer.AsMemory(_start, count).CopyTo(destination);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _unpacked.DisposeAsync();

    private static byte[] PackedMark()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(s_mark);
        }

        return packed.ToArray();
    }
}

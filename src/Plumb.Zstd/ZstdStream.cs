using ZstdSharp;

namespace Plumb.Zstd;

/// <summary>
/// The unpacked content of a stream that zstd compressed; read forward once, in at most 128 MB of memory whatever it
/// announces.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class ZstdStream : Stream
{
    private const int BufferBytes = 1 << 17;
    private readonly string _name;
    private readonly Stream _packed;
    private readonly DecompressionStream _unpacked;

    /// <summary>Nothing is unpacked yet.</summary>
    /// <param name="packed">The stream, which is owned from now on.</param>
    /// <param name="name">What to call it in messages.</param>
    public ZstdStream(Stream packed, string name)
    {
        ArgumentNullException.ThrowIfNull(packed);
        ArgumentNullException.ThrowIfNull(name);
        (_packed, _name) = (packed, name);
        _unpacked = new DecompressionStream(packed, BufferBytes, checkEndOfStream: true, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether bytes are the first of what zstd packed.</summary>
    public static bool IsMeant(ReadOnlySpan<byte> first) => first is [0x28, 0xB5, 0x2F, 0xFD, ..];

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are damaged, or end too early.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (Exception exception) when (exception is ZstdException or EndOfStreamException)
        {
            throw Damaged();
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The data are damaged, or end too early.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _unpacked.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ZstdException or EndOfStreamException)
        {
            throw Damaged();
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override string ToString() => $"{_name}, unpacked by zstd";

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private InvalidDataException Damaged() =>
        DataErrors.Of(_name, "the zstd data are damaged, or end too early; copy or fetch the file again.");
}

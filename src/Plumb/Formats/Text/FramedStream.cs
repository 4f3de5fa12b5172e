namespace Plumb.Formats;

/// <summary>
/// A stream with bytes before it, those that were taken from it already, and bytes behind it. It owns the stream.
/// </summary>
/// <param name="first">The bytes before it.</param>
/// <param name="rest">The stream.</param>
/// <param name="last">The bytes behind it.</param>
internal sealed class FramedStream(byte[] first, Stream rest, byte[] last) : Stream
{
    private byte[] _extra = first; // what comes next, before or behind the stream
    private int _given; // of the extra bytes
    private bool _ended;

    /// <summary>The bytes taken from the stream, the first ones with them.</summary>
    public long BytesRead { get; private set; } = first.Length;

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
        get => throw new NotSupportedException(); set =>
        throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = GiveExtra(buffer);
        return count > 0 || _ended || buffer.IsEmpty ? count : Count(rest.Read(buffer), buffer);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = GiveExtra(buffer.Span);
        return count > 0 || _ended || buffer.IsEmpty ? count
            : Count(await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Span);
    }

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await rest.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            rest.Dispose();
        }

        base.Dispose(disposing);
    }

    private int GiveExtra(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _extra.Length - _given);
        _extra.AsSpan(_given, count).CopyTo(buffer);
        _given += count;
        return count;
    }

    private int Count(int read, Span<byte> buffer)
    {
        BytesRead += read;
        if (read > 0)
        {
            return read;
        }

        (_extra, _given, _ended) = (last, 0, true);
        return GiveExtra(buffer);
    }
}

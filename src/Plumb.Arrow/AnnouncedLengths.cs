using System.Buffers.Binary;

namespace Plumb;

/// <summary>
/// A file whose lengths are looked at before they are believed: Apache.Arrow reads the length of each message and of the footer as four bytes by themselves,
/// and takes so much memory before it reads on. A length beyond the rest of the file is refused here.
/// </summary>
/// <param name="file">The file; it is not disposed of.</param>
internal sealed class AnnouncedLengths(Stream file) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position { get => file.Position; set => file.Position = value; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => buffer.Length == sizeof(int) ? Checked(buffer, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) : file.Read(buffer);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length != sizeof(int))
        {
            return await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var count = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Checked(buffer.Span, count);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Checked(ReadOnlySpan<byte> bytes, int count)
    {
        // Negative ones are marks, not lengths. The footer's length is followed by the mark at the end, and all before it may be the footer.
        var length = count == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(bytes) : 0;
        return length <= file.Length ? count : throw new InvalidDataException(FormattableString.Invariant($"a message of {length} bytes is announced, where the file has {file.Length}"));
    }
}

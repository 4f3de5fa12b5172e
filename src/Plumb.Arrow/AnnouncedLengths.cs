using System.Buffers.Binary;
using System.Globalization;

namespace Plumb.Arrow;

/// <summary>
/// A file whose lengths are looked at before they are believed: Apache.Arrow reads the length of each message and of
/// the footer as four bytes by themselves,
/// and takes so much memory before it reads on. A length beyond the rest of the file is refused here, and what is read
/// next by that length is looked at too, and so is what compressed buffers announce.
/// </summary>
/// <param name="file">The file; it is not disposed of.</param>
/// <param name="allocator">Is told where buffers are compressed.</param>
internal sealed class AnnouncedLengths(Stream file, BoundedAllocator allocator) : Stream
{
    private const int FromFooterLengthToEnd = 10; // with the mark "ARROW1"
    private int _announced;
    private bool _isFooter;
    private PackedBody? _packed;

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
    public override int Read(Span<byte> buffer)
    {
        var position = file.Position;
        return IsLooked(buffer.Length)
            ? Checked(buffer, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false), position)
            : file.Read(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsLooked(buffer.Length))
        {
            return await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var position = file.Position;
        var count = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return Checked(buffer.Span, count, position);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

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

    private bool IsLooked(int length) =>
        length == sizeof(int) || (_announced > 0 && length == _announced) || length == _packed?.Length;

    private int Checked(Span<byte> bytes, int count, long position)
    {
        if (count < bytes.Length)
        {
            return count; // which Apache.Arrow refuses
        }

        if (bytes.Length == _packed?.Length)
        {
            _packed.PutRight(bytes, allocator.Most);
            _packed = null;
            return count;
        }

        if (bytes.Length == _announced)
        {
            _announced = 0;
            Require(bytes);
            return count;
        }

        // Negative ones are marks, not lengths. The footer's length is followed by the mark at the end, and all before
        // it may be the footer.
        _announced = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        _isFooter = position == file.Length - FromFooterLengthToEnd;
        return _announced <= file.Length ? count
            : throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"a message of {_announced} bytes is announced, where the "
                    + $"file has {file.Length}"));
    }

    private void Require(ReadOnlySpan<byte> bytes)
    {
        if (_isFooter)
        {
            ArrowFrame.RequireFooter(bytes);
        }
        else if ((_packed = ArrowFrame.RequireMessage(bytes, file.Length)) is not null)
        {
            allocator.AllowForCompression();
        }
    }
}

using System.Buffers;

namespace Plumb.Formats;

/// <summary>The text of a stream as UTF-8, unpacked if it is gzip, read once through a pooled buffer.</summary>
/// <param name="name">What the file is called in messages.</param>
/// <param name="stream">The bytes.</param>
/// <param name="offset">Where they stand in the text.</param>
internal sealed class CsvSource(string name, Stream stream, long offset = 0) : IAsyncDisposable
{
    // One read: a field above its limit is noticed at most this far behind the limit.
    private const int ChunkBytes = 1 << 16;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4 * ChunkBytes);
    private GzipText? _gzip;
    private long _taken; // bytes of text
    private byte[] _utf16Bytes = [];
    private Utf16Decoder? _utf16;
    private BlankRuns? _blanks;
    private TableFooter? _footer; // while the last bytes wait for the end
    private long _toTake = long.MaxValue; // bytes up to where the table ends
    private long? _length; // of the share that is read
    private long? _tableEnd; // where text stands below the table
    private int _start;
    private int _shown; // the end of what is handed out; behind it may be bytes that wait for others
    private int _end;

    /// <summary>
    /// The bytes read and not yet passed over; a number's decimal separator may be exchanged in place.
    /// </summary>
    public Span<byte> Rest => _buffer.AsSpan(_start, _shown - _start);

    /// <summary>Whether the stream has ended, so that nothing follows the rest.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>
    /// Where the rest begins, in bytes from the start of the text (of the file, unless it is gzip or UTF-16).
    /// </summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The bytes taken from the stream.</summary>
    public long BytesRead => _gzip?.BytesRead ?? _taken;

    /// <summary>Whether no byte of text has come so far.</summary>
    public bool IsEmpty => _taken == 0;

    /// <summary>The part of the stream that was taken, 0 to 1; null where its length is not known.</summary>
    public double? Fraction => (_length ?? (stream.CanSeek ? stream.Length : 0)) is var length and > 0
        ? (double)BytesRead / length : null;

    /// <summary>Whether the stream holds UTF-16.</summary>
    public bool IsUtf16 => _utf16 is not null;

    /// <summary>Whether any place of the text can be gone to.</summary>
    public bool CanGoTo => stream.CanSeek && _gzip is null && _utf16 is null && _blanks is null && _footer is null;

    /// <summary>Reads the first bytes, unpacks what is gzip and passes over a byte-order mark.</summary>
    /// <returns>The signature of another kind of file, or null.</returns>
    public async ValueTask<FileSignature?> BeginAsync(CancellationToken cancellationToken)
    {
        await FillMarkAsync(cancellationToken).ConfigureAwait(false);
        if (Rest is [0x1F, 0x8B, ..])
        {
            BeginGzip();
            await FillMarkAsync(cancellationToken).ConfigureAwait(false);
        }

        if (FileSignature.Of(Rest) is { } signature)
        {
            return _gzip is null || signature.Name is "JSON" or "gzip" ? signature
                : signature with { Remedy = $"unpack it with gzip -d; then {signature.Remedy}" };
        }

        for (; Rest.StartsWith("\uFEFF"u8); await FillMarkAsync(cancellationToken).ConfigureAwait(false))
        {
            Advance(3);
        }

        if (Rest is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            BeginUtf16();
        }

        return null;
    }

    /// <summary>
    /// Ends the text where the table does: its end is looked for at once, or what may stand below it waits for the
    /// end of the stream.
    /// </summary>
    /// <param name="footer">Finds the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask LeaveOutAsync(TableFooter footer, CancellationToken cancellationToken)
    {
        if (!AtEnd && (!stream.CanSeek || _gzip is not null || _utf16 is not null))
        {
            (_footer, _shown) = (footer, _start);
            return;
        }

        if (AtEnd)
        {
            var start = Math.Max(_start, _end - TableFooter.Window);
            _end = start + footer.EndOf(_buffer.AsSpan(start, _end - start), start == _start);
            _tableEnd = Offset + _end - _start;
        }
        else
        {
            var (position, length) = (stream.Position, stream.Length);
            var tail = new byte[Math.Min(TableFooter.Window, length)];
            stream.Position = length - tail.Length;
            await stream.ReadExactlyAsync(tail, cancellationToken).ConfigureAwait(false);
            stream.Position = position;
            var end = length - tail.Length + footer.EndOf(tail, false);
            (_tableEnd, _end) = (end, (int)Math.Max(_start, Math.Min(_end, _end + end - position))); // some may be read
            _toTake = Math.Max(0, end - position);
        }

        _shown = _end;
    }

    /// <summary>Where the lines of a share begin and end, where the first row begins at a place of the file.</summary>
    public ValueTask<(long Start, long End)> LinesOfAsync(RowShare share, long first,
        CancellationToken cancellationToken) =>
        LineStarts.OfAsync(stream, share, (first, _tableEnd ?? stream.Length), cancellationToken);

    /// <summary>Goes to a place of the file, and ends the text at another.</summary>
    public void GoTo((long Start, long End) lines)
    {
        (stream.Position, Offset, _toTake) = (lines.Start, lines.Start, lines.End - lines.Start);
        (_start, _shown, _end, _taken, _length, AtEnd) = (0, 0, 0, 0, _toTake, false);
    }

    /// <summary>Makes one separator of each run of blanks from here on, without a change of places.</summary>
    /// <param name="commentPrefix">What comment lines begin with; may be empty.</param>
    public void ExchangeBlanks(byte[] commentPrefix)
    {
        (_blanks, _shown) = (new BlankRuns(commentPrefix), _start);
        Show();
    }

    /// <summary>Passes over the first bytes of the rest.</summary>
    public void Advance(int count)
    {
        _start += count;
        Offset += count;
    }

    /// <summary>Reads more bytes behind the rest, or notices the end.</summary>
    /// <exception cref="System.Text.DecoderFallbackException">A UTF-16 file holds bytes that are not
    /// UTF-16.</exception>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MakeRoom();
        if (_utf16 is null)
        {
            var read = await TakeAsync(_buffer.AsMemory(_end, ChunkBytes), cancellationToken).ConfigureAwait(false);
            _end += read;
            AtEnd = read == 0;
            Show();
            return;
        }

        var count = await TakeAsync(_utf16Bytes, cancellationToken).ConfigureAwait(false);
        AtEnd = count == 0;
        _end += _utf16.Convert(_utf16Bytes.AsSpan(0, count), AtEnd, _buffer.AsSpan(_end));
        Show();
    }

    /// <summary>
    /// Takes bytes away: those of the rest first, then straight from the stream. UTF-16 is not read so.
    /// </summary>
    /// <returns>Their number; 0 at the end.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        while ((_blanks is not null || _footer is not null) && Rest.IsEmpty && !AtEnd)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = Math.Min(Rest.Length, destination.Length);
        if (count > 0)
        {
            Rest[..count].CopyTo(destination.Span);
            Advance(count);
            return count;
        }

        cancellationToken.ThrowIfCancellationRequested();
        count = AtEnd ? 0 : await TakeAsync(destination, cancellationToken).ConfigureAwait(false);
        AtEnd = count == 0;
        Offset += count;
        return count;
    }

    /// <summary>Gives back the last of the bytes that were taken away.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _start)
        {
            MoveTo(bytes.Length);
        }

        _start -= bytes.Length;
        bytes.CopyTo(_buffer.AsSpan(_start));
        Offset -= bytes.Length;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _shown, _end) = ([], 0, 0, 0);
            IAsyncDisposable owner = _gzip is null ? stream : _gzip;
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask FillMarkAsync(CancellationToken cancellationToken)
    {
        while (Rest.Length < FileSignature.MostBytes && !AtEnd)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<int> TakeAsync(Memory<byte> destination, CancellationToken cancellationToken)
    {
        try
        {
            destination = destination[..(int)Math.Min(destination.Length, _toTake)];
            var count = _gzip is not null ? await _gzip.ReadAsync(destination, cancellationToken).ConfigureAwait(false)
                // A file's bytes come at once: another thread would only take them out of this core's cache.
                : stream is FileStream { CanSeek: true } file ? file.Read(destination.Span)
                : await stream.ReadAsync(destination, cancellationToken).ConfigureAwait(false);
            _taken += count;
            _toTake -= count;
            return count;
        }
        catch (InvalidDataException) when (_gzip is not null)
        {
            throw DataErrors.Of(name, "the gzip data are damaged, or end too early; copy or fetch the file again.");
        }
    }

    private void BeginGzip()
    {
        _gzip = new GzipText(Rest.ToArray(), stream);
        (_start, _shown, _end, _taken, AtEnd) = (0, 0, 0, 0, false);
    }

    private void BeginUtf16()
    {
        var first = Rest.ToArray();
        _utf16 = new Utf16Decoder(bigEndian: first[0] == 0xFE);
        _utf16Bytes = new byte[ChunkBytes / 4];
        _shown = _end = _start + _utf16.Convert(first.AsSpan(2), AtEnd, _buffer.AsSpan(_start));
    }

    private void MakeRoom()
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (_buffer.Length - _end >= ChunkBytes)
        {
            return;
        }

        MoveTo(0);
    }

    // Grows when the rest is long, so that bytes are moved rarely however small the pieces.
    private void MoveTo(int start)
    {
        var rest = _buffer.AsSpan(_start, _end - _start);
        var target = start + rest.Length > _buffer.Length / 2
            ? ArrayPool<byte>.Shared.Rent(2 * Math.Max(_buffer.Length, start + rest.Length)) : _buffer;
        rest.CopyTo(target.AsSpan(start));
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_start, _shown, _end, _buffer) = (start, start + _shown - _start, start + rest.Length, target);
    }

    private void Show()
    {
        if (_footer is { } footer && AtEnd)
        {
            var start = Math.Max(_shown, _end - TableFooter.Window);
            _end = start + footer.EndOf(_buffer.AsSpan(start, _end - start), false);
            _footer = null;
        }

        var end = _footer is null ? _end : Math.Max(_shown, _end - TableFooter.Window);
        _shown = _blanks is null ? end : _shown + _blanks.Exchange(_buffer.AsSpan(_shown, end - _shown), AtEnd);
    }
}

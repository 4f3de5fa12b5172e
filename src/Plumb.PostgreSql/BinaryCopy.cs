using System.Buffers.Binary;
using System.Globalization;

namespace Plumb.PostgreSql;

/// <summary>
/// Rows in PostgreSQL's binary copy format (PostgreSQL documentation, COPY, "Binary Format"), made columns of doubles.
/// In memory are a few rows as they came
/// and one chunk of columns.
/// </summary>
internal sealed class BinaryCopy
{
    private const int MostRows = 2048;
    private const int MostValues = 1 << 20; // of one chunk
    private const int HeadBytes = 19; // signature, flags, and the length of what follows
    private const int LongestValue = 1 << 17; // bytes: a numeric of 147455 digits takes fewer
    private static readonly byte[] s_signature = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0];
    private readonly Stream _stream;
    private readonly string _name;
    private readonly IReadOnlyList<PostgreSqlColumn> _columns;
    private readonly TextCells?[] _cells;
    private readonly byte[] _room = new byte[IsoTime.MostBytes];
    private byte[] _bytes = new byte[1 << 16];
    private int _start;
    private int _end;
    private long _rows;
    private bool _begun;
    private bool _ended;

    /// <summary>Nothing is read yet.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="name">What messages call the rows.</param>
    /// <param name="columns">The columns that the rows have.</param>
    /// <param name="readings">What their texts mean; null where they hold numbers.</param>
    public BinaryCopy(Stream stream, string name, IReadOnlyList<PostgreSqlColumn> columns,
        IReadOnlyList<TextReading?> readings)
    {
        (_stream, _name, _columns) = (stream, name, columns);
        _cells = [.. readings.Select(reading => reading is null ? null : new TextCells(reading))];
        var rows = Math.Clamp(MostValues / columns.Count, 1, MostRows);
        Chunk = [.. columns.Select(_ => new double[rows])];
    }

    /// <summary>The values of the rows read last, column by column.</summary>
    public IReadOnlyList<double[]> Chunk { get; }

    /// <summary>Reads the next rows into the chunk.</summary>
    /// <returns>How many; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">The bytes are not as the format has them.</exception>
    public async ValueTask<int> NextAsync(ColumnBlocks blocks, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        var rows = 0;
        while (rows < Chunk[0].Length && !_ended)
        {
            var length = LengthOfRow();
            if (length > 0)
            {
                Convert(rows++, blocks);
                _start += length;
                _rows++;
            }
            else if (!_ended)
            {
                await FillAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return rows;
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (_begun)
        {
            return;
        }

        _begun = true;
        await RequireAsync(HeadBytes, cancellationToken).ConfigureAwait(false);
        if (!_bytes.AsSpan(_start).StartsWith(s_signature))
        {
            throw Malformed("it does not begin with PGCOPY");
        }

        var extension = BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(_start + HeadBytes - sizeof(int)));
        if (extension is < 0 or > LongestValue)
        {
            throw Malformed(FormattableString.Invariant($"its header announces {extension} bytes"));
        }

        await RequireAsync(HeadBytes + extension, cancellationToken).ConfigureAwait(false);
        _start += HeadBytes + extension;
    }

    // The bytes of the next row; 0 where they have not all come, or there is no further row.
    private int LengthOfRow()
    {
        var bytes = _bytes.AsSpan(_start, _end - _start);
        if (bytes.Length < sizeof(short))
        {
            return 0;
        }

        var count = BinaryPrimitives.ReadInt16BigEndian(bytes);
        _ended = count == -1;
        if (_ended)
        {
            return 0;
        }

        if (count != _columns.Count)
        {
            throw Malformed(
                string.Create(CultureInfo.InvariantCulture,
                    $"row {_rows + 1} has {count} fields, where {_columns.Count} were asked for"));
        }

        var length = sizeof(short);
        for (var i = 0; i < count; i++)
        {
            if (bytes.Length - length < sizeof(int))
            {
                return 0;
            }

            length += sizeof(int) + Math.Max(LengthOfField(bytes[length..], i), 0);
        }

        return length <= bytes.Length ? length : 0;
    }

    private int LengthOfField(ReadOnlySpan<byte> bytes, int column)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        return length is >= -1 and <= LongestValue
            ? length
            : throw Malformed(
                string.Create(CultureInfo.InvariantCulture, $"row {_rows + 1} announces {length} bytes for column '"
                    + $"{Escaped.Of(_columns[column].Name)}'"));
    }

    private void Convert(int row, ColumnBlocks blocks)
    {
        var bytes = _bytes.AsSpan(_start + sizeof(short), _end - _start - sizeof(short));
        for (var i = 0; i < _columns.Count; i++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            bytes = bytes[sizeof(int)..];
            if (length < 0)
            {
                Chunk[i][row] = ColumnBlocks.Missing;
                continue;
            }

            Chunk[i][row] = Value(i, bytes[..length], blocks) ?? throw Malformed(
                string.Create(CultureInfo.InvariantCulture, $"row {_rows + 1} has {length} bytes in column "
                    + $"'{Escaped.Of(_columns[i].Name)}', which are no {_columns[i].TypeName}"));
            bytes = bytes[length..];
        }
    }

    private double? Value(int column, ReadOnlySpan<byte> bytes, ColumnBlocks blocks) =>
        _cells[column] is not { } cells ? BinaryValue.Read(_columns[column].Type, bytes, blocks)
        : BinaryText.TryRead(_columns[column], bytes, _room, blocks, out var text) ? cells.Read(text, column, blocks)
        : null;

    private async ValueTask RequireAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _bytes.Length)
        {
            var rest = _bytes.AsSpan(_start, _end - _start);
            // A row longer than the room there is.
            var target = rest.Length > _bytes.Length / 2 ? new byte[_bytes.Length * 2] : _bytes;
            rest.CopyTo(target);
            (_bytes, _start, _end) = (target, 0, rest.Length);
        }

        var count = await _stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count > 0 ? count
            : throw Malformed(FormattableString.Invariant($"it ends after row {_rows} without its last mark"));
    }

    private InvalidDataException Malformed(string what) =>
        DataErrors.Of(_name,
            $"what the server sends is not PostgreSQL's binary copy: {what}; check that it is a PostgreSQL server.");
}

using System.Buffers;

namespace Plumb.Formats;

/// <summary>Whole records of a file, a few hundred kilobytes of them, and what was read from them.</summary>
/// <param name="size">The most bytes.</param>
internal sealed class CsvChunk(int size) : IDisposable
{
    private const int Start = DecimalFast.SlackBefore;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Start + size + 1 + DecimalFast.Slack);
    private double[] _numbers = [];
    private int _width;

    /// <summary>Room to read bytes into.</summary>
    public Memory<byte> Room => _buffer.AsMemory(Start + Length, size - Length);

    /// <summary>How many bytes there are.</summary>
    public int Length { get; set; }

    /// <summary>The bytes.</summary>
    public Span<byte> Bytes => _buffer.AsSpan(Start, Length);

    /// <summary>Its place among all chunks, where they are read in no order.</summary>
    public long Number { get; set; }

    /// <summary>Where the first byte stands in the text.</summary>
    public long Offset { get; set; }

    /// <summary>
    /// Whether everything was read; otherwise the records are left to the careful reader, and nothing below counts.
    /// </summary>
    public bool IsRead { get; set; }

    /// <summary>The physical lines.</summary>
    public long Lines { get; set; }

    /// <summary>The rows without a missing value.</summary>
    public int Rows { get; private set; }

    /// <summary>What was counted.</summary>
    public RowCounts Counts { get; private set; } = new(0);

    /// <summary>How precisely the numbers are printed; null unless that is asked for.</summary>
    public PrintedPrecision? Precision { get; private set; }

    /// <summary>Rows x columns asked for: the inputs of a row, then its targets.</summary>
    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, Rows * _width);

    /// <summary>
    /// The bytes and some more behind them, so that whoever looks ahead finds a line end, or NUL where the last line
    /// has ended in a carriage return.
    /// </summary>
    public Span<byte> Sealed()
    {
        var open = Length == 0 || _buffer[Start + Length - 1] is not ((byte)'\n' or (byte)'\r');
        _buffer[Start + Length] = open ? (byte)'\n' : (byte)0;
        return _buffer.AsSpan(Start, Length + (open ? 1 : 0));
    }

    /// <summary>Begins to be read.</summary>
    public void Begin(CsvLayout layout)
    {
        (IsRead, Lines, Rows, _width) = (false, 0, 0, layout.Width);
        (Counts, Precision) = (new RowCounts(layout.Cells), layout.NewPrecision());
    }

    /// <summary>Adds rows of numbers, one after the other.</summary>
    public void Add(ReadOnlySpan<double> rows)
    {
        var start = Rows * _width;
        if (start + rows.Length > _numbers.Length)
        {
            Array.Resize(ref _numbers, Math.Max(2 * _numbers.Length, start + 16 * rows.Length));
        }

        rows.CopyTo(_numbers.AsSpan(start));
        Rows += rows.Length / _width;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}

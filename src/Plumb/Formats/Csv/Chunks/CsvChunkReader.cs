using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Formats;

/// <summary>
/// Reads chunks of plain rows quickly. It knows the same grammar as <see cref="CsvTokenizer"/> and
/// <see cref="CsvRecordReader"/>, but no messages: at whatever must be
/// refused, or is rare, it gives up, and the chunk is read again by those two, which say what is wrong.
/// </summary>
internal sealed class CsvChunkReader
{
    private const int GivenUp = CsvSlowCells.GivenUp;
    private const int Few = 8; // one number in so many, at most
    private readonly CsvLayout _layout;
    private readonly CsvNumberBuffer _numbers;
    private readonly CsvSlowCells _cells;
    private readonly CsvTextCells _texts;
    private bool _takesTexts; // unless too many of a chunk would be looked at twice
    private bool _hasExponents; // which are looked for once it pays
    private bool _hasMarks; // of missing values that begin like numbers, which digits show at once

    /// <summary>A reader of chunks.</summary>
    /// <param name="layout">What is known about the file.</param>
    public CsvChunkReader(CsvLayout layout)
    {
        (_layout, _numbers) = (layout, new CsvNumberBuffer(layout.Width));
        _cells = new CsvSlowCells(layout, _numbers);
        _texts = new CsvTextCells(layout, _numbers, _cells);
        _takesTexts = CanTakeTexts;
    }

    private bool CanTakeTexts => DecimalSimd.IsSupported && !_hasMarks
        && _layout is { AsksForDoublesAlone: true, HasCodes: false };

    /// <summary>Reads the rows of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(CsvChunk chunk)
    {
        chunk.Begin(_layout);
        _numbers.Clear(_takesTexts);
        _cells.BeginChunk();
        var bytes = chunk.Sealed();
        var position = 0;
        while (position < bytes.Length)
        {
            position = _layout.CommentPrefix.Length > 0 && bytes[position..].StartsWith(_layout.CommentPrefix)
                ? SkipComment(chunk, bytes, position)
                : ReadRow(chunk, bytes, position);
            if (position == GivenUp)
            {
                return;
            }
        }

        chunk.IsRead = TryFlush(chunk, bytes);
        Adapt(chunk);
    }

    // Where too many numbers had to be looked at twice, they may have exponents; where that is not it, their texts are
    // not taken in the next chunk.
    private void Adapt(CsvChunk chunk)
    {
        var areFew = _cells.Others <= chunk.Numbers.Length / Few;
        (_takesTexts, _hasExponents) =
            (CanTakeTexts && (areFew || (_takesTexts && !_hasExponents)), _takesTexts && _hasExponents == areFew);
    }

    private static int SkipComment(CsvChunk chunk, Span<byte> bytes, int position)
    {
        while (position < bytes.Length && bytes[position] is not ((byte)'\r' or (byte)'\n' or 0))
        {
            position++;
        }

        return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position);
    }

    // First the digits of all cells, then the numbers: short loops, which a processor works on several cells of at a
    // time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadRow(CsvChunk chunk, Span<byte> bytes, int start)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var slots = _layout.NumberSlots;
        var (column, position) = (0, start);
        _cells.BeginRow();
        while (true)
        {
            var read = _numbers.TakesTexts
                ? TakeTexts(ref first, position, slots.AsSpan(column))
                : ReadNumbers(ref first, position, _layout.Delimiter, _layout.Separator, slots.AsSpan(column),
                    _numbers.Cells);
            (column, position) = (column + read.Cells, read.Position);
            if (column == slots.Length)
            {
                return _layout.AsksForDoublesAlone || _cells.KeepMore(chunk, bytes) ? EndRow(chunk, bytes, position)
                    : GivenUp;
            }

            var slot = slots[column];
            var end = slot >= 0 ? _cells.Read(chunk, bytes, position, slot)
                : _layout.Slots[column] >= 0 ? _texts.Read(chunk, bytes, position, _layout.Slots[column])
                : At(ref first, position) is (byte)'"' or (byte)' ' or (byte)'\t'
                ? _cells.ReadOther(chunk, bytes, position, slot)
                : CsvTextCells.Skip(ref first, position, _layout.Delimiter);
            if (end == GivenUp || (slot == CsvLayout.Empty && end > position))
            {
                return GivenUp;
            }

            column++;
            if (column < slots.Length && At(ref first, end) != _layout.Delimiter)
            {
                return column == 1 ? EndBlankLine(chunk, bytes, position, end) : GivenUp;
            }

            position = column < slots.Length ? end + 1 : end;
        }
    }

    // Takes the texts of numbers up to the first cell that is none, or to the end of the row: where the last one ends.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Cells, int Position) TakeTexts(ref byte first, int position, ReadOnlySpan<int> slots)
    {
        var (texts, row, delimiter, hasExponents) = (_numbers.Texts, _numbers.First, _layout.Delimiter, _hasExponents);
        // Where fields end in it, from the next one on: that they are known beforehand lets a processor work on several
        // at a time.
        var (window, ends) = (position, 0UL);
        for (var column = 0; column < slots.Length; column++)
        {
            if (ends == 0)
            {
                (window, ends) = (position, DecimalLanes.Ends(ref Unsafe.Add(ref first, position), delimiter));
            }

            var end = window + BitOperations.TrailingZeroCount(ends);
            ends &= ends - 1;
            var slot = slots[column];
            if (slot < 0 || !texts.TryTake((uint)(row + slot), ref first, position, end, hasExponents))
            {
                return (column, position);
            }

            var stop = At(ref first, end);
            var last = column == slots.Length - 1;
            if (last || stop != delimiter)
            {
                return last && CsvLayout.IsLineEnd(stop) ? (slots.Length, end) : (column, position);
            }

            position = end + 1;
        }

        return (slots.Length, position);
    }

    // Reads plain numbers up to the first cell that is none, or to the end of the row: where the last one ends.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Cells, int Position) ReadNumbers(ref byte first, int position, byte delimiter, byte separator,
        ReadOnlySpan<int> slots, Span<CsvNumberBuffer.Cell> cells)
    {
        ref var firstCell = ref MemoryMarshal.GetReference(cells);
        // Where fields end in it, from the next one on: that they are known beforehand lets a processor work on several
        // at a time.
        var (window, ends) = (position, 0UL);
        for (var column = 0; column < slots.Length; column++)
        {
            var slot = slots[column];
            if (slot < 0)
            {
                return (column, position);
            }

            DecimalFast number;
            if (DecimalLanes.IsSupported)
            {
                if (ends == 0)
                {
                    (window, ends) = (position, DecimalLanes.Ends(ref Unsafe.Add(ref first, position), delimiter));
                }

                number = DecimalLanes.Read(ref first, position, window + BitOperations.TrailingZeroCount(ends),
                    separator);
                ends &= ends - 1;
            }
            else
            {
                number = DecimalFast.ReadPlain(ref first, position, separator);
            }

            var end = position + number.Length;
            var stop = At(ref first, end);
            var last = column == slots.Length - 1;
            if (number.Length == 0 || (last ? !CsvLayout.IsLineEnd(stop) : stop != delimiter))
            {
                return (column, position);
            }

            Unsafe.Add(ref firstCell, slot) = new CsvNumberBuffer.Cell(number, position);
            position = last ? end : end + 1;
        }

        return (slots.Length, position);
    }

    // From the digits of rows to their numbers; false: a number takes more care.
    private bool TryFlush(CsvChunk chunk, Span<byte> bytes)
    {
        if (!_layout.AsDecimals && !_numbers.Divide(_layout.Separator) && !_cells.FindOthers(chunk, bytes))
        {
            _hasMarks = true;
            return false;
        }

        chunk.Add(_numbers.Values);
        chunk.Counts.AddDigitsLost(_numbers.DigitsLost);
        _numbers.Clear(_numbers.TakesTexts);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EndRow(CsvChunk chunk, Span<byte> bytes, int position)
    {
        chunk.Counts.RowsSeen++;
        if (_layout.HasCodes && !_cells.LeaveCodesOut(chunk, bytes))
        {
            return GivenUp;
        }

        if (!_cells.IsComplete)
        {
            // Its numbers are not used, but what is to be told of them is.
            for (var slot = 0; slot < _layout.Cells && !_layout.AsDecimals; slot++)
            {
                if (!_cells.TryFind(chunk, bytes, slot))
                {
                    return GivenUp;
                }
            }

            chunk.Counts.RowsDropped++;
            return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position);
        }

        _cells.CountPlaces(chunk);
        _numbers.EndRow();
        return !_numbers.IsFull || TryFlush(chunk, bytes)
            ? EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position) : GivenUp;
    }

    private int EndBlankLine(CsvChunk chunk, Span<byte> bytes, int start, int end)
    {
        foreach (var value in bytes[start..end])
        {
            if (!_layout.IsBlank(value))
            {
                return GivenUp;
            }
        }

        chunk.Counts.BlankLines++;
        return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), end);
    }

    // A carriage return alone is rare, and left to the careful reader.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndLine(CsvChunk chunk, ref byte first, int position)
    {
        chunk.Lines++;
        position += At(ref first, position) == '\r' ? 1 : 0;
        return At(ref first, position) == '\n' ? position + 1 : GivenUp;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte At(ref byte first, int position) => Unsafe.Add(ref first, position);
}

using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb;

/// <summary>
/// Reads chunks of plain rows quickly. It knows the same grammar as <see cref="CsvTokenizer"/> and <see cref="CsvBlock"/>, but no messages: at whatever must be
/// refused, or is rare, it gives up, and the chunk is read again by those two, which say what is wrong.
/// </summary>
internal sealed class CsvChunkReader(CsvLayout layout)
{
    private const int GivenUp = -1;
    private readonly SearchValues<byte> _stops = SearchValues.Create([layout.Delimiter, (byte)'\r', (byte)'\n', 0]);
    private readonly DecimalPlaces[] _places = layout.Format.MeasurePrecision ? new DecimalPlaces[layout.Cells] : [];
    private readonly CsvNumbers _numbers = new(layout.Width);
    private readonly bool _takesMore = layout.Format.MeasurePrecision || layout.AsDecimals; // not the doubles alone, but how they are printed, or the decimals themselves
    private bool _complete; // no cell of the row is missing

    /// <summary>Reads the rows of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(CsvChunk chunk)
    {
        chunk.Begin(layout);
        _numbers.GoTo(0);
        var bytes = chunk.Sealed();
        var position = 0;
        while (position < bytes.Length)
        {
            position = layout.CommentPrefix.Length > 0 && bytes[position..].StartsWith(layout.CommentPrefix)
                ? SkipComment(chunk, bytes, position)
                : ReadRow(chunk, bytes, position);
            if (position == GivenUp)
            {
                return;
            }
        }

        chunk.IsRead = TryFlush(chunk, bytes);
    }

    private static int SkipComment(CsvChunk chunk, Span<byte> bytes, int position)
    {
        while (position < bytes.Length && bytes[position] is not ((byte)'\r' or (byte)'\n' or 0))
        {
            position++;
        }

        return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position);
    }

    // First the digits of all cells, then the numbers: short loops, which a processor works on several cells of at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadRow(CsvChunk chunk, Span<byte> bytes, int start)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var slots = layout.Slots;
        var (column, position) = (0, start);
        _complete = true;
        while (true)
        {
            var read = ReadNumbers(ref first, position, layout.Delimiter, layout.Separator, slots.AsSpan(column), _numbers.Cells);
            (column, position) = (column + read.Cells, read.Position);
            if (column == slots.Length)
            {
                return !_takesMore || KeepMore(chunk, bytes) ? EndRow(chunk, bytes, position) : GivenUp;
            }

            var slot = slots[column];
            var end = slot >= 0 ? ReadCell(chunk, bytes, position, slot)
                : At(ref first, position) is (byte)'"' or (byte)' ' or (byte)'\t' ? ReadOther(chunk, bytes, position, slot)
                : Skip(ref first, position, layout.Delimiter);
            if (end == GivenUp)
            {
                return GivenUp;
            }

            column++;
            if (column < slots.Length && At(ref first, end) != layout.Delimiter)
            {
                return column == 1 ? EndBlankLine(chunk, bytes, position, end) : GivenUp;
            }

            position = column < slots.Length ? end + 1 : end;
        }
    }

    // Reads plain numbers up to the first cell that is none, or to the end of the row: where the last one ends.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (int Cells, int Position) ReadNumbers(ref byte first, int position, byte delimiter, byte separator, ReadOnlySpan<int> slots, Span<CsvNumbers.Cell> cells)
    {
        ref var firstCell = ref MemoryMarshal.GetReference(cells);
        var (window, ends) = (position, 0UL); // where fields end in it, from the next one on: that they are known beforehand lets a processor work on several at a time
        for (var column = 0; column < slots.Length; column++)
        {
            var slot = slots[column];
            if (slot < 0)
            {
                return (column, position);
            }

            DecimalQuick number;
            if (DecimalLanes.IsSupported)
            {
                if (ends == 0)
                {
                    (window, ends) = (position, DecimalLanes.Ends(ref Unsafe.Add(ref first, position), delimiter));
                }

                number = DecimalLanes.Read(ref first, position, window + BitOperations.TrailingZeroCount(ends), separator);
                ends &= ends - 1;
            }
            else
            {
                number = DecimalQuick.ReadPlain(ref first, position, separator);
            }

            var end = position + number.Length;
            var stop = At(ref first, end);
            var last = column == slots.Length - 1;
            if (number.Length == 0 || (last ? !IsLineEnd(stop) : stop != delimiter))
            {
                return (column, position);
            }

            Unsafe.Add(ref firstCell, slot) = new CsvNumbers.Cell(number, position);
            position = last ? end : end + 1;
        }

        return (slots.Length, position);
    }

    // False: a number takes more care.
    private bool KeepMore(CsvChunk chunk, Span<byte> bytes)
    {
        for (var slot = 0; slot < layout.Cells; slot++)
        {
            var cell = _numbers.Cells[slot];
            if (cell.IsKept)
            {
                continue;
            }

            if (_places.Length > 0)
            {
                _places[slot] = cell.Number.Places;
            }

            if (layout.AsDecimals)
            {
                var exact = cell.Number.Number;
                exact.CopyTo(_numbers.Row[(DecimalNumber.Parts * slot)..]);
                if (Math.Abs(exact.Decimals) > DecimalNumber.MostDecimals && ReadOther(chunk, bytes, cell.Start, slot) == GivenUp)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // From the digits of rows to their numbers; false: a number takes more care.
    private bool TryFlush(CsvChunk chunk, Span<byte> bytes)
    {
        if (!layout.AsDecimals && !_numbers.Divide() && !FindOthers(chunk, bytes))
        {
            return false;
        }

        chunk.Add(_numbers.Values);
        _numbers.GoTo(0);
        return true;
    }

    // The numbers that take more than a division.
    private bool FindOthers(CsvChunk chunk, Span<byte> bytes)
    {
        var rows = _numbers.Rows;
        for (var row = 0; row < rows; row++)
        {
            _numbers.GoTo(row);
            for (var slot = 0; slot < layout.Cells; slot++)
            {
                if (double.IsNaN(_numbers.Row[slot]) && !TryFind(chunk, bytes, slot))
                {
                    return false;
                }
            }
        }

        _numbers.GoTo(rows);
        return true;
    }

    private bool TryFind(CsvChunk chunk, Span<byte> bytes, int slot)
    {
        var cell = _numbers.Cells[slot];
        if (cell.IsKept)
        {
            return true;
        }

        var value = _numbers.Row[slot] = cell.Number.Value;
        return !double.IsNaN(value) || ReadOther(chunk, bytes, cell.Start, slot) != GivenUp;
    }

    // A field that is not the digits of a number and nothing else.
    private int ReadCell(CsvChunk chunk, Span<byte> bytes, int position, int slot)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var number = DecimalQuick.Read(ref first, position, layout.Separator);
        var end = position + number.Length;
        if (number.Length > 0 && (At(ref first, end) == layout.Delimiter || IsLineEnd(At(ref first, end))))
        {
            _numbers.Cells[slot] = new CsvNumbers.Cell(number, position);
            return end;
        }

        _numbers.Cells[slot] = CsvNumbers.Cell.Kept;
        return ReadOther(chunk, bytes, position, slot);
    }

    // A field that is quoted, missing, has blanks around it, or holds a number that takes care; or the first of a blank line.
    private int ReadOther(CsvChunk chunk, Span<byte> bytes, int position, int slot)
    {
        while (layout.IsBlank(bytes[position]))
        {
            position++;
        }

        if (bytes[position] == '"')
        {
            return ReadQuoted(chunk, bytes, position + 1, slot);
        }

        var length = bytes[position..].IndexOfAny(_stops);
        if (length < 0)
        {
            return GivenUp;
        }

        var end = position + length;
        var blank = slot == layout.Slots[0] && layout.Slots.Length > 1 && IsLineEnd(bytes[end]) && length == 0; // EndBlankLine will see to it
        return blank || slot < 0 || ReadNumber(chunk, CsvCell.Trim(bytes.Slice(position, length)), slot) ? end : GivenUp;
    }

    private int ReadQuoted(CsvChunk chunk, Span<byte> bytes, int start, int slot)
    {
        var position = start;
        while (true)
        {
            var length = bytes[position..].IndexOfAny((byte)'"', (byte)0);
            if (length < 0 || bytes[position + length] == 0)
            {
                return GivenUp;
            }

            position += length + 1;
            if (position == bytes.Length || bytes[position] != '"')
            {
                break;
            }

            position++;
        }

        var content = bytes[start..(position - 1)];
        while (position < bytes.Length && layout.IsBlank(bytes[position]))
        {
            position++;
        }

        if (position == bytes.Length || (bytes[position] != layout.Delimiter && !IsLineEnd(bytes[position])))
        {
            return GivenUp;
        }

        chunk.Lines += CsvCell.LineEnds(content);
        return slot < 0 || ReadNumber(chunk, CsvCell.Trim(content), slot) ? position : GivenUp;
    }

    private bool ReadNumber(CsvChunk chunk, Span<byte> cell, int slot)
    {
        var outcome = layout.Read(cell, _numbers.Row, slot);
        if ((outcome & DecimalOutcome.Refused) != 0)
        {
            _complete = false;
            chunk.Counts.Missing[slot]++;
            return layout.Format.DropMissing && MissingMarkers.IndexOf(cell) >= 0;
        }

        chunk.Counts.Add(outcome);
        if (_places.Length > 0)
        {
            _places[slot] = DecimalPlaces.Of(cell, layout.Separator);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int EndRow(CsvChunk chunk, Span<byte> bytes, int position)
    {
        chunk.Counts.RowsSeen++;
        if (!_complete)
        {
            // Its numbers are not used, but what is to be told of them is.
            for (var slot = 0; slot < layout.Cells && !layout.AsDecimals; slot++)
            {
                if (!TryFind(chunk, bytes, slot))
                {
                    return GivenUp;
                }
            }

            chunk.Counts.RowsDropped++;
            return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position);
        }

        for (var slot = 0; slot < _places.Length; slot++)
        {
            chunk.Precision!.Add(slot, _places[slot]);
        }

        _numbers.EndRow();
        return !_numbers.IsFull || TryFlush(chunk, bytes) ? EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position) : GivenUp;
    }

    private int EndBlankLine(CsvChunk chunk, Span<byte> bytes, int start, int end)
    {
        foreach (var value in bytes[start..end])
        {
            if (!layout.IsBlank(value))
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

    // To the end of a field without quotes that is not asked for.
    private static int Skip(ref byte first, int position, byte delimiter)
    {
        var (delimiters, controls) = (Vector128.Create(delimiter), Vector128.Create((byte)'\r'));
        while (true)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)position);
            var stops = (Vector128.Equals(bytes, delimiters) | Vector128.LessThanOrEqual(bytes, controls)).ExtractMostSignificantBits();
            if (stops == 0)
            {
                position += Vector128<byte>.Count;
                continue;
            }

            position += System.Numerics.BitOperations.TrailingZeroCount(stops);
            var stop = At(ref first, position);
            if (stop == delimiter || IsLineEnd(stop))
            {
                return position;
            }

            if (stop == 0)
            {
                return GivenUp;
            }

            position++;
        }
    }

    private static bool IsLineEnd(byte value) => value is (byte)'\n' or (byte)'\r';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte At(ref byte first, int position) => Unsafe.Add(ref first, position);
}

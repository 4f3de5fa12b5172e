using System.Buffers;
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
    private bool _complete; // no cell of the row is missing

    /// <summary>Reads the rows of a chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(CsvChunk chunk)
    {
        chunk.Begin(layout);
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

        chunk.IsRead = true;
    }

    private static int SkipComment(CsvChunk chunk, Span<byte> bytes, int position)
    {
        while (position < bytes.Length && bytes[position] is not ((byte)'\r' or (byte)'\n' or 0))
        {
            position++;
        }

        return EndLine(chunk, ref MemoryMarshal.GetReference(bytes), position);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadRow(CsvChunk chunk, Span<byte> bytes, int position)
    {
        ref var first = ref MemoryMarshal.GetReference(bytes);
        var row = chunk.NextRow();
        var slots = layout.Slots;
        var (delimiter, separator) = (layout.Delimiter, layout.Separator);
        var measured = _places.AsSpan();
        _complete = true;
        for (var column = 0; column < slots.Length; column++)
        {
            var slot = slots[column];
            var last = column == slots.Length - 1;
            int end;
            if (slot >= 0)
            {
                var number = new DecimalQuick();
                end = layout.AsDecimals ? ReadDecimal(ref number, ref first, position) : number.Read(ref first, position, separator);
                if (end >= 0 && (last ? IsLineEnd(At(ref first, end)) : At(ref first, end) == delimiter))
                {
                    if (layout.AsDecimals)
                    {
                        number.Number.CopyTo(row[(DecimalNumber.Parts * slot)..]);
                    }
                    else
                    {
                        row[slot] = number.Value;
                    }

                    if (!measured.IsEmpty)
                    {
                        measured[slot] = number.Places;
                    }
                }
                else
                {
                    end = ReadCell(chunk, bytes, position, slot);
                }
            }
            else
            {
                end = At(ref first, position) is (byte)'"' or (byte)' ' or (byte)'\t' ? ReadCell(chunk, bytes, position, slot) : Skip(ref first, position, delimiter);
            }

            if (end == GivenUp)
            {
                return GivenUp;
            }

            if (last)
            {
                return EndRow(chunk, ref first, end);
            }

            if (At(ref first, end) != delimiter)
            {
                return column == 0 ? EndBlankLine(chunk, bytes, position, end) : GivenUp;
            }

            position = end + 1;
        }

        return GivenUp;
    }

    private int ReadDecimal(ref DecimalQuick number, ref byte first, int position)
    {
        var end = number.ReadNumber(ref first, position, layout.Separator);
        return end >= 0 && Math.Abs(number.Number.Decimals) > DecimalNumber.MostDecimals ? -1 : end;
    }

    // A field that is quoted, missing, has blanks around it, or holds a number that takes care; or the first of a blank line.
    private int ReadCell(CsvChunk chunk, Span<byte> bytes, int position, int slot)
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
        var outcome = layout.Read(cell, chunk.NextRow(), slot);
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
    private int EndRow(CsvChunk chunk, ref byte first, int position)
    {
        chunk.Counts.RowsSeen++;
        if (!_complete)
        {
            chunk.Counts.RowsDropped++;
            return EndLine(chunk, ref first, position);
        }

        chunk.AddRow();
        for (var slot = 0; slot < _places.Length; slot++)
        {
            chunk.Precision!.Add(slot, _places[slot]);
        }

        return EndLine(chunk, ref first, position);
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

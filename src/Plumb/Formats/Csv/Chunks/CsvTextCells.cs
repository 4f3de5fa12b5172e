using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Formats;

/// <summary>Reads the cells of columns of texts, for which a <see cref="TextReading"/> has a number each.</summary>
/// <param name="layout">What is known about the file.</param>
/// <param name="numbers">The numbers of the rows that are being read.</param>
/// <param name="cells">Reads all other cells.</param>
internal sealed class CsvTextCells(CsvLayout layout, CsvNumberBuffer numbers, CsvSlowCells cells)
{
    private readonly TextCache?[] _caches =
        [.. layout.Selection.Readings.Select(reading => reading is null ? null : new TextCache(reading))];
    private byte[] _unescaped = [];

    /// <summary>Reads a field that holds a text, or the first of a blank line.</summary>
    /// <returns>Where it ends, or <see cref="CsvSlowCells.GivenUp"/>.</returns>
    public int Read(CsvChunk chunk, Span<byte> bytes, int position, int slot)
    {
        var start = position;
        while (start < bytes.Length && layout.IsBlank(bytes[start]))
        {
            start++;
        }

        if (start < bytes.Length && bytes[start] == '"')
        {
            return ReadQuoted(chunk, bytes, start + 1, slot);
        }

        var end = Skip(ref MemoryMarshal.GetReference(bytes), start, layout.Delimiter);
        if (end == CsvSlowCells.GivenUp)
        {
            return end;
        }

        var last = end;
        while (last > start && layout.IsBlank(bytes[last - 1]))
        {
            last--;
        }

        // For whoever knows blank lines.
        var blank = last == start && slot == layout.Slots[0] && layout.Slots.Length > 1
            && CsvLayout.IsLineEnd(bytes[end]);
        return blank || Take(chunk, ref bytes[start], last - start, slot) ? end : CsvSlowCells.GivenUp;
    }

    /// <summary>Goes to the end of a field without quotes.</summary>
    /// <returns>Where it ends, or <see cref="CsvSlowCells.GivenUp"/>.</returns>
    public static int Skip(ref byte first, int position, byte delimiter)
    {
        var (delimiters, controls) = (Vector128.Create(delimiter), Vector128.Create((byte)'\r'));
        while (true)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)position);
            var stops =
                (Vector128.Equals(bytes, delimiters) | Vector128.LessThanOrEqual(bytes,
                    controls)).ExtractMostSignificantBits();
            if (stops == 0)
            {
                position += Vector128<byte>.Count;
                continue;
            }

            position += BitOperations.TrailingZeroCount(stops);
            var stop = Unsafe.Add(ref first, position);
            if (stop == delimiter || CsvLayout.IsLineEnd(stop))
            {
                return position;
            }

            if (stop == 0)
            {
                return CsvSlowCells.GivenUp;
            }

            position++;
        }
    }

    private int ReadQuoted(CsvChunk chunk, Span<byte> bytes, int start, int slot)
    {
        var (position, content) = QuotedField.At(bytes, start, layout);
        if (position == CsvSlowCells.GivenUp)
        {
            return position;
        }

        chunk.Lines += CsvCell.LineEnds(content);
        var cell = CsvCell.Trim(content);
        if (cell.Contains((byte)'"'))
        {
            cell = Unescape(cell);
        }

        return Take(chunk, ref MemoryMarshal.GetReference(cell), cell.Length, slot) ? position : CsvSlowCells.GivenUp;
    }

    private Span<byte> Unescape(ReadOnlySpan<byte> cell)
    {
        if (_unescaped.Length < cell.Length + TextCache.Width)
        {
            _unescaped = new byte[2 * cell.Length + TextCache.Width];
        }

        return _unescaped.AsSpan(0, CsvCell.Unescape(cell, _unescaped));
    }

    private bool Take(CsvChunk chunk, ref byte first, int length, int slot)
    {
        var number = double.NaN;
        if (length > 0 && !_caches[slot]!.TryRead(ref first, length, layout.Missing, out number))
        {
            return false;
        }

        if (double.IsNaN(number))
        {
            numbers.TakeValue(slot);
            return cells.AddMissing(chunk, slot);
        }

        numbers.TakeValue(slot);
        layout.Keep(number, numbers.Row, slot);
        return true;
    }
}

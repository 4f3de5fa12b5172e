using System.Buffers;
using System.Runtime.InteropServices;

namespace Plumb.Formats;

/// <summary>
/// Reads the cells that are not a number in a few digits and nothing else: quoted, missing, with blanks around them or
/// an exponent, with so many digits that they take care.
/// </summary>
/// <param name="layout">What is known about the file.</param>
/// <param name="numbers">The numbers of the rows that are being read.</param>
internal sealed class CsvSlowCells(CsvLayout layout, CsvNumberBuffer numbers)
{
    /// <summary>In place of a position: the careful reader must look.</summary>
    public const int GivenUp = -1;

    private readonly SearchValues<byte> _stops = SearchValues.Create([layout.Delimiter, (byte)'\r', (byte)'\n', 0]);
    private readonly DecimalPlaces[] _places = layout.Format.MeasurePrecision ? new DecimalPlaces[layout.Cells] : [];

    /// <summary>Whether no cell of the row is missing.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many numbers of the chunk took more than a division.</summary>
    public int Others { get; private set; }

    /// <summary>Begins a chunk.</summary>
    public void BeginChunk() => Others = 0;

    /// <summary>Begins a row.</summary>
    public void BeginRow() => IsComplete = true;

    /// <summary>Reads a field that is not the digits of a number and nothing else.</summary>
    /// <returns>Where it ends, or <see cref="GivenUp"/>.</returns>
    public int Read(CsvChunk chunk, Span<byte> bytes, int position, int slot)
    {
        var start = SkipBlanks(bytes, position);
        var number = DecimalFast.Read(ref MemoryMarshal.GetReference(bytes), start, layout.Separator);
        var end = SkipBlanks(bytes, start + number.Length);
        if (number.Length > 0 && end < bytes.Length && layout.IsFieldEnd(bytes[end]))
        {
            numbers.Take(slot, new CsvNumberBuffer.Cell(number, start));
            return end;
        }

        numbers.Take(slot, CsvNumberBuffer.Cell.Kept);
        return ReadOther(chunk, bytes, position, slot);
    }

    /// <summary>
    /// Reads a field that is quoted, missing, has blanks around it, or holds a number that takes care; or the first of
    /// a blank line.
    /// </summary>
    /// <returns>Where it ends, or <see cref="GivenUp"/>.</returns>
    public int ReadOther(CsvChunk chunk, Span<byte> bytes, int position, int slot)
    {
        var start = SkipBlanks(bytes, position);
        if (start < bytes.Length && bytes[start] == '"')
        {
            return ReadQuoted(chunk, bytes, start + 1, slot);
        }

        if (slot >= 0 && layout.AsksForDoublesAlone && ReadLong(chunk, bytes, start, slot) is > GivenUp and var behind)
        {
            return behind;
        }

        var length = bytes[start..].IndexOfAny(_stops);
        if (length < 0)
        {
            return GivenUp;
        }

        var end = start + length;
        // For whoever knows blank lines.
        var blank = slot == layout.Slots[0] && layout.Slots.Length > 1 && CsvLayout.IsLineEnd(bytes[end])
            && length == 0;
        return blank || slot < 0 || ReadNumber(chunk, CsvCell.Trim(bytes.Slice(start, length)), slot) ? end : GivenUp;
    }

    /// <summary>
    /// Keeps of the row's digits what else is asked for: how they are printed, or the decimals themselves.
    /// </summary>
    /// <returns>Whether no number takes more care.</returns>
    public bool KeepMore(CsvChunk chunk, Span<byte> bytes)
    {
        for (var slot = 0; slot < layout.Cells; slot++)
        {
            var cell = numbers.Cells[slot];
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
                exact.CopyTo(numbers.Row[(DecimalNumber.Parts * slot)..]);
                if (Math.Abs(exact.Decimals) > DecimalNumber.MostDecimals
                    && ReadOther(chunk, bytes, cell.Start, slot) == GivenUp)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Counts how the numbers of a row that is complete are printed, if that is asked for.</summary>
    public void CountPlaces(CsvChunk chunk)
    {
        for (var slot = 0; slot < _places.Length; slot++)
        {
            if (layout.Selection.Readings[slot] is not null)
            {
                continue; // exact, as no numbers are printed
            }

            chunk.Precision!.Add(slot, _places[slot]);
        }
    }

    /// <summary>Finds the numbers of all rows that take more than a division.</summary>
    /// <returns>Whether they could be found.</returns>
    public bool FindOthers(CsvChunk chunk, Span<byte> bytes)
    {
        var (rows, isComplete) = (numbers.Rows, IsComplete);
        IsComplete = true;
        for (var row = 0; row < rows; row++)
        {
            numbers.GoTo(row);
            var values = numbers.Row;
            for (var slot = 0; slot < values.Length; slot++)
            {
                if (!double.IsNaN(values[slot]))
                {
                    continue;
                }

                Others++;
                if (!TryFind(chunk, bytes, slot) || !IsComplete)
                {
                    return false; // a mark such as 1.#IND began like a number, and its row has been kept
                }
            }
        }

        numbers.GoTo(rows);
        IsComplete = isComplete;
        return true;
    }

    /// <summary>Finds a number of the row by itself.</summary>
    /// <returns>Whether it could be found.</returns>
    public bool TryFind(CsvChunk chunk, Span<byte> bytes, int slot)
    {
        var start = numbers.StartOfText(slot);
        if (start >= 0)
        {
            return TryFindText(chunk, bytes, slot, start);
        }

        var cell = numbers.Cells[slot];
        if (cell.IsKept)
        {
            return true;
        }

        var value = numbers.Row[slot] = cell.Number.Value;
        return !double.IsNaN(value) || ReadOther(chunk, bytes, cell.Start, slot) != GivenUp;
    }

    private bool TryFindText(CsvChunk chunk, Span<byte> bytes, int slot, int start)
    {
        var number = DecimalFast.Read(ref MemoryMarshal.GetReference(bytes), start, layout.Separator);
        var isNumber = number.Length > 0 && layout.IsFieldEnd(bytes[start + number.Length]);
        var value = numbers.Row[slot] = isNumber ? number.Value : double.NaN;
        return !double.IsNaN(value) || ReadOther(chunk, bytes, start, slot) != GivenUp;
    }

    private int ReadLong(CsvChunk chunk, Span<byte> bytes, int start, int slot)
    {
        var number = NineteenDigits.Read(ref MemoryMarshal.GetReference(bytes), start, layout.Separator);
        var end = SkipBlanks(bytes, start + number.Number.Length);
        if (number.Number.Length == 0 || end == bytes.Length || !layout.IsFieldEnd(bytes[end])
            || number.Find() is not { Outcome: not DecimalOutcome.NotANumber } found)
        {
            return GivenUp;
        }

        numbers.Row[slot] = found.Value;
        chunk.Counts.Add(found.Outcome);
        return end;
    }

    private int SkipBlanks(Span<byte> bytes, int position)
    {
        while (position < bytes.Length && layout.IsBlank(bytes[position]))
        {
            position++;
        }

        return position;
    }

    /// <summary>Finds the numbers of the row, and counts those that stand for missing values.</summary>
    /// <returns>Whether they could be found, and the row may be left out if it has such.</returns>
    public bool LeaveCodesOut(CsvChunk chunk, Span<byte> bytes)
    {
        for (var slot = 0; slot < layout.Cells; slot++)
        {
            if (layout.Selection.Readings[slot] is not null)
            {
                continue;
            }

            if (!layout.AsDecimals)
            {
                if (!TryFind(chunk, bytes, slot))
                {
                    return false;
                }

                numbers.TakeValue(slot);
            }

            if (layout.IsCode(numbers.Row, slot) && !AddMissing(chunk, slot))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts a missing value.</summary>
    /// <returns>Whether its row is left out.</returns>
    public bool AddMissing(CsvChunk chunk, int slot)
    {
        IsComplete = false;
        chunk.Counts.Missing[slot]++;
        numbers.Row[layout.AsDecimals ? DecimalNumber.Parts * slot : slot] = double.NaN;
        return layout.Format.DropMissing;
    }

    private int ReadQuoted(CsvChunk chunk, Span<byte> bytes, int start, int slot)
    {
        var (end, content) = QuotedField.At(bytes, start, layout);
        if (end == GivenUp)
        {
            return GivenUp;
        }

        chunk.Lines += CsvCell.LineEnds(content);
        return slot < 0 || ReadNumber(chunk, CsvCell.Trim(content), slot) ? end : GivenUp;
    }

    private bool ReadNumber(CsvChunk chunk, Span<byte> cell, int slot)
    {
        var outcome = layout.Read(cell, numbers.Row, slot);
        if ((outcome & DecimalOutcome.Refused) != 0)
        {
            return AddMissing(chunk, slot) && layout.Missing.IndexOf(cell) >= 0;
        }

        chunk.Counts.Add(outcome);
        if (_places.Length > 0)
        {
            _places[slot] = layout.PlacesOf(cell);
        }

        return true;
    }
}

using System.Buffers.Binary;

namespace Plumb.Formats;

/// <summary>
/// The cells of a column of texts, as the numbers that a reading makes of them; a text that was met before is looked
/// up, so that rows by the million cost little. One thread uses it.
/// </summary>
/// <param name="reading">What the texts mean.</param>
internal sealed class TextCells(TextReading reading)
{
    private const int Slots = 1 << 12; // a category rarely has more levels
    private const int LongestKept = 64; // bytes
    private readonly byte[]?[] _texts = new byte[]?[Slots];
    private readonly double[] _numbers = new double[Slots];

    /// <summary>Whether a text stands for the same number throughout, so that it may be remembered.</summary>
    public bool IsLasting => reading.IsLasting;

    /// <summary>The number of a cell; what stands for a missing value where it is blank.</summary>
    /// <param name="cell">The cell's text as UTF-8.</param>
    /// <param name="column">The column's place among those asked for.</param>
    /// <param name="blocks">Keeps a cell that the reading refuses.</param>
    public double Read(ReadOnlySpan<byte> cell, int column, ColumnBlocks blocks)
    {
        cell = cell.Trim(" \t"u8);
        if (cell.IsEmpty)
        {
            return ColumnBlocks.MarkedMissing(0);
        }

        var slot = SlotOf(cell);
        if (_texts[slot] is { } known && cell.SequenceEqual(known))
        {
            return _numbers[slot];
        }

        if (blocks.MissingTexts.IndexOf(cell) is var marker && marker >= MissingMarkers.All.Count)
        {
            return ColumnBlocks.MarkedMissing(marker); // as it was named
        }

        if (!reading.TryRead(cell, out var number))
        {
            return blocks.Bad(column, Escaped.Of(cell, doubledQuotes: false), CellErrorText.About(cell, reading, 0));
        }

        if (cell.Length <= LongestKept && reading.IsLasting)
        {
            (_texts[slot], _numbers[slot]) = (cell.ToArray(), number);
        }

        return number;
    }

    private static int SlotOf(ReadOnlySpan<byte> cell)
    {
        const ulong Prime = 0x9E37_79B9_7F4A_7C15; // 2^64 over the golden ratio, odd
        var hash = (ulong)cell.Length;
        for (; cell.Length >= sizeof(ulong); cell = cell[sizeof(ulong)..])
        {
            hash = ulong.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(cell)) * Prime, 29);
        }

        foreach (var one in cell)
        {
            hash = (hash ^ one) * Prime;
        }

        return (int)((hash ^ hash >> 32) * Prime >> 52);
    }
}

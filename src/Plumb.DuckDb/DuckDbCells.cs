using System.Globalization;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>The columns of one chunk of a result, as doubles.</summary>
/// <param name="slots">The columns asked for: inputs, then targets.</param>
/// <param name="readings">What their texts mean; null where they hold numbers.</param>
/// <param name="blocks">Counts what doubles do not hold, and keeps what is no number.</param>
internal sealed class DuckDbCells(DuckDbSlot[] slots, IReadOnlyList<TextReading?> readings, ColumnBlocks blocks)
{
    private readonly int[] _places = [.. slots.Select(slot => slot.Place).Distinct()];
    private readonly TextCells?[] _cells = [.. readings.Select(reading => reading is null ? null
        : new TextCells(reading))];
    private readonly Dictionary<int, double[]> _elements = []; // of the chunk's lists, by place
    private DuckDBDataChunk? _chunk;
    private int _rows;

    /// <summary>The places of the columns that the result must have, in its order.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>The blocks of rows that a chunk fills.</summary>
    public IEnumerable<Dataset> BlocksOf(DuckDBDataChunk chunk)
    {
        (_chunk, _rows) = (chunk, checked((int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk)));
        _elements.Clear();
        return blocks.Add(_rows, Read);
    }

    private void Read(int column, int start, Span<double> values)
    {
        var slot = slots[column];
        var vector = Vector(slot);
        if (slot.Index >= 0)
        {
            if (!_elements.TryGetValue(slot.Place, out var elements))
            {
                _elements.Add(slot.Place, elements = vector.Elements(blocks));
            }

            vector.ReadLists(start, slot, elements, values, length => Odd(column, slot, length));
        }
        else if (_cells[column] is { } cells)
        {
            vector.ReadTexts(start, values, column, cells, blocks);
        }
        else
        {
            vector.Read(start, values, blocks);
        }
    }

    private DuckDbVector Vector(DuckDbSlot slot) =>
        new(NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk!, Array.IndexOf(_places, slot.Place)), slot.Column,
            _rows);

    private double Odd(int column, DuckDbSlot slot, long length) => blocks.Bad(column,
        $"a list of {RowCountFindings.Counted(length, "value")}", new CellErrorText(
            string.Create(CultureInfo.InvariantCulture, $"where {slot.Length} were expected, as in the first row"),
            "make the lists equally long"));
}

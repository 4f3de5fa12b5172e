using System.Globalization;
using Apache.Arrow;

namespace Plumb.Arrow;

/// <summary>The columns asked for of one record batch after another, as doubles.</summary>
/// <param name="slots">The columns: inputs, then targets.</param>
/// <param name="readings">What their texts mean; null where they hold numbers.</param>
/// <param name="blocks">Counts what doubles do not hold, and keeps what is no number.</param>
internal sealed class ArrowCells(ArrowSlot[] slots, IReadOnlyList<TextReading?> readings, ColumnBlocks blocks)
{
    private readonly TextCells?[] _cells = [.. readings.Select(reading => reading is null ? null
        : new TextCells(reading))];
    private readonly ArrowDictionary?[] _dictionaries = new ArrowDictionary?[slots.Length];
    private readonly Dictionary<int, double[]> _elements = []; // of the batch's lists, by place
    private IArrowArray[] _columns = [];

    /// <summary>The blocks of rows that a batch fills.</summary>
    public IEnumerable<Dataset> BlocksOf(RecordBatch batch)
    {
        _columns = [.. slots.Select(slot => batch.Column(slot.Place))];
        _elements.Clear();
        return blocks.Add(batch.Length, Read);
    }

    private void Read(int column, int start, Span<double> values)
    {
        var array = _columns[column];
        if (slots[column].Index >= 0)
        {
            ReadLists(column, start, values);
        }
        else if (array is DictionaryArray coded)
        {
            if (_dictionaries[column]?.Entries != coded.Dictionary)
            {
                _dictionaries[column] = new ArrowDictionary(coded.Dictionary, column, _cells[column], blocks);
            }

            _dictionaries[column]!.Read(coded, start, values);
        }
        else if (_cells[column] is { } cells)
        {
            ReadTexts(array, column, start, values, cells);
        }
        else
        {
            ArrowColumn.Read(array, start, values, blocks);
        }
    }

    private void ReadTexts(IArrowArray array, int column, int start, Span<double> values, TextCells cells)
    {
        var isNumeric = ArrowColumn.IsNumeric(array.Data.DataType);
        if (isNumeric)
        {
            ArrowColumn.Read(array, start, values, blocks);
        }

        Span<byte> text = stackalloc byte[IsoTime.MostBytes];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = array.IsNull(start + i) ? ColumnBlocks.Missing
                : cells.Read(isNumeric ? ArrowTexts.OfNumber(array, values[i], text)
                    : ArrowTexts.Of(array, start + i, text), column, blocks);
        }
    }

    private void ReadLists(int column, int start, Span<double> values)
    {
        var (array, slot) = (_columns[column], slots[column]);
        if (!_elements.TryGetValue(slot.Place, out var elements))
        {
            var inLists = ArrowLists.ValuesOf(array);
            elements = new double[inLists.Length];
            ArrowColumn.Read(inLists, 0, elements, blocks);
            _elements.Add(slot.Place, elements);
        }

        for (var i = 0; i < values.Length; i++)
        {
            var (offset, length) = ArrowLists.At(array, start + i);
            values[i] = array.IsNull(start + i) ? ColumnBlocks.Missing
                : length == slot.Length ? elements[checked((int)(offset + slot.Index))]
                : blocks.Bad(column, $"a list of {RowCountFindings.Counted(length, "value")}", new CellErrorText(
                    string.Create(CultureInfo.InvariantCulture,
                        $"where {slot.Length} were expected, as in the first row"),
                    "make the lists equally long"));
        }
    }
}

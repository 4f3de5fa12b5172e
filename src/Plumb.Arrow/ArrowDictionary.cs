using Apache.Arrow;

namespace Plumb.Arrow;

/// <summary>The entries of a dictionary, each read once.</summary>
internal sealed class ArrowDictionary
{
    private readonly TextCells? _cells;
    private readonly ColumnBlocks _blocks;
    private readonly int _column;
    private readonly double[] _numbers;
    private readonly bool[] _known;

    /// <summary>Nothing is read yet, but numbers.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="column">The column's place among those asked for.</param>
    /// <param name="cells">What texts mean; null where the entries are numbers.</param>
    /// <param name="blocks">Keeps what is no number.</param>
    public ArrowDictionary(IArrowArray entries, int column, TextCells? cells, ColumnBlocks blocks)
    {
        (Entries, _column, _cells, _blocks) = (entries, column, cells, blocks);
        (_numbers, _known) = (new double[entries.Length], new bool[entries.Length]);
        if (ArrowColumn.IsNumeric(entries.Data.DataType))
        {
            ArrowColumn.Read(entries, 0, _numbers, blocks);
        }

        if (cells is null)
        {
            System.Array.Fill(_known, true);
        }
    }

    /// <summary>The entries.</summary>
    public IArrowArray Entries { get; }

    /// <summary>Reads rows that name entries.</summary>
    public void Read(DictionaryArray coded, int start, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = coded.IsNull(start + i) ? ColumnBlocks.Missing : At(CodeOf(coded.Indices, start + i));
        }
    }

    private double At(int entry)
    {
        if (_known[entry])
        {
            return _numbers[entry];
        }

        if (Entries.IsNull(entry))
        {
            return ColumnBlocks.Missing;
        }

        Span<byte> text = stackalloc byte[IsoTime.MostBytes];
        var number = _cells!.Read(ArrowColumn.IsNumeric(Entries.Data.DataType)
            ? ArrowTexts.OfNumber(Entries, _numbers[entry], text)
            : ArrowTexts.Of(Entries, entry, text), _column, _blocks);
        if (double.IsFinite(number) && _cells.IsLasting) // what is refused, is refused on every row
        {
            (_numbers[entry], _known[entry]) = (number, true);
        }

        return number;
    }

    private static int CodeOf(IArrowArray codes, int row) => codes switch
    {
        Int8Array array => array.Values[row],
        UInt8Array array => array.Values[row],
        Int16Array array => array.Values[row],
        UInt16Array array => array.Values[row],
        Int32Array array => array.Values[row],
        UInt32Array array => checked((int)array.Values[row]),
        Int64Array array => checked((int)array.Values[row]),
        UInt64Array array => checked((int)array.Values[row]),
        _ => throw new InvalidDataException("a dictionary is named by other than whole numbers"),
    };
}

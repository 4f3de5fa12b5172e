using System.Numerics;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>The values of one column in one chunk of a result, as doubles.</summary>
/// <param name="handle">DuckDB's vector.</param>
/// <param name="column">The column.</param>
/// <param name="length">The number of values.</param>
internal readonly ref struct DuckDbVector(nint handle, DuckDbColumn column, int length)
{
    private const int Bits = 64; // of one word of the validity mask

    /// <summary>Reads values, and sets them in the blocks.</summary>
    /// <param name="start">The first value.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    public void Read(int start, Span<double> values, ColumnBlocks blocks)
    {
        switch (column.Stored)
        {
            case DuckDBType.Boolean:
                Widen<byte>(start, values);
                break;
            case DuckDBType.TinyInt:
                Widen<sbyte>(start, values);
                break;
            case DuckDBType.UnsignedTinyInt:
                Widen<byte>(start, values);
                break;
            case DuckDBType.SmallInt when column.Scale == 0:
                Widen<short>(start, values);
                break;
            case DuckDBType.UnsignedSmallInt:
                Widen<ushort>(start, values);
                break;
            case DuckDBType.Integer when column.Scale == 0:
                Widen<int>(start, values);
                break;
            case DuckDBType.UnsignedInteger:
                Widen<uint>(start, values);
                break;
            case DuckDBType.Float:
                Widen<float>(start, values);
                break;
            case DuckDBType.Double:
                Data<double>(start, values.Length).CopyTo(values);
                break;
            case DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.BigInt:
                ReadScaled(start, values, blocks);
                break;
            case DuckDBType.UnsignedBigInt:
                Convert(Data<ulong>(start, values.Length), start, values, blocks,
                    static (value, _) => ScaledInteger.ToDouble((UInt128)value));
                break;
            case DuckDBType.HugeInt:
                Convert(Data<DuckDBHugeInt>(start, values.Length), start, values, blocks,
                    static (value, scale) => ScaledInteger.ToDouble(value.ToInt128(), scale));
                break;
            case DuckDBType.UnsignedHugeInt:
                Convert(Data<UInt128>(start, values.Length), start, values, blocks,
                    static (value, _) => ScaledInteger.ToDouble(value));
                break;
            case DuckDBType.SqlNull:
                values.Fill(ColumnBlocks.Missing);
                break;
            default:
                throw new InvalidOperationException(
                    $"a column of type {column.Type} was read as numbers; this is a defect.");
        }

        MarkMissing(start, values);
    }

    /// <summary>Reads values as texts, and sets the numbers that a reading makes of them.</summary>
    /// <param name="start">The first value.</param>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="place">The column's place among those asked for.</param>
    /// <param name="cells">What the texts mean.</param>
    /// <param name="blocks">Keeps a text that is refused.</param>
    public void ReadTexts(int start, Span<double> values, int place, TextCells cells, ColumnBlocks blocks)
    {
        if (column.IsNumeric)
        {
            Read(start, values, blocks);
        }

        var mask = Mask();
        var texts = new DuckDbTexts(handle, column, length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = IsMissing(mask, start + i) ? ColumnBlocks.Missing
                : cells.Read(column.IsNumeric ? texts.OfNumber(values[i]) : texts[start + i], place, blocks);
        }
    }

    /// <summary>All values of all lists of the chunk.</summary>
    public double[] Elements(ColumnBlocks blocks)
    {
        var isArray = column.Type == DuckDBType.Array;
        var child = isArray ? NativeMethods.Vectors.DuckDBArrayVectorGetChild(handle)
            : NativeMethods.Vectors.DuckDBListVectorGetChild(handle);
        var size = column.ArrayLength * length;
        var values = new double[isArray ? size : checked((int)NativeMethods.Vectors.DuckDBListVectorGetSize(handle))];
        if (values.Length > 0)
        {
            new DuckDbVector(child, column.Element!, values.Length).Read(0, values, blocks);
        }

        return values;
    }

    /// <summary>Reads one value of each list.</summary>
    /// <param name="start">The first list.</param>
    /// <param name="slot">Which value.</param>
    /// <param name="elements">All values of all lists.</param>
    /// <param name="values">Receives the values.</param>
    /// <param name="odd">What stands for a list of another length.</param>
    public void ReadLists(int start, DuckDbSlot slot, double[] elements, Span<double> values, Func<long, double> odd)
    {
        var mask = Mask();
        var lists = column.Type == DuckDBType.Array ? [] : Data<DuckDBListEntry>(start, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (IsMissing(mask, start + i))
            {
                values[i] = ColumnBlocks.Missing;
            }
            else if (lists.IsEmpty)
            {
                values[i] = elements[(start + i) * slot.Length + slot.Index];
            }
            else
            {
                values[i] = lists[i].Length == (ulong)slot.Length ? elements[(int)lists[i].Offset + slot.Index]
                    : odd((long)lists[i].Length);
            }
        }
    }

    private void ReadScaled(int start, Span<double> values, ColumnBlocks blocks)
    {
        switch (column.Stored)
        {
            case DuckDBType.SmallInt:
                Convert(Data<short>(start, values.Length), start, values, blocks,
                    static (value, scale) => ScaledInteger.ToDouble(value, scale));
                break;
            case DuckDBType.Integer:
                Convert(Data<int>(start, values.Length), start, values, blocks,
                    static (value, scale) => ScaledInteger.ToDouble(value, scale));
                break;
            default:
                Convert(Data<long>(start, values.Length), start, values, blocks,
                    static (value, scale) => ScaledInteger.ToDouble(value, scale));
                break;
        }
    }

    private void Widen<T>(int start, Span<double> values)
        where T : unmanaged, INumberBase<T>
    {
        var data = Data<T>(start, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(data[i]); // exact: these types have at most 32 bits
        }
    }

    private void Convert<T>(ReadOnlySpan<T> data, int start, Span<double> values, ColumnBlocks blocks,
        Func<T, int, DecimalValue> convert)
        where T : unmanaged
    {
        var mask = Mask();
        for (var i = 0; i < values.Length; i++)
        {
            if (IsMissing(mask, start + i))
            {
                continue; // what lies there is nothing
            }

            values[i] = blocks.Counted(convert(data[i], column.Scale));
        }
    }

    private unsafe ReadOnlySpan<T> Data<T>(int start, int count)
        where T : unmanaged =>
        new ReadOnlySpan<T>(NativeMethods.Vectors.DuckDBVectorGetData(handle), length).Slice(start, count);

    private void MarkMissing(int start, Span<double> values)
    {
        var mask = Mask();
        for (var i = 0; i < values.Length && !mask.IsEmpty; i++)
        {
            if (IsMissing(mask, start + i))
            {
                values[i] = ColumnBlocks.Missing;
            }
        }
    }

    // A bit a value, 1 where there is one; empty where all are there.
    private unsafe ReadOnlySpan<ulong> Mask()
    {
        var mask = NativeMethods.Vectors.DuckDBVectorGetValidity(handle);
        return mask is null ? [] : new ReadOnlySpan<ulong>(mask, (length + Bits - 1) / Bits);
    }

    private static bool IsMissing(ReadOnlySpan<ulong> mask, int index) => !mask.IsEmpty
        && (mask[index / Bits] >> (index % Bits) & 1) == 0;
}

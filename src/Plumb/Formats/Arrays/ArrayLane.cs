using System.Runtime.InteropServices;

namespace Plumb.Formats;

/// <summary>
/// Elements of an array that are read one after another: whole rows, or one column where the first index runs fastest.
/// </summary>
/// <param name="array">The array.</param>
/// <param name="bytes">Reads it.</param>
/// <param name="width">The elements of a row here.</param>
/// <param name="slots">Which of them are asked for, and whose values they are.</param>
internal sealed class ArrayLane(StoredArray array, ArrayBytes bytes, int width,
    IReadOnlyList<(int Slot, int Place)> slots)
{
    private byte[] _bytes = [];

    /// <summary>The bytes of a row here.</summary>
    public int RowBytes => width * Type.Bytes;

    private ElementType Type => array.Type!;

    /// <summary>Reads rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="values">Receive the numbers of each column that is asked for.</param>
    /// <param name="blocks">Counts what doubles do not hold.</param>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public void Read(int rows, double[][] values, ColumnBlocks blocks)
    {
        if (_bytes.Length < rows * RowBytes)
        {
            _bytes = new byte[rows * RowBytes];
        }

        var read = _bytes.AsSpan(0, rows * RowBytes);
        if (bytes(read) < read.Length)
        {
            throw new InvalidDataException(
                $"{array.Place}: ends before its last row, though it was long enough when it was opened; it is "
                    + $"damaged, or changed meanwhile.");
        }

        if (array.IsBigEndian)
        {
            for (var i = 0; i < read.Length; i += Type.Bytes)
            {
                read.Slice(i, Type.Bytes).Reverse();
            }
        }

        foreach (var (slot, place) in slots)
        {
            Convert(read, slot, values[place].AsSpan(0, rows), blocks);
        }
    }

    private void Convert(ReadOnlySpan<byte> read, int slot, Span<double> values, ColumnBlocks blocks)
    {
        if (Type == ElementType.Float64 && BitConverter.IsLittleEndian)
        {
            var numbers = MemoryMarshal.Cast<byte, double>(read);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = numbers[i * width + slot];
            }

            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var element = read.Slice((i * width + slot) * Type.Bytes, Type.Bytes);
            values[i] = Type.MayExceedDoubles ? blocks.Counted(Whole(element)) : Type.Read(element);
        }
    }

    private DecimalValue Whole(ReadOnlySpan<byte> element) => Type == ElementType.Int64
        ? ScaledInteger.ToDouble(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(element))
        : ScaledInteger.ToDouble((UInt128)System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(element));
}

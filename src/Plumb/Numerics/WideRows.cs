using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>Rows of double-doubles, their halves apart, so that eight elements are worked on at once.</summary>
internal sealed class WideRows
{
    private readonly PaddedRows _high;
    private readonly PaddedRows _low;

    /// <summary>A copy of rows of one length.</summary>
    public WideRows(DoubleDouble[][] rows)
    {
        var length = rows.Length == 0 ? 0 : rows[0].Length;
        (_high, _low) = (new PaddedRows(rows.Length, length), new PaddedRows(rows.Length, length));
        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < length; k++)
            {
                (_high[i, k], _low[i, k]) = (rows[i][k].High, rows[i][k].Low);
            }
        }
    }

    /// <summary>A row's length, to a double's accuracy.</summary>
    public double LengthOf(int row) => Math.Sqrt(RowProducts.Dot(_high.Row(row), _high.Row(row)));

    /// <summary>The inner product of two rows; error at most about n^2 2^-106 of that of absolute values, n an eighth of the length.</summary>
    public DoubleDouble Dot(int left, int right) => RowProducts.Accurate(_high.Row(left), _high.Row(right), _low.Row(right)) + RowProducts.Dot(_low.Row(left), _high.Row(right));

    /// <summary>Divides a row.</summary>
    public void Divide(int row, DoubleDouble divisor)
    {
        for (var k = 0; k < _high.Columns; k++)
        {
            var value = DoubleDouble.Sum(_high[row, k], _low[row, k]) / divisor;
            (_high[row, k], _low[row, k]) = (value.High, value.Low);
        }
    }

    /// <summary>Takes factor times another row from a row; error a few 2^-106 of what is added.</summary>
    public void Subtract(int row, DoubleDouble factor, int other)
    {
        var (factorHigh, factorLow) = (Vector512.Create(-factor.High), Vector512.Create(-factor.Low));
        ref var high = ref MemoryMarshal.GetReference(_high.Row(row));
        ref var low = ref MemoryMarshal.GetReference(_low.Row(row));
        ref var otherHigh = ref MemoryMarshal.GetReference(_high.Row(other));
        ref var otherLow = ref MemoryMarshal.GetReference(_low.Row(other));
        for (nuint k = 0; k < (nuint)_high.Stride; k += PaddedRows.Octet)
        {
            var (a, b) = (Vector512.LoadUnsafe(ref high, k), Vector512.LoadUnsafe(ref otherHigh, k));
            var product = factorHigh * b;
            var error = Vector512.FusedMultiplyAdd(factorHigh, Vector512.LoadUnsafe(ref otherLow, k), Vector512.FusedMultiplyAdd(factorLow, b, Vector512.FusedMultiplyAdd(factorHigh, b, -product)));
            var sum = a + product;
            var part = sum - a;
            var rest = (a - (sum - part)) + (product - part) + (Vector512.LoadUnsafe(ref low, k) + error);
            var rounded = sum + rest;
            rounded.StoreUnsafe(ref high, k);
            (rest - (rounded - sum)).StoreUnsafe(ref low, k);
        }
    }
}

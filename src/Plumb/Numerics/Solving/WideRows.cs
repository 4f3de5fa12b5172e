using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>Rows of double-doubles, their halves apart, so that eight elements are worked on at once.</summary>
internal sealed class WideRows
{
    private readonly PaddedRows _high;
    private readonly PaddedRows _low;

    /// <summary>Rows of zeros.</summary>
    public WideRows(int rows, int columns) =>
        (_high, _low) = (new PaddedRows(rows, columns), new PaddedRows(rows, columns));

    /// <summary>A copy of rows of one length.</summary>
    public WideRows(DoubleDouble[][] rows)
        : this(rows.Length, rows.Length == 0 ? 0 : rows[0].Length)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            for (var k = 0; k < rows[i].Length; k++)
            {
                this[i, k] = rows[i][k];
            }
        }
    }

    /// <summary>Whether all elements are 0.</summary>
    public bool IsZero => !_high.Values.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>An element.</summary>
    public DoubleDouble this[int row, int column]
    {
        get => DoubleDouble.Sum(_high[row, column], _low[row, column]);
        set => (_high[row, column], _low[row, column]) = (value.High, value.Low);
    }

    /// <summary>The high halves of a row.</summary>
    public Span<double> High(int row) => _high.Row(row);

    /// <summary>The low halves of a row.</summary>
    public Span<double> Low(int row) => _low.Row(row);

    /// <summary>A row's length, to a double's accuracy.</summary>
    public double LengthOf(int row) => Math.Sqrt(RowProducts.Dot(_high.Row(row), _high.Row(row)));

    /// <summary>
    /// The inner product of two rows; error at most about n^2 2^-106 of that of absolute values, n an eighth of the
    /// length.
    /// </summary>
    public DoubleDouble Dot(int left, int right) => Dot(left, right, _high.Stride);

    /// <summary>The same over the first columns, a multiple of eight.</summary>
    public DoubleDouble Dot(int left, int right, int columns) =>
        AccurateProducts.Dot(_high.Row(left)[..columns], _high.Row(right)[..columns], _low.Row(right)[..columns])
            + RowProducts.Dot(_low.Row(left)[..columns], _high.Row(right)[..columns]);

    /// <summary>Divides a row.</summary>
    public void Divide(int row, DoubleDouble divisor)
    {
        for (var k = 0; k < _high.Columns; k++)
        {
            this[row, k] /= divisor;
        }
    }

    /// <summary>Takes factor times another row from a row; error a few 2^-106 of what is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
            var error = Vector512.FusedMultiplyAdd(factorHigh, Vector512.LoadUnsafe(ref otherLow, k),
                Vector512.FusedMultiplyAdd(factorLow, b, Vector512.FusedMultiplyAdd(factorHigh, b, -product)));
            var sum = a + product;
            var part = sum - a;
            var rest = (a - (sum - part)) + (product - part) + (Vector512.LoadUnsafe(ref low, k) + error);
            var rounded = sum + rest;
            rounded.StoreUnsafe(ref high, k);
            (rest - (rounded - sum)).StoreUnsafe(ref low, k);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>The values of a few rows of <see cref="SlicedGram"/>, before they are cut into slices.</summary>
/// <param name="size">The length of z.</param>
internal sealed class SliceChunk(int size)
{
    private readonly AlignedScratch _values = new(SlicedGram.MostRows * SlicePlan.RoundUp(size));
    private readonly double[] _row = new double[SlicePlan.RoundUp(size)];

    /// <summary>The distance of rows: the length of z, in whole octets.</summary>
    public int Stride { get; } = SlicePlan.RoundUp(size);

    /// <summary>The rows.</summary>
    public Span<double> Values => _values.Span;

    /// <summary>Each column's largest magnitude, once it is found.</summary>
    public double[] Largest { get; } = new double[SlicePlan.RoundUp(size)];

    /// <summary>Loads rows, and the 1 that each ends with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(RowBlock rows, int start, int count)
    {
        _values.Align();
        var values = _values.Span;
        rows.Load(start, count, values, Stride);
        for (var k = 0; k < count; k++)
        {
            values[k * Stride + size - 1] = 1;
        }
    }

    /// <summary>Lets memory bring the next rows, a quarter at a time, while the processor is busy with these.</summary>
    public void FetchQuarter(RowBlock rows, int next, int quarter)
    {
        // A quarter of more rows is more than can be on its way at once, and would have to be waited for.
        const int MostColumns = 24;
        const int QuarterRows = SlicedGram.MostRows / 4;
        if (size <= MostColumns && next + SlicedGram.MostRows <= rows.Rows)
        {
            rows.Fetch(next + quarter * QuarterRows, QuarterRows);
        }
    }

    /// <summary>
    /// Each column's largest magnitude, and that of all; not finite where a value is not: without their signs, bits are
    /// in the order of magnitudes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double FindLargest(int rows)
    {
        ref var values = ref MemoryMarshal.GetReference(_values.Span);
        var (stride, most) = (Stride, 0L);
        for (var c = 0; c < stride; c += TileProduct.Octet)
        {
            var largest = Vector512<long>.Zero;
            ref var value = ref Unsafe.Add(ref values, c);
            for (var k = 0; k < rows; k++)
            {
                largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref value)).AsInt64());
                value = ref Unsafe.Add(ref value, stride);
            }

            largest.AsDouble().CopyTo(Largest, c);
            for (var i = 0; i < TileProduct.Octet; i++)
            {
                most = Math.Max(most, largest[i]);
            }
        }

        return BitConverter.Int64BitsToDouble(most);
    }

    /// <summary>Brings the columns into the order of a plan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Reorder(SlicePlan plan, int rows)
    {
        for (var k = 0; k < rows; k++)
        {
            var row = _values.Span.Slice(k * Stride, Stride);
            row.CopyTo(_row);
            for (var c = 0; c < size; c++)
            {
                row[c] = _row[plan.Order[c]];
            }
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>Rows whose columns are arrays.</summary>
/// <param name="rows">The length of each array.</param>
/// <param name="columns">One array a column.</param>
internal sealed class ColumnRows(int rows, IReadOnlyList<double[]> columns) : RowBlock
{
    private readonly double[][] _columns = [.. columns];
    private const int RowsAtATime = 32;

    public override int Rows => rows;

    public override int Columns => _columns.Length;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        var (length, width) = (ColumnKernels.RoundUp(count), ColumnKernels.RoundUp(_columns.Length));
        if (Transposition.IsSupported && stride >= width && destination.Length >= length * stride
            && start + length <= rows)
        {
            LoadOctets(start, length, destination, stride);
            return;
        }

        // A few rows at a time, so that those written to stay in the nearest cache.
        for (var first = 0; first < count; first += RowsAtATime)
        {
            var some = Math.Min(RowsAtATime, count - first);
            var rowsOfThese = destination[(first * stride)..];
            _ = rowsOfThese[..((some - 1) * stride + _columns.Length)];
            ref var row = ref MemoryMarshal.GetReference(rowsOfThese);
            for (var j = 0; j < _columns.Length; j++)
            {
                ref var place = ref Unsafe.Add(ref row, j);
                foreach (var value in _columns[j].AsSpan(start + first, some))
                {
                    place = value;
                    place = ref Unsafe.Add(ref place, stride);
                }
            }
        }
    }

    // In squares of eight numbers: what they write beyond the last row and column is overwritten, or not looked at.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LoadOctets(int start, int length, Span<double> destination, int stride)
    {
        ref var row = ref MemoryMarshal.GetReference(destination);
        for (var j = 0; j < _columns.Length; j += ColumnKernels.Octet)
        {
            for (var k = 0; k < length; k += ColumnKernels.Octet)
            {
                var square = new Transposition.Columns(Column(j, k), Column(j + 1, k), Column(j + 2, k),
                    Column(j + 3, k), Column(j + 4, k), Column(j + 5, k), Column(j + 6, k), Column(j + 7, k));
                Transposition.Store(square, ref Unsafe.Add(ref row, (nint)k * stride + j), stride);
            }
        }

        Vector512<double> Column(int j, int k) => j < _columns.Length
            ? Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_columns[j]), (nuint)(start + k)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fetch(int start, int count)
    {
        for (var j = 0; j < _columns.Length; j++)
        {
            CacheLines.Fetch(_columns[j].AsSpan(start, count));
        }
    }
}

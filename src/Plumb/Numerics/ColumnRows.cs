using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>Rows whose columns are arrays.</summary>
/// <param name="rows">The length of each array.</param>
/// <param name="columns">One array a column.</param>
internal sealed class ColumnRows(int rows, IReadOnlyList<double[]> columns) : RowBlock
{
    private const int RowsAtATime = 32;

    public override int Rows => rows;

    public override int Columns => columns.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        // A few rows at a time, so that those written to stay in the nearest cache.
        for (var first = 0; first < count; first += RowsAtATime)
        {
            var some = Math.Min(RowsAtATime, count - first);
            var rowsOfThese = destination[(first * stride)..];
            _ = rowsOfThese[..((some - 1) * stride + columns.Count)];
            ref var row = ref MemoryMarshal.GetReference(rowsOfThese);
            for (var j = 0; j < columns.Count; j++)
            {
                ref var place = ref Unsafe.Add(ref row, j);
                foreach (var value in columns[j].AsSpan(start + first, some))
                {
                    place = value;
                    place = ref Unsafe.Add(ref place, stride);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fetch(int start, int count)
    {
        for (var j = 0; j < columns.Count; j++)
        {
            CacheLines.Fetch(columns[j].AsSpan(start, count));
        }
    }
}

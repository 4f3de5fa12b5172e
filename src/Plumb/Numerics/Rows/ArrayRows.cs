using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>Rows that are arrays of their own, in two parts.</summary>
/// <param name="left">One array a row.</param>
/// <param name="leftColumns">Their length.</param>
/// <param name="right">One array a row, as many.</param>
/// <param name="rightColumns">Their length.</param>
internal sealed class ArrayRows(IReadOnlyList<double[]> left, int leftColumns, IReadOnlyList<double[]> right,
    int rightColumns) : RowBlock
{
    public override int Rows => left.Count;

    public override int Columns => leftColumns + rightColumns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        for (var k = 0; k < count; k++)
        {
            var row = destination[(k * stride)..];
            left[start + k].CopyTo(row);
            right[start + k].CopyTo(row[leftColumns..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fetch(int start, int count)
    {
        for (var k = 0; k < count; k++)
        {
            // An array's own span is made by reading its length, and would wait for that.
            CacheLines.Fetch(
                MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(left[start + k]),
                    leftColumns));
            CacheLines.Fetch(
                MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(right[start + k]),
                    rightColumns));
        }
    }
}

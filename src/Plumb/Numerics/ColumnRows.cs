using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>Rows whose columns are arrays.</summary>
/// <param name="rows">The length of each array.</param>
/// <param name="columns">One array a column.</param>
internal sealed class ColumnRows(int rows, IReadOnlyList<double[]> columns) : RowBlock
{
    public override int Rows => rows;

    public override int Columns => columns.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        for (var j = 0; j < columns.Count; j++)
        {
            var column = columns[j].AsSpan(start, count);
            for (var k = 0; k < column.Length; k++)
            {
                destination[k * stride + j] = column[k];
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

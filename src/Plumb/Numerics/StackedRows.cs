using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>Rows that lie one after the other in memory, in two parts: a row of the left one, then a row of the right one.</summary>
internal sealed class StackedRows : RowBlock
{
    private readonly ReadOnlyMemory<double> _left;
    private readonly int _leftColumns;
    private readonly ReadOnlyMemory<double> _right;
    private readonly int _rightColumns;
    private readonly (double[,] Left, double[,] Right)? _arrays; // in place of the memory

    /// <summary>Rows x leftColumns and rows x rightColumns numbers, row by row.</summary>
    public StackedRows(int rows, ReadOnlyMemory<double> left, int leftColumns, ReadOnlyMemory<double> right, int rightColumns) =>
        (Rows, _left, _leftColumns, _right, _rightColumns) = (rows, left, leftColumns, right, rightColumns);

    /// <summary>Two arrays, [row, column].</summary>
    public StackedRows(double[,] left, double[,] right) =>
        (Rows, _leftColumns, _rightColumns, _arrays) = (left.GetLength(0), left.GetLength(1), right.GetLength(1), (left, right));

    public override int Rows { get; }

    public override int Columns => _leftColumns + _rightColumns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        var left = (_arrays is { } arrays ? SpanOf(arrays.Left) : _left.Span).Slice(start * _leftColumns, count * _leftColumns);
        var right = (_arrays is { } others ? SpanOf(others.Right) : _right.Span).Slice(start * _rightColumns, count * _rightColumns);
        for (var k = 0; k < count; k++)
        {
            var row = destination[(k * stride)..];
            Copy(left.Slice(k * _leftColumns, _leftColumns), row);
            Copy(right.Slice(k * _rightColumns, _rightColumns), row[_leftColumns..]);
        }
    }

    /// <summary>Copies numbers, a few one by one: a call takes longer than that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(ReadOnlySpan<double> source, Span<double> destination)
    {
        const int Few = 16;
        if (source.Length > Few)
        {
            source.CopyTo(destination);
            return;
        }

        for (var i = 0; i < source.Length; i++)
        {
            destination[i] = source[i];
        }
    }

    private static ReadOnlySpan<double> SpanOf(double[,] array) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Rows that lie one after the other in memory, in two parts: a row of the left one, then a row of the right one.
/// </summary>
internal sealed class StackedRows : RowBlock
{
    private readonly ReadOnlyMemory<double> _left;
    private readonly int _leftColumns;
    private readonly ReadOnlyMemory<double> _right;
    private readonly int _rightColumns;
    private readonly (double[,] Left, double[,] Right)? _arrays; // in place of the memory

    /// <summary>Rows x leftColumns and rows x rightColumns numbers, row by row.</summary>
    public StackedRows(int rows, ReadOnlyMemory<double> left, int leftColumns, ReadOnlyMemory<double> right,
        int rightColumns) =>
        (Rows, _left, _leftColumns, _right, _rightColumns) = (rows, left, leftColumns, right, rightColumns);

    /// <summary>Two arrays, [row, column].</summary>
    public StackedRows(double[,] left, double[,] right) =>
        (Rows, _leftColumns, _rightColumns, _arrays) = (left.GetLength(0), left.GetLength(1), right.GetLength(1),
            (left, right));

    public override int Rows { get; }

    public override int Columns => _leftColumns + _rightColumns;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Load(int start, int count, Span<double> destination, int stride)
    {
        CopyRows(Left(start, count), _leftColumns, destination, stride);
        CopyRows(Right(start, count), _rightColumns, destination[Math.Min(_leftColumns, destination.Length)..], stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fetch(int start, int count)
    {
        CacheLines.Fetch(Left(start, count));
        CacheLines.Fetch(Right(start, count));
    }

    private ReadOnlySpan<double> Left(int start, int count) =>
        (_arrays is { } arrays ? SpanOf(arrays.Left) : _left.Span).Slice(start * _leftColumns,
            count * _leftColumns);

    private ReadOnlySpan<double> Right(int start, int count) =>
        (_arrays is { } arrays ? SpanOf(arrays.Right) : _right.Span).Slice(start * _rightColumns,
            count * _rightColumns);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(ReadOnlySpan<double> source, int columns, Span<double> destination, int stride)
    {
        const int Octet = 8;
        const int Few = 64; // a call takes longer than copying as many
        if (columns is < Octet or > Few)
        {
            for (; !source.IsEmpty; source = source[columns..],
                destination = destination[Math.Min(stride, destination.Length)..])
            {
                CopyRow(source[..columns], destination);
            }

            return;
        }

        var rows = source.Length / columns;
        _ = destination[..((rows - 1) * stride + columns)];
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(destination);
        for (var k = 0; k < rows; k++)
        {
            for (var i = 0; i < columns - Octet; i += Octet)
            {
                Vector512.LoadUnsafe(ref from, (nuint)i).StoreUnsafe(ref to, (nuint)i);
            }

            // Some once more.
            Vector512.LoadUnsafe(ref from, (nuint)(columns - Octet)).StoreUnsafe(ref to, (nuint)(columns - Octet));
            from = ref Unsafe.Add(ref from, columns);
            to = ref Unsafe.Add(ref to, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow(ReadOnlySpan<double> source, Span<double> destination)
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
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(array)),
            array.Length);
}

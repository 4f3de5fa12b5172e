using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>Products of all slices with all slices: those of a pair of columns on the same grid are added up in one place, its level.</summary>
/// <param name="plan">Where the slices lie.</param>
/// <param name="levels">Receives the sums: for each pair of columns, one a level.</param>
/// <param name="size">The number of columns.</param>
internal sealed class SliceProducts(SlicePlan plan, long[] levels, int size) : ColumnProducts
{
    private const int BlockRows = 2048; // 2^21 * 2^21 * 2^11 = 2^53

    private readonly double[] _sums = new double[plan.Stride * plan.Stride]; // whole numbers below 2^53
    private int _rows; // in them

    public override void Accumulate(double[] matrix, int rows)
    {
        if (_rows + rows > BlockRows)
        {
            Flush();
        }

        TileProduct.Accumulate(matrix, rows, plan.Stride, plan.Octets, _sums);
        _rows += rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Flush()
    {
        if (_rows == 0)
        {
            return;
        }

        var slices = plan.Slices;
        for (var t = 0; t < slices.Length; t++)
        {
            var (left, a) = slices[t];
            var row = _sums.AsSpan(t * plan.Stride, slices.Length);
            for (var u = t; u < row.Length; u++)
            {
                var (right, b) = slices[u];
                var twice = left == right && a != b ? 2 : 1; // the product of two slices of one column stands for both orders
                levels[UpperTriangle.Place(Math.Min(left, right), Math.Max(left, right), size) * plan.Levels + a + b] += twice * (long)row[u];
            }
        }

        Array.Clear(_sums);
        _rows = 0;
    }
}

using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// Products of all slices with all slices: those of a pair of columns on the same grid are added up in one place, its
/// level.
/// </summary>
/// <param name="plan">Where the slices lie.</param>
/// <param name="levels">Receives the sums: for each pair of columns, one per level.</param>
/// <param name="size">The number of columns.</param>
/// <param name="sums">Stride x stride zeros, which become whole numbers below 2^53.</param>
internal sealed class SliceProducts(SlicePlan plan, long[] levels, int size, double[] sums) : ColumnProducts
{
    private const int BlockRows = 2048; // 2^21 * 2^21 * 2^11 = 2^53

    // Up to four columns beyond the last full eight are multiplied as four: their products lie in their own rows of the
    // sums.
    private readonly int _paired = plan.Slices.Length % TileProduct.Octet is > 0 and <= 4
        ? plan.Slices.Length / TileProduct.Octet * TileProduct.Octet : plan.Octets * TileProduct.Octet;
    private int _rows; // in the sums

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(Memory<double> matrix, int rows)
    {
        if (_rows + rows > BlockRows)
        {
            Flush();
        }

        TileProduct.Accumulate(matrix.Span, rows, plan.Stride, _paired / TileProduct.Octet, sums);
        if (_paired < plan.Slices.Length)
        {
            TileProduct.AccumulateLastFour(matrix.Span, rows, plan.Stride, plan.Octets, sums);
        }

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
            for (var u = t; u < slices.Length; u++)
            {
                var sum = (long)(u < _paired ? sums[t * plan.Stride + u] : sums[u * plan.Stride + t]);
                var (right, b) = slices[u];
                // The product of two slices of one column stands for both orders.
                var twice = left == right && a != b ? 2 : 1;
                levels[UpperTriangle.Place(Math.Min(left, right), Math.Max(left, right), size) * plan.AllLevels + a
                    + b] += twice * sum;
            }
        }

        Array.Clear(sums);
        _rows = 0;
    }
}

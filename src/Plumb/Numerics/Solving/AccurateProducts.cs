using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Inner products of rows in twice a double's precision. Eight partial sums, with fused multiply-adds, added in a fixed
/// order: the same bits for every vector width.
/// Ogita, Rump and Oishi, Accurate sum and dot product, SIAM J. Sci. Comput. 26(6), 2005.
/// </summary>
internal static class AccurateProducts
{
    /// <summary>
    /// Rows that a tile of products has on the right; on the left, it has as many as a plain one.
    /// </summary>
    public const int RightRows = 2;

    private const double Unit = 1.0 / (1L << 53);

    /// <summary>
    /// A bound on the error of <see cref="Dot"/> over rows of this length, relative to the product of absolute
    /// values: ((m + 2)^2 + 23) u^2, m the terms of each partial sum,
    /// which covers the second factor's own rounding to double-double as well.
    /// </summary>
    public static double DotError(int length)
    {
        const int Spare = 12;
        var terms = PaddedRows.RoundUp(length) / PaddedRows.Octet + Spare;
        return 1.01 * terms * terms * Unit * Unit;
    }

    /// <summary>
    /// A bound on the error of <see cref="Tile"/> over rows of this length, relative to what bounds their sums
    /// of absolute values: 17 (m + 5)^2 u^2, m the terms of each partial sum.
    /// Each term leaves a rest of at most 4 u, and the sum of the rests of eight lanes is rounded 2 m times; the rest
    /// is for adding up lanes and for the second factor's own rounding.
    /// </summary>
    public static double TileError(int length)
    {
        const int Spare = 5;
        var terms = PaddedRows.RoundUp(length) / PaddedRows.Octet + Spare;
        return 17.2 * terms * terms * Unit * Unit;
    }

    /// <summary>
    /// The inner product of x and yHigh + yLow, with an error of at most <see cref="DotError"/> times that of
    /// absolute values.
    /// </summary>
    /// <param name="x">Doubles.</param>
    /// <param name="yHigh">Doubles.</param>
    /// <param name="yLow">What they lack: at most half a unit in the last place of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static DoubleDouble Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> yHigh, ReadOnlySpan<double> yLow)
    {
        Vector512<double> sum = default, rest = default;
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var high = ref MemoryMarshal.GetReference(yHigh);
        ref var low = ref MemoryMarshal.GetReference(yLow);
        for (nuint k = 0; k < (nuint)x.Length; k += PaddedRows.Octet)
        {
            Add(Vector512.LoadUnsafe(ref first, k), Vector512.LoadUnsafe(ref high, k), Vector512.LoadUnsafe(ref low, k),
                ref sum, ref rest);
        }

        return Sum(sum, rest);
    }

    /// <summary>
    /// The accurate inner products of four rows of x and two of y, each with an error of at most
    /// <see cref="TileError"/> times its bound: products[2 i + j].
    /// Sums start at three times their bounds, so that they are never smaller than a term: what rounding takes of it
    /// comes of two subtractions instead of five (Dekker, Numer. Math. 18, 1971).
    /// </summary>
    /// <param name="x">Four rows of doubles.</param>
    /// <param name="xStride">Their distance.</param>
    /// <param name="yHigh">Two rows of doubles.</param>
    /// <param name="yLow">What they lack: at most half a unit in the last place of each.</param>
    /// <param name="yStride">Their distance.</param>
    /// <param name="to">The column to end before, a multiple of eight.</param>
    /// <param name="bounds">A bound on the sum of absolute values of each product's terms.</param>
    /// <param name="products">Eight numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile(ref double x, int xStride, ref double yHigh, ref double yLow, int yStride, int to,
        ReadOnlySpan<double> bounds, Span<DoubleDouble> products)
    {
        const double Above = 3;
        var (s00, s01, s10, s11) =
            (Vector512.Create(Above * bounds[0]), Vector512.Create(Above * bounds[1]),
                Vector512.Create(Above * bounds[2]), Vector512.Create(Above * bounds[3]));
        var (s20, s21, s30, s31) =
            (Vector512.Create(Above * bounds[4]), Vector512.Create(Above * bounds[5]),
                Vector512.Create(Above * bounds[6]), Vector512.Create(Above * bounds[7]));
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        ref var x1 = ref Unsafe.Add(ref x, xStride);
        ref var x2 = ref Unsafe.Add(ref x, 2 * xStride);
        ref var x3 = ref Unsafe.Add(ref x, 3 * xStride);
        ref var yHigh1 = ref Unsafe.Add(ref yHigh, yStride);
        ref var yLow1 = ref Unsafe.Add(ref yLow, yStride);
        for (nuint k = 0; k < (nuint)to; k += PaddedRows.Octet)
        {
            var (high, high1) = (Vector512.LoadUnsafe(ref yHigh, k), Vector512.LoadUnsafe(ref yHigh1, k));
            var (low, low1) = (Vector512.LoadUnsafe(ref yLow, k), Vector512.LoadUnsafe(ref yLow1, k));
            var a = Vector512.LoadUnsafe(ref x, k);
            AddSmaller(a, high, low, ref s00, ref c00);
            AddSmaller(a, high1, low1, ref s01, ref c01);
            a = Vector512.LoadUnsafe(ref x1, k);
            AddSmaller(a, high, low, ref s10, ref c10);
            AddSmaller(a, high1, low1, ref s11, ref c11);
            a = Vector512.LoadUnsafe(ref x2, k);
            AddSmaller(a, high, low, ref s20, ref c20);
            AddSmaller(a, high1, low1, ref s21, ref c21);
            a = Vector512.LoadUnsafe(ref x3, k);
            AddSmaller(a, high, low, ref s30, ref c30);
            AddSmaller(a, high1, low1, ref s31, ref c31);
        }

        // Out of the registers first: none of them outlives a call.
        ReadOnlySpan<Vector512<double>> sums = [s00, s01, s10, s11, s20, s21, s30, s31];
        ReadOnlySpan<Vector512<double>> rests = [c00, c01, c10, c11, c20, c21, c30, c31];
        for (var i = 0; i < sums.Length; i++)
        {
            products[i] = Sum(sums[i] - Vector512.Create(Above * bounds[i]), rests[i]);
        }
    }

    /// <summary>Adds x y to a sum that is not smaller, without error but that of the small rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSmaller(Vector512<double> x, Vector512<double> high, Vector512<double> low,
        ref Vector512<double> sum, ref Vector512<double> rest)
    {
        var product = x * high;
        var error = Vector512.FusedMultiplyAdd(x, low, Vector512.FusedMultiplyAdd(x, high, -product));
        var next = sum + product;
        rest += (product - (next - sum)) + error;
        sum = next;
    }

    /// <summary>Adds x y to a sum without error but that of the small rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<double> x, Vector512<double> high, Vector512<double> low,
        ref Vector512<double> sum, ref Vector512<double> rest)
    {
        var product = x * high;
        var error = Vector512.FusedMultiplyAdd(x, low, Vector512.FusedMultiplyAdd(x, high, -product));
        var next = sum + product;
        var part = next - sum;
        rest += (sum - (next - part)) + (product - part) + error;
        sum = next;
    }

    /// <summary>Halves are added without error but that of the small rest.</summary>
    private static DoubleDouble Sum(Vector512<double> lanes, Vector512<double> rest)
    {
        var (left, right) = (lanes.GetLower(), lanes.GetUpper());
        var four = left + right;
        var part = four - left;
        var rest4 = rest.GetLower() + rest.GetUpper() + ((left - (four - part)) + (right - part));
        var (first, second) = (four.GetLower(), four.GetUpper());
        var two = first + second;
        var share = two - first;
        var rest2 = rest4.GetLower() + rest4.GetUpper() + ((first - (two - share)) + (second - share));
        return DoubleDouble.Sum(two.GetElement(0), two.GetElement(1)) + (rest2.GetElement(0) + rest2.GetElement(1));
    }
}

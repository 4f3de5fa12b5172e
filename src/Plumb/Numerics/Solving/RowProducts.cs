using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Inner products of rows in doubles. Eight partial sums, with fused multiply-adds, added in a fixed order: the same
/// bits for every vector width.
/// </summary>
internal static class RowProducts
{
    /// <summary>Rows that a tile of products has on either side.</summary>
    public const int Tile = 4;

    private const double Unit = 1.0 / (1L << 53);

    /// <summary>A bound on the relative error of n roundings: n u / (1 - n u), with some to spare.</summary>
    public static double Gamma(int roundings) => roundings * Unit / (1 - 2 * roundings * Unit);

    /// <summary>The inner product of two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = Vector512<double>.Zero;
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(y);
        for (nuint k = 0; k < (nuint)x.Length; k += PaddedRows.Octet)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref first, k), Vector512.LoadUnsafe(ref second, k),
                sum);
        }

        return Sum(sum);
    }

    /// <summary>The inner product of absolute values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double DotOfMagnitudes(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sum = Vector512<double>.Zero;
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(y);
        for (nuint k = 0; k < (nuint)x.Length; k += PaddedRows.Octet)
        {
            sum =
                Vector512.FusedMultiplyAdd(Vector512.Abs(Vector512.LoadUnsafe(ref first, k)),
                    Vector512.Abs(Vector512.LoadUnsafe(ref second, k)), sum);
        }

        return Sum(sum);
    }

    /// <summary>The sum of absolute values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfMagnitudes(ReadOnlySpan<double> row)
    {
        var sum = 0.0;
        foreach (var value in row)
        {
            sum += Math.Abs(value);
        }

        return sum;
    }

    /// <summary>
    /// Puts a x + b y in the place of x, and c x + d y in that of y; returns the inner products of each with itself.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double First, double Second) Combine(Span<double> x, Span<double> y, double a, double b, double c,
        double d)
    {
        Vector512<double> firstSquare = default, secondSquare = default;
        ref var first = ref MemoryMarshal.GetReference(x);
        ref var second = ref MemoryMarshal.GetReference(y);
        for (nuint k = 0; k < (nuint)x.Length; k += PaddedRows.Octet)
        {
            var (left, right) = (Vector512.LoadUnsafe(ref first, k), Vector512.LoadUnsafe(ref second, k));
            var newLeft = Vector512.FusedMultiplyAdd(Vector512.Create(a), left, right * b);
            var newRight = Vector512.FusedMultiplyAdd(Vector512.Create(c), left, right * d);
            newLeft.StoreUnsafe(ref first, k);
            newRight.StoreUnsafe(ref second, k);
            firstSquare = Vector512.FusedMultiplyAdd(newLeft, newLeft, firstSquare);
            secondSquare = Vector512.FusedMultiplyAdd(newRight, newRight, secondSquare);
        }

        return (Sum(firstSquare), Sum(secondSquare));
    }

    /// <summary>
    /// The inner products of four rows of x and four of y, over columns from..to, both multiples of eight: products[4 i
    /// + j].
    /// </summary>
    /// <param name="x">Four rows.</param>
    /// <param name="xStride">Their distance.</param>
    /// <param name="y">Four rows.</param>
    /// <param name="yStride">Their distance.</param>
    /// <param name="from">The first column.</param>
    /// <param name="to">The column to end before.</param>
    /// <param name="products">Sixteen numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Dots(ref double x, int xStride, ref double y, int yStride, int from, int to,
        Span<double> products)
    {
        Vector512<double> s00 = default, s01 = default, s02 = default, s03 = default, s10 = default, s11 = default,
            s12 = default, s13 = default;
        Vector512<double> s20 = default, s21 = default, s22 = default, s23 = default, s30 = default, s31 = default,
            s32 = default, s33 = default;
        ref var x1 = ref Unsafe.Add(ref x, xStride);
        ref var x2 = ref Unsafe.Add(ref x, 2 * xStride);
        ref var x3 = ref Unsafe.Add(ref x, 3 * xStride);
        ref var y1 = ref Unsafe.Add(ref y, yStride);
        ref var y2 = ref Unsafe.Add(ref y, 2 * yStride);
        ref var y3 = ref Unsafe.Add(ref y, 3 * yStride);
        for (var k = (nuint)from; k < (nuint)to; k += PaddedRows.Octet)
        {
            var (b0, b1, b2, b3) =
                (Vector512.LoadUnsafe(ref y, k), Vector512.LoadUnsafe(ref y1, k), Vector512.LoadUnsafe(ref y2, k),
                    Vector512.LoadUnsafe(ref y3, k));
            var a = Vector512.LoadUnsafe(ref x, k);
            s00 = Vector512.FusedMultiplyAdd(a, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(a, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(a, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(a, b3, s03);
            a = Vector512.LoadUnsafe(ref x1, k);
            s10 = Vector512.FusedMultiplyAdd(a, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(a, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(a, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(a, b3, s13);
            a = Vector512.LoadUnsafe(ref x2, k);
            s20 = Vector512.FusedMultiplyAdd(a, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(a, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(a, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(a, b3, s23);
            a = Vector512.LoadUnsafe(ref x3, k);
            s30 = Vector512.FusedMultiplyAdd(a, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(a, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(a, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(a, b3, s33);
        }

        products[15] = Sum(s33);
        (products[0], products[1], products[2], products[3]) = (Sum(s00), Sum(s01), Sum(s02), Sum(s03));
        (products[4], products[5], products[6], products[7]) = (Sum(s10), Sum(s11), Sum(s12), Sum(s13));
        (products[8], products[9], products[10], products[11]) = (Sum(s20), Sum(s21), Sum(s22), Sum(s23));
        (products[12], products[13], products[14]) = (Sum(s30), Sum(s31), Sum(s32));
    }

    /// <summary>
    /// The inner products of up to four rows of x and four of y, over columns from..to, both multiples of eight:
    /// products[4 i + j]. The same bits as <see cref="Dot"/>'s.
    /// </summary>
    public static void Dots(PaddedRows x, int xFirst, PaddedRows y, int yFirst, int from, int to, Span<double> products)
    {
        var (height, width) = (Math.Min(Tile, x.Rows - xFirst), Math.Min(Tile, y.Rows - yFirst));
        if (height == Tile && width == Tile)
        {
            Dots(ref x[xFirst, 0], x.Stride, ref y[yFirst, 0], y.Stride, from, to, products);
            return;
        }

        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                products[Tile * i + j] = Dot(x.Row(xFirst + i)[from..to], y.Row(yFirst + j)[from..to]);
            }
        }
    }

    private static double Sum(Vector512<double> lanes)
    {
        var four = lanes.GetLower() + lanes.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two.GetElement(0) + two.GetElement(1);
    }
}

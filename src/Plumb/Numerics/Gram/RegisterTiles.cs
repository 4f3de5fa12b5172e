using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// What <see cref="TileProduct"/> is made of: the products of a few columns with a few others, kept in registers while
/// all rows pass by, and then added to the sums.
/// </summary>
internal static class RegisterTiles
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x24(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        Vector512<double> c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        Vector512<double> c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, TileProduct.Octet);
            var r2 = Vector512.LoadUnsafe(ref right, 2 * TileProduct.Octet);
            var x = Vector512.Create(left);
            (c00, c01, c02) =
                (Vector512.MultiplyAddEstimate(x, r0, c00), Vector512.MultiplyAddEstimate(x, r1, c01),
                    Vector512.MultiplyAddEstimate(x, r2, c02));
            x = Vector512.Create(Unsafe.Add(ref left, 1));
            (c10, c11, c12) =
                (Vector512.MultiplyAddEstimate(x, r0, c10), Vector512.MultiplyAddEstimate(x, r1, c11),
                    Vector512.MultiplyAddEstimate(x, r2, c12));
            x = Vector512.Create(Unsafe.Add(ref left, 2));
            (c20, c21, c22) =
                (Vector512.MultiplyAddEstimate(x, r0, c20), Vector512.MultiplyAddEstimate(x, r1, c21),
                    Vector512.MultiplyAddEstimate(x, r2, c22));
            x = Vector512.Create(Unsafe.Add(ref left, 3));
            (c30, c31, c32) =
                (Vector512.MultiplyAddEstimate(x, r0, c30), Vector512.MultiplyAddEstimate(x, r1, c31),
                    Vector512.MultiplyAddEstimate(x, r2, c32));
            x = Vector512.Create(Unsafe.Add(ref left, 4));
            (c40, c41, c42) =
                (Vector512.MultiplyAddEstimate(x, r0, c40), Vector512.MultiplyAddEstimate(x, r1, c41),
                    Vector512.MultiplyAddEstimate(x, r2, c42));
            x = Vector512.Create(Unsafe.Add(ref left, 5));
            (c50, c51, c52) =
                (Vector512.MultiplyAddEstimate(x, r0, c50), Vector512.MultiplyAddEstimate(x, r1, c51),
                    Vector512.MultiplyAddEstimate(x, r2, c52));
            x = Vector512.Create(Unsafe.Add(ref left, 6));
            (c60, c61, c62) =
                (Vector512.MultiplyAddEstimate(x, r0, c60), Vector512.MultiplyAddEstimate(x, r1, c61),
                    Vector512.MultiplyAddEstimate(x, r2, c62));
            x = Vector512.Create(Unsafe.Add(ref left, 7));
            (c70, c71, c72) =
                (Vector512.MultiplyAddEstimate(x, r0, c70), Vector512.MultiplyAddEstimate(x, r1, c71),
                    Vector512.MultiplyAddEstimate(x, r2, c72));
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Add(ref sums, c00, c01, c02);
        Add(ref Unsafe.Add(ref sums, stride), c10, c11, c12);
        Add(ref Unsafe.Add(ref sums, 2 * stride), c20, c21, c22);
        Add(ref Unsafe.Add(ref sums, 3 * stride), c30, c31, c32);
        Add(ref Unsafe.Add(ref sums, 4 * stride), c40, c41, c42);
        Add(ref Unsafe.Add(ref sums, 5 * stride), c50, c51, c52);
        Add(ref Unsafe.Add(ref sums, 6 * stride), c60, c61, c62);
        Add(ref Unsafe.Add(ref sums, 7 * stride), c70, c71, c72);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x16(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        Vector512<double> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default,
            c70 = default, c71 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, TileProduct.Octet);
            var x = Vector512.Create(left);
            (c00, c01) = (Vector512.MultiplyAddEstimate(x, r0, c00), Vector512.MultiplyAddEstimate(x, r1, c01));
            x = Vector512.Create(Unsafe.Add(ref left, 1));
            (c10, c11) = (Vector512.MultiplyAddEstimate(x, r0, c10), Vector512.MultiplyAddEstimate(x, r1, c11));
            x = Vector512.Create(Unsafe.Add(ref left, 2));
            (c20, c21) = (Vector512.MultiplyAddEstimate(x, r0, c20), Vector512.MultiplyAddEstimate(x, r1, c21));
            x = Vector512.Create(Unsafe.Add(ref left, 3));
            (c30, c31) = (Vector512.MultiplyAddEstimate(x, r0, c30), Vector512.MultiplyAddEstimate(x, r1, c31));
            x = Vector512.Create(Unsafe.Add(ref left, 4));
            (c40, c41) = (Vector512.MultiplyAddEstimate(x, r0, c40), Vector512.MultiplyAddEstimate(x, r1, c41));
            x = Vector512.Create(Unsafe.Add(ref left, 5));
            (c50, c51) = (Vector512.MultiplyAddEstimate(x, r0, c50), Vector512.MultiplyAddEstimate(x, r1, c51));
            x = Vector512.Create(Unsafe.Add(ref left, 6));
            (c60, c61) = (Vector512.MultiplyAddEstimate(x, r0, c60), Vector512.MultiplyAddEstimate(x, r1, c61));
            x = Vector512.Create(Unsafe.Add(ref left, 7));
            (c70, c71) = (Vector512.MultiplyAddEstimate(x, r0, c70), Vector512.MultiplyAddEstimate(x, r1, c71));
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Add(ref sums, c00, c01);
        Add(ref Unsafe.Add(ref sums, stride), c10, c11);
        Add(ref Unsafe.Add(ref sums, 2 * stride), c20, c21);
        Add(ref Unsafe.Add(ref sums, 3 * stride), c30, c31);
        Add(ref Unsafe.Add(ref sums, 4 * stride), c40, c41);
        Add(ref Unsafe.Add(ref sums, 5 * stride), c50, c51);
        Add(ref Unsafe.Add(ref sums, 6 * stride), c60, c61);
        Add(ref Unsafe.Add(ref sums, 7 * stride), c70, c71);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x8(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default,
            c6 = default, c7 = default;
        for (var k = 0; k < rows; k++)
        {
            var r = Vector512.LoadUnsafe(ref right);
            c0 = Vector512.MultiplyAddEstimate(Vector512.Create(left), r, c0);
            c1 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 1)), r, c1);
            c2 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 2)), r, c2);
            c3 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 3)), r, c3);
            c4 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 4)), r, c4);
            c5 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 5)), r, c5);
            c6 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 6)), r, c6);
            c7 = Vector512.MultiplyAddEstimate(Vector512.Create(Unsafe.Add(ref left, 7)), r, c7);
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Add(ref sums, c0);
        Add(ref Unsafe.Add(ref sums, stride), c1);
        Add(ref Unsafe.Add(ref sums, 2 * stride), c2);
        Add(ref Unsafe.Add(ref sums, 3 * stride), c3);
        Add(ref Unsafe.Add(ref sums, 4 * stride), c4);
        Add(ref Unsafe.Add(ref sums, 5 * stride), c5);
        Add(ref Unsafe.Add(ref sums, 6 * stride), c6);
        Add(ref Unsafe.Add(ref sums, 7 * stride), c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x24(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, TileProduct.Octet);
            var r2 = Vector512.LoadUnsafe(ref right, 2 * TileProduct.Octet);
            var x = Vector512.Create(left);
            (c00, c01, c02) =
                (Vector512.MultiplyAddEstimate(x, r0, c00), Vector512.MultiplyAddEstimate(x, r1, c01),
                    Vector512.MultiplyAddEstimate(x, r2, c02));
            x = Vector512.Create(Unsafe.Add(ref left, 1));
            (c10, c11, c12) =
                (Vector512.MultiplyAddEstimate(x, r0, c10), Vector512.MultiplyAddEstimate(x, r1, c11),
                    Vector512.MultiplyAddEstimate(x, r2, c12));
            x = Vector512.Create(Unsafe.Add(ref left, 2));
            (c20, c21, c22) =
                (Vector512.MultiplyAddEstimate(x, r0, c20), Vector512.MultiplyAddEstimate(x, r1, c21),
                    Vector512.MultiplyAddEstimate(x, r2, c22));
            x = Vector512.Create(Unsafe.Add(ref left, 3));
            (c30, c31, c32) =
                (Vector512.MultiplyAddEstimate(x, r0, c30), Vector512.MultiplyAddEstimate(x, r1, c31),
                    Vector512.MultiplyAddEstimate(x, r2, c32));
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Add(ref sums, c00, c01, c02);
        Add(ref Unsafe.Add(ref sums, stride), c10, c11, c12);
        Add(ref Unsafe.Add(ref sums, 2 * stride), c20, c21, c22);
        Add(ref Unsafe.Add(ref sums, 3 * stride), c30, c31, c32);
    }

    /// <summary>For vectors of 256 bits or fewer, of which there are 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x8(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector256<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector256.LoadUnsafe(ref right);
            var r1 = Vector256.LoadUnsafe(ref right, 4);
            var x = Vector256.Create(left);
            (c00, c01) = (Vector256.MultiplyAddEstimate(x, r0, c00), Vector256.MultiplyAddEstimate(x, r1, c01));
            x = Vector256.Create(Unsafe.Add(ref left, 1));
            (c10, c11) = (Vector256.MultiplyAddEstimate(x, r0, c10), Vector256.MultiplyAddEstimate(x, r1, c11));
            x = Vector256.Create(Unsafe.Add(ref left, 2));
            (c20, c21) = (Vector256.MultiplyAddEstimate(x, r0, c20), Vector256.MultiplyAddEstimate(x, r1, c21));
            x = Vector256.Create(Unsafe.Add(ref left, 3));
            (c30, c31) = (Vector256.MultiplyAddEstimate(x, r0, c30), Vector256.MultiplyAddEstimate(x, r1, c31));
            left = ref Unsafe.Add(ref left, stride);
            right = ref Unsafe.Add(ref right, stride);
        }

        Add(ref sums, c00, c01);
        Add(ref Unsafe.Add(ref sums, stride), c10, c11);
        Add(ref Unsafe.Add(ref sums, 2 * stride), c20, c21);
        Add(ref Unsafe.Add(ref sums, 3 * stride), c30, c31);
    }

    private static void Add(ref double sums, Vector512<double> a, Vector512<double> b, Vector512<double> c)
    {
        Add(ref sums, a);
        Add(ref Unsafe.Add(ref sums, 8), b);
        Add(ref Unsafe.Add(ref sums, 16), c);
    }

    private static void Add(ref double sums, Vector512<double> a, Vector512<double> b)
    {
        Add(ref sums, a);
        Add(ref Unsafe.Add(ref sums, 8), b);
    }

    private static void Add(ref double sums, Vector512<double> a) =>
        (Vector512.LoadUnsafe(ref sums) + a).StoreUnsafe(ref sums);

    private static void Add(ref double sums, Vector256<double> a, Vector256<double> b)
    {
        (Vector256.LoadUnsafe(ref sums) + a).StoreUnsafe(ref sums);
        (Vector256.LoadUnsafe(ref sums, 4) + b).StoreUnsafe(ref sums, 4);
    }
}

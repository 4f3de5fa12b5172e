using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// The upper triangle of Z'Z for a matrix of whole numbers, stored row by row: register tiles of 8 x 24 elements, the
/// innermost loop over the rows.
/// Its sums stay below 2^53, so they are exact, and the same for every vector width.
/// Goto and van de Geijn, Anatomy of high-performance matrix multiplication, ACM Trans. Math. Softw. 34(3), 2008.
/// </summary>
internal static class TileProduct
{
    /// <summary>Columns are taken eight at a time; matrices are padded to a multiple of this.</summary>
    public const int Octet = 8;

    /// <summary>A tile's columns, in eights: 8 x 3 vectors are 24 of 32 registers.</summary>
    public const int OctetsPerTile = 3;

    /// <summary>Adds Z'Z to the sums.</summary>
    /// <param name="matrix">Z, rows x stride.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">The length of a row, a multiple of 8.</param>
    /// <param name="octets">The columns to multiply, in eights.</param>
    /// <param name="sums">Stride x stride; only octets on and above the diagonal are changed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(ReadOnlySpan<double> matrix, int rows, int stride, int octets, Span<double> sums)
    {
        ref var z = ref MemoryMarshal.GetReference(matrix);
        ref var s = ref MemoryMarshal.GetReference(sums);
        for (var first = 0; first < octets; first += OctetsPerTile)
        {
            // The columns of a tile stay in the first-level cache while all rows of tiles above and on the diagonal
            // pass by.
            var width = Math.Min(OctetsPerTile, octets - first);
            for (var left = 0; left < first + width; left++)
            {
                var right = Math.Max(first, left); // none of the octets below the diagonal
                Tile(ref Unsafe.Add(ref z, left * Octet), ref Unsafe.Add(ref z, right * Octet), first + width - right,
                    rows, stride, ref Unsafe.Add(ref s, left * Octet * stride + right * Octet));
            }
        }
    }

    /// <summary>
    /// Adds the products of four columns, the last that are not padding, with all columns to the sums: rows of Z'Z, on
    /// both sides of the diagonal.
    /// </summary>
    /// <param name="matrix">Z, rows x stride.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="stride">The length of a row, a multiple of 8.</param>
    /// <param name="octets">All columns, in eights.</param>
    /// <param name="sums">Stride x stride; only the first four rows of the last octet are changed.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AccumulateLastFour(ReadOnlySpan<double> matrix, int rows, int stride, int octets,
        Span<double> sums)
    {
        ref var z = ref MemoryMarshal.GetReference(matrix);
        ref var s = ref MemoryMarshal.GetReference(sums);
        var four = (octets - 1) * Octet;
        var octet = 0;
        for (; Vector512.IsHardwareAccelerated && octet + OctetsPerTile <= octets; octet += OctetsPerTile)
        {
            Tile4x24(ref Unsafe.Add(ref z, four), ref Unsafe.Add(ref z, octet * Octet), rows, stride,
                ref Unsafe.Add(ref s, four * stride + octet * Octet));
        }

        for (; octet < octets; octet++)
        {
            Tile4x8(ref Unsafe.Add(ref z, four), ref Unsafe.Add(ref z, octet * Octet), rows, stride,
                ref Unsafe.Add(ref s, four * stride + octet * Octet));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref double left, ref double right, int octets, int rows, nint stride, ref double sums)
    {
        if (!Vector512.IsHardwareAccelerated)
        {
            for (var octet = 0; octet < octets; octet++)
            {
                Tile4x8(ref left, ref Unsafe.Add(ref right, octet * Octet), rows, stride,
                    ref Unsafe.Add(ref sums, octet * Octet));
                Tile4x8(ref Unsafe.Add(ref left, 4), ref Unsafe.Add(ref right, octet * Octet), rows, stride,
                    ref Unsafe.Add(ref sums, 4 * stride + octet * Octet));
            }
        }
        else if (octets == OctetsPerTile)
        {
            Tile8x24(ref left, ref right, rows, stride, ref sums);
        }
        else if (octets == 2)
        {
            Tile8x16(ref left, ref right, rows, stride, ref sums);
        }
        else
        {
            Tile8x8(ref left, ref right, rows, stride, ref sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x24(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        Vector512<double> c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        Vector512<double> c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, Octet);
            var r2 = Vector512.LoadUnsafe(ref right, 2 * Octet);
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
    private static void Tile8x16(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        Vector512<double> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default,
            c70 = default, c71 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, Octet);
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
    private static void Tile8x8(ref double left, ref double right, int rows, nint stride, ref double sums)
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
    private static void Tile4x24(ref double left, ref double right, int rows, nint stride, ref double sums)
    {
        Vector512<double> c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        Vector512<double> c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (var k = 0; k < rows; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, Octet);
            var r2 = Vector512.LoadUnsafe(ref right, 2 * Octet);
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
    private static void Tile4x8(ref double left, ref double right, int rows, nint stride, ref double sums)
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

    private static void Add(ref double sums,
        Vector512<double> a) => (Vector512.LoadUnsafe(ref sums) + a).StoreUnsafe(ref sums);

    private static void Add(ref double sums, Vector256<double> a, Vector256<double> b)
    {
        (Vector256.LoadUnsafe(ref sums) + a).StoreUnsafe(ref sums);
        (Vector256.LoadUnsafe(ref sums, 4) + b).StoreUnsafe(ref sums, 4);
    }
}

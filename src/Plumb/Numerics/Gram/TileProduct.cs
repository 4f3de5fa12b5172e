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
            RegisterTiles.Tile4x24(ref Unsafe.Add(ref z, four), ref Unsafe.Add(ref z, octet * Octet), rows, stride,
                ref Unsafe.Add(ref s, four * stride + octet * Octet));
        }

        for (; octet < octets; octet++)
        {
            RegisterTiles.Tile4x8(ref Unsafe.Add(ref z, four), ref Unsafe.Add(ref z, octet * Octet), rows, stride,
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
                RegisterTiles.Tile4x8(ref left, ref Unsafe.Add(ref right, octet * Octet), rows, stride,
                    ref Unsafe.Add(ref sums, octet * Octet));
                RegisterTiles.Tile4x8(ref Unsafe.Add(ref left, 4), ref Unsafe.Add(ref right, octet * Octet), rows,
                    stride, ref Unsafe.Add(ref sums, 4 * stride + octet * Octet));
            }
        }
        else if (octets == OctetsPerTile)
        {
            RegisterTiles.Tile8x24(ref left, ref right, rows, stride, ref sums);
        }
        else if (octets == 2)
        {
            RegisterTiles.Tile8x16(ref left, ref right, rows, stride, ref sums);
        }
        else
        {
            RegisterTiles.Tile8x8(ref left, ref right, rows, stride, ref sums);
        }
    }
}

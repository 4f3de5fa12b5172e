using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumb.Numerics;

/// <summary>
/// The upper triangle of Z'Z modulo a prime below 2^13, for a matrix of residues in 16 bits: register tiles of 8 x 32
/// elements, the innermost loop over pairs of rows,
/// as one instruction multiplies two of each column and adds. It does 32 multiply-adds where one of doubles does 8.
/// Z is stored sixteen columns by sixteen columns: a panel of pairs of rows, of each pair the two residues of one
/// column, then of the next; then the next panel.
/// </summary>
internal static class ResidueTiles
{
    /// <summary>The columns of a panel.</summary>
    public const int PanelColumns = 16;

    /// <summary>
    /// A tile's panels on the right: 8 x 2 vectors are 16 of 32 registers; 8 x 3 are no faster, and leave more of the
    /// last tile empty.
    /// </summary>
    public const int PanelsPerTile = 2;

    /// <summary>The columns on the left of a tile.</summary>
    public const int Octet = 8;

    /// <summary>Two rows of a panel.</summary>
    public const int PairLength = 2 * PanelColumns;

    /// <summary>Whether this machine has the instruction.</summary>
    public static bool IsSupported => Sse2.IsSupported;

    /// <summary>Adds a part of Z'Z to the sums, which stay below the prime.</summary>
    /// <param name="panels">Z.</param>
    /// <param name="panelStep">From one panel to the next.</param>
    /// <param name="pairs">The pairs of rows: at most 64, so that 128 products of residues below 2^12, and what was
    /// there before, stay below 2^31.</param>
    /// <param name="lefts">The panels on the left of the products.</param>
    /// <param name="rights">Those on the right: one or two.</param>
    /// <param name="sums">The left columns' rows of sums, from the first right column on; only what is on and above the
    /// diagonal is right.</param>
    /// <param name="stride">From one row of sums to the next.</param>
    /// <param name="prime">The prime.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate(ReadOnlySpan<short> panels, int panelStep, int pairs, Range lefts, Range rights,
        Span<int> sums, int stride, int prime)
    {
        const int OctetsPerPanel = PanelColumns / Octet;
        ref var z = ref MemoryMarshal.GetReference(panels);
        var (steps, modulus) = (new Steps(panelStep, stride), new Modulus(prime, 1f / prime));
        var (start, first, end) = (lefts.Start.Value * OctetsPerPanel, rights.Start.Value, rights.End.Value);
        for (var left = start; left < Math.Min(lefts.End.Value, end) * OctetsPerPanel; left++)
        {
            var right = Math.Max(first, left / OctetsPerPanel); // not below the diagonal
            Tile(
                ref Unsafe.Add(ref z, left / OctetsPerPanel * panelStep + left % OctetsPerPanel * 2 * Octet),
                ref Unsafe.Add(ref z, right * panelStep),
                end - right,
                pairs,
                steps,
                ref sums[(left - start) * Octet * stride + (right - first) * PanelColumns],
                modulus);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(ref short left, ref short right, int panels, int pairs, Steps steps, ref int sums,
        Modulus modulus)
    {
        if (!Avx512BW.IsSupported)
        {
            for (var panel = 0; panel < panels; panel++)
            {
                ref var panelSums = ref Unsafe.Add(ref sums, panel * PanelColumns);
                Tile4x16(ref left, ref Unsafe.Add(ref right, panel * steps.Panel), pairs, steps, ref panelSums,
                    modulus);
                Tile4x16(ref Unsafe.Add(ref left, Octet), ref Unsafe.Add(ref right, panel * steps.Panel), pairs, steps,
                    ref Unsafe.Add(ref panelSums, 4 * steps.Sums), modulus);
            }
        }
        else if (panels == PanelsPerTile)
        {
            Tile8x32(ref left, ref right, pairs, steps, ref sums, modulus);
        }
        else
        {
            Tile8x16(ref left, ref right, pairs, steps, ref sums, modulus);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x32(ref short left, ref short right, int pairs, Steps steps, ref int sums, Modulus modulus)
    {
        Vector512<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        Vector512<int> c40 = default, c41 = default, c50 = default, c51 = default, c60 = default, c61 = default,
            c70 = default, c71 = default;
        var panel = (nuint)steps.Panel;
        for (var k = 0; k < pairs; k++)
        {
            var r0 = Vector512.LoadUnsafe(ref right);
            var r1 = Vector512.LoadUnsafe(ref right, panel);
            var x = Pair512(ref left, 0);
            (c00, c01) = (c00 + Avx512BW.MultiplyAddAdjacent(x, r0), c01 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 1);
            (c10, c11) = (c10 + Avx512BW.MultiplyAddAdjacent(x, r0), c11 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 2);
            (c20, c21) = (c20 + Avx512BW.MultiplyAddAdjacent(x, r0), c21 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 3);
            (c30, c31) = (c30 + Avx512BW.MultiplyAddAdjacent(x, r0), c31 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 4);
            (c40, c41) = (c40 + Avx512BW.MultiplyAddAdjacent(x, r0), c41 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 5);
            (c50, c51) = (c50 + Avx512BW.MultiplyAddAdjacent(x, r0), c51 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 6);
            (c60, c61) = (c60 + Avx512BW.MultiplyAddAdjacent(x, r0), c61 + Avx512BW.MultiplyAddAdjacent(x, r1));
            x = Pair512(ref left, 7);
            (c70, c71) = (c70 + Avx512BW.MultiplyAddAdjacent(x, r0), c71 + Avx512BW.MultiplyAddAdjacent(x, r1));
            left = ref Unsafe.Add(ref left, PairLength);
            right = ref Unsafe.Add(ref right, PairLength);
        }

        Add(ref sums, c00, modulus);
        Add(ref Unsafe.Add(ref sums, 16), c01, modulus);
        Add(ref Unsafe.Add(ref sums, steps.Sums), c10, modulus);
        Add(ref Unsafe.Add(ref sums, steps.Sums + 16), c11, modulus);
        Add(ref Unsafe.Add(ref sums, 2 * steps.Sums), c20, modulus);
        Add(ref Unsafe.Add(ref sums, 2 * steps.Sums + 16), c21, modulus);
        Add(ref Unsafe.Add(ref sums, 3 * steps.Sums), c30, modulus);
        Add(ref Unsafe.Add(ref sums, 3 * steps.Sums + 16), c31, modulus);
        Add(ref Unsafe.Add(ref sums, 4 * steps.Sums), c40, modulus);
        Add(ref Unsafe.Add(ref sums, 4 * steps.Sums + 16), c41, modulus);
        Add(ref Unsafe.Add(ref sums, 5 * steps.Sums), c50, modulus);
        Add(ref Unsafe.Add(ref sums, 5 * steps.Sums + 16), c51, modulus);
        Add(ref Unsafe.Add(ref sums, 6 * steps.Sums), c60, modulus);
        Add(ref Unsafe.Add(ref sums, 6 * steps.Sums + 16), c61, modulus);
        Add(ref Unsafe.Add(ref sums, 7 * steps.Sums), c70, modulus);
        Add(ref Unsafe.Add(ref sums, 7 * steps.Sums + 16), c71, modulus);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x16(ref short left, ref short right, int pairs, Steps steps, ref int sums, Modulus modulus)
    {
        Vector512<int> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<int> c4 = default, c5 = default, c6 = default, c7 = default;
        for (var k = 0; k < pairs; k++)
        {
            var r = Vector512.LoadUnsafe(ref right);
            c0 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 0), r);
            c1 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 1), r);
            c2 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 2), r);
            c3 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 3), r);
            c4 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 4), r);
            c5 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 5), r);
            c6 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 6), r);
            c7 += Avx512BW.MultiplyAddAdjacent(Pair512(ref left, 7), r);
            left = ref Unsafe.Add(ref left, PairLength);
            right = ref Unsafe.Add(ref right, PairLength);
        }

        Add(ref sums, c0, modulus);
        Add(ref Unsafe.Add(ref sums, steps.Sums), c1, modulus);
        Add(ref Unsafe.Add(ref sums, 2 * steps.Sums), c2, modulus);
        Add(ref Unsafe.Add(ref sums, 3 * steps.Sums), c3, modulus);
        Add(ref Unsafe.Add(ref sums, 4 * steps.Sums), c4, modulus);
        Add(ref Unsafe.Add(ref sums, 5 * steps.Sums), c5, modulus);
        Add(ref Unsafe.Add(ref sums, 6 * steps.Sums), c6, modulus);
        Add(ref Unsafe.Add(ref sums, 7 * steps.Sums), c7, modulus);
    }

    /// <summary>For vectors of 256 bits or fewer, of which there are 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x16(ref short left, ref short right, int pairs, Steps steps, ref int sums, Modulus modulus)
    {
        Vector256<int> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default,
            c30 = default, c31 = default;
        for (var k = 0; k < pairs; k++)
        {
            var r0 = Vector256.LoadUnsafe(ref right);
            var r1 = Vector256.LoadUnsafe(ref right, 16);
            var x = Pair256(ref left, 0);
            (c00, c01) = (c00 + MultiplyAddAdjacent(x, r0), c01 + MultiplyAddAdjacent(x, r1));
            x = Pair256(ref left, 1);
            (c10, c11) = (c10 + MultiplyAddAdjacent(x, r0), c11 + MultiplyAddAdjacent(x, r1));
            x = Pair256(ref left, 2);
            (c20, c21) = (c20 + MultiplyAddAdjacent(x, r0), c21 + MultiplyAddAdjacent(x, r1));
            x = Pair256(ref left, 3);
            (c30, c31) = (c30 + MultiplyAddAdjacent(x, r0), c31 + MultiplyAddAdjacent(x, r1));
            left = ref Unsafe.Add(ref left, PairLength);
            right = ref Unsafe.Add(ref right, PairLength);
        }

        Add(ref sums, c00, modulus);
        Add(ref Unsafe.Add(ref sums, 8), c01, modulus);
        Add(ref Unsafe.Add(ref sums, steps.Sums), c10, modulus);
        Add(ref Unsafe.Add(ref sums, steps.Sums + 8), c11, modulus);
        Add(ref Unsafe.Add(ref sums, 2 * steps.Sums), c20, modulus);
        Add(ref Unsafe.Add(ref sums, 2 * steps.Sums + 8), c21, modulus);
        Add(ref Unsafe.Add(ref sums, 3 * steps.Sums), c30, modulus);
        Add(ref Unsafe.Add(ref sums, 3 * steps.Sums + 8), c31, modulus);
    }

    private static Vector512<short> Pair512(ref short left, int column) =>
        Vector512.Create(Unsafe.As<short, int>(ref Unsafe.Add(ref left, 2 * column))).AsInt16();

    private static Vector256<short> Pair256(ref short left, int column) =>
        Vector256.Create(Unsafe.As<short, int>(ref Unsafe.Add(ref left, 2 * column))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> MultiplyAddAdjacent(Vector256<short> left, Vector256<short> right) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(left, right)
        : Vector256.Create(Sse2.MultiplyAddAdjacent(left.GetLower(), right.GetLower()),
            Sse2.MultiplyAddAdjacent(left.GetUpper(), right.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref int sums, Vector512<int> products, Modulus modulus)
    {
        var sum = Vector512.LoadUnsafe(ref sums) + products;
        var shifted = Vector512.MultiplyAddEstimate(Vector512.ConvertToSingle(sum), Vector512.Create(modulus.Inverse),
            Vector512.Create(Modulus.Shifter));
        (sum
            - (shifted.AsInt32() - Vector512.Create(Modulus.Shifter).AsInt32())
                * Vector512.Create(modulus.Prime)).StoreUnsafe(ref sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref int sums, Vector256<int> products, Modulus modulus)
    {
        var sum = Vector256.LoadUnsafe(ref sums) + products;
        var shifted = Vector256.MultiplyAddEstimate(Vector256.ConvertToSingle(sum), Vector256.Create(modulus.Inverse),
            Vector256.Create(Modulus.Shifter));
        (sum
            - (shifted.AsInt32() - Vector256.Create(Modulus.Shifter).AsInt32())
                * Vector256.Create(modulus.Prime)).StoreUnsafe(ref sums);
    }

    /// <summary>How far apart numbers lie.</summary>
    /// <param name="Panel">From one panel to the next.</param>
    /// <param name="Sums">From one row of the sums to the next.</param>
    private readonly record struct Steps(int Panel, int Sums);

    /// <summary>
    /// What sums are reduced by. A quotient of 2^31 and a prime above 2^12 is below 2^19, and wrong by a tenth in
    /// single precision: what is left is below six tenths of the prime.
    /// </summary>
    private readonly record struct Modulus(int Prime, float Inverse)
    {
        // Its last bit counts ones: the quotient is the difference of the bits.
        public const float Shifter = 1.5f * (1 << 23);
    }
}

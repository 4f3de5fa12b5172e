using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>Exact inner products of whole numbers of 32 bits and of 26.</summary>
internal static class HalfProducts
{
    private const int MostOctets = 32; // products below 2^58: so many stay below 2^63

    /// <summary>The inner product.</summary>
    /// <param name="halves">Numbers of 32 bits, in whole octets.</param>
    /// <param name="numbers">As many, of 26 bits at most.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static UInt128 Dot(ReadOnlySpan<uint> halves, ReadOnlySpan<ulong> numbers)
    {
        UInt128 total = 0;
        ref var left = ref MemoryMarshal.GetReference(halves);
        ref var right = ref MemoryMarshal.GetReference(numbers);
        for (var start = 0; start < halves.Length; start += MostOctets * PaddedRows.Octet)
        {
            var end = Math.Min(halves.Length, start + MostOctets * PaddedRows.Octet);
            var sums = Vector512<ulong>.Zero;
            for (var k = start; k < end; k += PaddedRows.Octet)
            {
                var own = Vector256.LoadUnsafe(ref left, (nuint)k);
                var wide = Vector512.Create(Vector256.WidenLower(own), Vector256.WidenUpper(own));
                sums += wide * Vector512.LoadUnsafe(ref right, (nuint)k);
            }

            for (var lane = 0; lane < PaddedRows.Octet; lane++)
            {
                total += sums[lane];
            }
        }

        return total;
    }

    /// <summary>The sum of the numbers where a half has its highest bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong SumAtNegatives(ReadOnlySpan<uint> halves, ReadOnlySpan<ulong> numbers)
    {
        const int SignBit = 31;
        var sum = 0UL;
        for (var k = 0; k < halves.Length; k++)
        {
            sum += numbers[k] & (0 - (ulong)(halves[k] >> SignBit));
        }

        return sum;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// The double nearest to w * 10^q, from one or two products of 64 bits. Lemire, Number parsing at a gigabyte per
/// second, Software: Practice and Experience
/// 51 (2021), 1700-1727; that no w needs more is proved in Mushtak and Lemire, Fast number parsing without fallback,
/// ibid. 53 (2023), 1467-1471.
/// </summary>
internal static class DecimalPowers
{
    private const int Lowest = -342; // 10^17 * 10^-342 is below every double
    private const int Highest = 308; // and 10^309 above
    private const int MantissaBits = 52;
    // One bit is implied, one may be 0 after the product, one rounds.
    private const int SurplusBits = 64 - MantissaBits - 3;
    private static readonly ulong[] s_fives = Fives();

    /// <summary>The nearest double; NaN where it would be subnormal or infinite, which takes more care.</summary>
    /// <param name="w">Above 0.</param>
    /// <param name="q">The power of ten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Scale(ulong w, int q)
    {
        if (q is < Lowest or > Highest)
        {
            return double.NaN;
        }

        var zeros = BitOperations.LeadingZeroCount(w);
        w <<= zeros;
        var place = 2 * (q - Lowest);
        var high = Math.BigMul(w, s_fives[place], out var low);
        if ((high & ((1UL << SurplusBits) - 1)) == (1UL << SurplusBits) - 1)
        {
            var more = Math.BigMul(w, s_fives[place + 1], out _);
            low += more;
            high += low < more ? 1UL : 0;
        }

        var upper = (int)(high >> 63);
        var mantissa = high >> (upper + SurplusBits);
        var exponent = (((152170 + 65536) * q) >> 16) + 63 + upper - zeros + 1023; // log2(10) * 65536
        if (exponent <= 0)
        {
            return double.NaN;
        }

        // Halfway between two doubles exactly: to the even one.
        if (low <= 1 && q is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << (upper + SurplusBits) == high)
        {
            mantissa &= ~1UL;
        }

        mantissa = (mantissa + (mantissa & 1)) >> 1;
        exponent += (int)(mantissa >> (MantissaBits + 1)); // rounded up to the next power of two
        return exponent >= 2047 ? double.NaN
            : BitConverter.UInt64BitsToDouble(
                ((ulong)exponent << MantissaBits) | (mantissa & ((1UL << MantissaBits) - 1)));
    }

    // The first 128 bits of 5^q, cut off above, rounded up below, as the proof has it.
    private static ulong[] Fives()
    {
        var fives = new ulong[2 * (Highest - Lowest + 1)];
        var power = BigInteger.One;
        for (var q = 0; q <= -Lowest; q++)
        {
            var bits = (int)power.GetBitLength();
            if (q <= Highest)
            {
                Store(q, bits > 128 ? power >> (bits - 128) : power << (128 - bits));
            }

            if (q > 0)
            {
                const int Exact = 27; // 5^27 is the largest below 2^64
                var reciprocal = (BigInteger.One << (q <= Exact ? bits + 127 : 2 * bits + 128)) / power + 1;
                Store(-q, reciprocal >> ((int)reciprocal.GetBitLength() - 128));
            }

            power *= 5;
        }

        return fives;

        void Store(int q, BigInteger value)
        {
            fives[2 * (q - Lowest)] = (ulong)(value >> 64);
            fives[2 * (q - Lowest) + 1] = (ulong)(value & ulong.MaxValue);
        }
    }
}

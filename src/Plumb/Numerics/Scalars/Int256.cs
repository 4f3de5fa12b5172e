using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// A whole number from -2^255 to 2^255 - 1, in place where a <see cref="BigInteger"/> would be an object; what does not
/// fit is cut off, so callers look at bit lengths first.
/// </summary>
/// <param name="Lower">The lower 128 bits.</param>
/// <param name="Upper">The upper 128 bits, with the sign.</param>
internal readonly record struct Int256(UInt128 Lower, Int128 Upper)
{
    /// <summary>How many 64-bit words it has.</summary>
    public const int Words = 4;

    private const int HalfBits = 128;

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => Lower == 0 && Upper == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Upper < 0 ? -1 : IsZero ? 0 : 1;

    /// <summary>
    /// The bits it takes, without the sign, as <see cref="BigInteger.GetBitLength"/> counts them: the least n with -2^n
    /// &lt;= this &lt; 2^n.
    /// </summary>
    public int BitLength
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            var (lower, upper) = Upper < 0 ? (~Lower, ~Upper) : (Lower, Upper);
            return upper != 0 ? 2 * HalfBits - (int)Int128.LeadingZeroCount(upper)
                : HalfBits - (int)UInt128.LeadingZeroCount(lower);
        }
    }

    /// <summary>How many zeros its bits end in; this is not 0.</summary>
    public int TrailingZeros => Lower != 0 ? (int)UInt128.TrailingZeroCount(Lower)
        : HalfBits + (int)Int128.TrailingZeroCount(Upper);

    /// <summary>A whole number of 128 bits.</summary>
    public static implicit operator Int256(Int128 value) => new((UInt128)value, value < 0 ? -1 : 0);

    /// <summary>The number without limit.</summary>
    public static implicit operator BigInteger(Int256 value)
    {
        if (value.BitLength < HalfBits)
        {
            return (Int128)value.Lower;
        }

        Span<ulong> words = stackalloc ulong[Words];
        value.CopyTo(words);
        return new BigInteger(MemoryMarshal.AsBytes(words), isUnsigned: false, isBigEndian: false);
    }

    /// <summary>The sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int256 operator +(Int256 left, Int256 right)
    {
        var lower = unchecked(left.Lower + right.Lower);
        return new Int256(lower, unchecked(left.Upper + right.Upper + (lower < left.Lower ? 1 : 0)));
    }

    /// <summary>The negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Int256 operator -(Int256 value) => new Int256(~value.Lower, ~value.Upper) + Int128.One;

    /// <summary>The product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Int256 operator *(Int256 left, Int256 right)
    {
        Span<ulong> a = stackalloc ulong[Words], b = stackalloc ulong[Words], product = stackalloc ulong[Words];
        left.CopyTo(a);
        right.CopyTo(b);
        product.Clear();
        for (var i = 0; i < Words; i++)
        {
            var carry = 0UL;
            for (var j = 0; i + j < Words; j++)
            {
                var high = Math.BigMul(a[i], b[j], out var low);
                low += carry;
                high += low < carry ? 1UL : 0;
                product[i + j] += low;
                carry = high + (product[i + j] < low ? 1UL : 0);
            }
        }

        return new Int256(new UInt128(product[1], product[0]), new Int128(product[3], product[2]));
    }

    /// <summary>This times 2^count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Int256 operator <<(Int256 value, int count) => count switch
    {
        0 => value,
        >= HalfBits => new Int256(0, (Int128)value.Lower << (count - HalfBits)),
        _ => new Int256(value.Lower << count, value.Upper << count | (Int128)(value.Lower >> (HalfBits - count))),
    };

    /// <summary>This divided by 2^count, rounded down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Int256 operator >>(Int256 value, int count) => count switch
    {
        0 => value,
        >= HalfBits => value.Upper >> (count - HalfBits),
        _ => new Int256(value.Lower >> count | (UInt128)value.Upper << (HalfBits - count), value.Upper >> count),
    };

    /// <summary>A number of at most these bits; null where it has more.</summary>
    public static Int256? TryOf(BigInteger value, int mostBits)
    {
        if (value.GetBitLength() > mostBits)
        {
            return null;
        }

        Span<ulong> words = stackalloc ulong[Words];
        words.Fill(value.Sign < 0 ? ulong.MaxValue : 0);
        value.TryWriteBytes(MemoryMarshal.AsBytes(words), out _);
        return new Int256(new UInt128(words[1], words[0]), new Int128(words[3], words[2]));
    }

    /// <summary>
    /// Writes words, the lowest first, in two's complement: as many as there is room for, so the number must fit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(Span<ulong> words)
    {
        var sign = Upper < 0 ? ulong.MaxValue : 0;
        for (var k = 0; k < words.Length; k++)
        {
            words[k] = k switch
            {
                0 => (ulong)Lower,
                1 => (ulong)(Lower >> 64),
                2 => (ulong)(UInt128)Upper,
                3 => (ulong)((UInt128)Upper >> 64),
                _ => sign,
            };
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// Exact numbers on one grid, each a whole number of a fixed count of 64-bit words, the lowest first, in two's
/// complement: what refinement adds and takes away without an object a number.
/// </summary>
internal sealed class FixedVector
{
    private const int WordBits = 64;
    private const int Spare = 2; // bits: the sign, and that of a sum of two

    private readonly ulong[] _words; // length x width
    private readonly int _width;

    /// <summary>Zeros.</summary>
    /// <param name="length">How many.</param>
    /// <param name="width">The words of each.</param>
    public FixedVector(int length, int width) => (_words, _width, Length) = (new ulong[length * width], width, length);

    /// <summary>How many numbers there are.</summary>
    public int Length { get; }

    /// <summary>The numbers are multiples of 2^Grid.</summary>
    public int Grid { get; private set; }

    /// <summary>A number, exactly.</summary>
    public Dyadic this[int index] => new(new BigInteger(MemoryMarshal.AsBytes(Words(index))), Grid);

    /// <summary>The words of a number.</summary>
    public ReadOnlySpan<ulong> Words(int index) => _words.AsSpan(index * _width, _width);

    /// <summary>Exact numbers; null where they need more words.</summary>
    public static FixedVector? TryOf(Dyadic[] values, int width)
    {
        var (grid, magnitude) = (int.MaxValue, int.MinValue);
        foreach (var value in values)
        {
            if (!value.IsZero)
            {
                (grid, magnitude) = (Math.Min(grid, value.Exponent), Math.Max(magnitude, value.Magnitude));
            }
        }

        var vector = new FixedVector(values.Length, width) { Grid = magnitude == int.MinValue ? 0 : grid };
        if (magnitude == int.MinValue)
        {
            return vector;
        }

        if ((long)magnitude - grid > WordBits * width - Spare)
        {
            return null;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var words = vector._words.AsSpan(i * width, width);
            words.Fill(values[i].Sign < 0 ? ulong.MaxValue : 0);
            values[i].OnGrid(grid).TryWriteBytes(MemoryMarshal.AsBytes(words), out _);
        }

        return vector;
    }

    /// <summary>All numbers, exactly.</summary>
    public Dyadic[] ToDyadic()
    {
        var values = new Dyadic[Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = this[i];
        }

        return values;
    }

    /// <summary>The least e with |number| at most 2^e; for 0, far less than any other number's.</summary>
    public int MagnitudeOf(int index)
    {
        var words = Words(index);
        var sign = (ulong)((long)words[^1] >> (WordBits - 1));
        for (var k = words.Length - 1; k >= 0; k--)
        {
            if (words[k] != sign)
            {
                return Grid + (k + 1) * WordBits - BitOperations.LeadingZeroCount(words[k] ^ sign);
            }
        }

        return sign == 0 ? int.MinValue / 2 : Grid; // 0 or -2^Grid
    }

    /// <summary>The largest of these.</summary>
    public int Magnitude
    {
        get
        {
            var most = int.MinValue / 2;
            for (var i = 0; i < Length; i++)
            {
                most = Math.Max(most, MagnitudeOf(i));
            }

            return most;
        }
    }

    /// <summary>
    /// Takes other numbers away, each as many words of its own; false, and nothing done, where there are too few words
    /// for that.
    /// </summary>
    /// <param name="others">Two's complement, the lowest word first, number by number.</param>
    /// <param name="width">The words of each.</param>
    /// <param name="grid">They count in 2^grid.</param>
    /// <param name="magnitude">None of them is larger than 2^magnitude.</param>
    public bool TrySubtract(ReadOnlySpan<ulong> others, int width, int grid, int magnitude)
    {
        var own = Magnitude;
        var least = own == int.MinValue / 2 ? grid : Math.Min(grid, Grid);
        if ((long)Math.Max(own, magnitude) + 1 - least > WordBits * _width - Spare)
        {
            return false;
        }

        var shift = own == int.MinValue / 2 ? 0 : Grid - least;
        Span<ulong> shifted = stackalloc ulong[_width];
        for (var i = 0; i < Length; i++)
        {
            var words = _words.AsSpan(i * _width, _width);
            ShiftLeft(words, shift);
            var other = others.Slice(i * width, width);
            shifted.Fill((ulong)((long)other[^1] >> (WordBits - 1)));
            other[..Math.Min(width, _width)].CopyTo(shifted);
            ShiftLeft(shifted, grid - least);
            var borrow = 0UL;
            for (var k = 0; k < words.Length; k++)
            {
                var difference = words[k] - shifted[k];
                var next = words[k] < shifted[k] || difference < borrow ? 1UL : 0;
                (words[k], borrow) = (difference - borrow, next);
            }
        }

        Grid = least;
        return true;
    }

    /// <summary>
    /// The leading 117 bits or more of a number in two's complement, times 2^exponent; what is left is at most 2^-104
    /// of it.
    /// </summary>
    /// <param name="words">The number, the lowest word first.</param>
    /// <param name="exponent">The power of two.</param>
    public static DoubleDouble Leading(ReadOnlySpan<ulong> words, int exponent)
    {
        const int Kept = 53;
        var isNegative = (long)words[^1] < 0;
        var carry = isNegative ? 1UL : 0;
        var top = -1;
        Span<ulong> magnitude = stackalloc ulong[words.Length];
        for (var k = 0; k < words.Length; k++)
        {
            magnitude[k] = isNegative ? ~words[k] + carry : words[k];
            carry &= magnitude[k] == 0 ? 1UL : 0;
            top = magnitude[k] != 0 ? k : top;
        }

        if (top < 0)
        {
            return 0;
        }

        var zeros = BitOperations.LeadingZeroCount(magnitude[top]);
        var first = magnitude[top] << zeros | (zeros > 0 && top > 0 ? magnitude[top - 1] >> (WordBits - zeros) : 0);
        var second = top > 0
            ? magnitude[top - 1] << zeros | (zeros > 0 && top > 1 ? magnitude[top - 2] >> (WordBits - zeros) : 0) : 0;
        var lowest = (top + 1) * WordBits - zeros - Kept + exponent; // that of the leading 53 bits
        var rest = first << Kept | second >> (WordBits - Kept);
        var value = DoubleDouble.Sum(Math.ScaleB(first >> (WordBits - Kept), lowest),
            Math.ScaleB(rest, lowest - WordBits));
        return isNegative ? -value : value;
    }

    private static void ShiftLeft(Span<ulong> words, int bits)
    {
        if (bits == 0)
        {
            return;
        }

        var (skip, rest) = (bits / WordBits, bits % WordBits);
        for (var k = words.Length - 1; k >= 0; k--)
        {
            var high = k >= skip ? words[k - skip] : 0;
            var low = rest > 0 && k > skip ? words[k - skip - 1] >> (WordBits - rest) : 0;
            words[k] = (high << rest) | low;
        }
    }
}

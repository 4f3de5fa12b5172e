using System.Numerics;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// The doubles nearest to quotients of exact numbers and to their roots, by double-doubles: where these are so far from
/// the middle between two doubles that their own error cannot matter, which is nearly always. The same bits as exact
/// arithmetic gives.
/// </summary>
internal static class Rounding
{
    private const int MostWords = 16;
    private const int MostExponent = 1000; // well inside a double's range, so that nothing is rounded twice

    /// <summary>
    /// The double nearest to a number of some hundred bits, ties to even; null where it is longer or not well inside
    /// the range of doubles.
    /// </summary>
    public static double? TryNearest(Dyadic number)
    {
        const int Dropped = 11; // of 64 bits, so that 53 are left
        const ulong Half = 1UL << (Dropped - 1);
        if (number.IsZero)
        {
            return 0;
        }

        Span<ulong> words = stackalloc ulong[MostWords];
        var count = (number.Significand.GetByteCount() + sizeof(ulong) - 1) / sizeof(ulong);
        if (count > MostWords || Math.Abs(number.Magnitude) > MostExponent)
        {
            return null;
        }

        words = words[..count];
        words.Fill(number.Sign < 0 ? ulong.MaxValue : 0);
        number.Significand.TryWriteBytes(MemoryMarshal.AsBytes(words), out _);
        if (number.Sign < 0)
        {
            // Odd, so that only the lowest word carries.
            for (var k = 0; k < count; k++)
            {
                words[k] = k == 0 ? 0 - words[k] : ~words[k];
            }
        }

        var top = count - 1;
        while (words[top] == 0)
        {
            top--;
        }

        var zeros = BitOperations.LeadingZeroCount(words[top]);
        var below = top == 0 ? 0 : words[top - 1];
        var leading = words[top] << zeros | (zeros > 0 ? below >> (64 - zeros) : 0);

        // An odd number has its last bit below all that was kept, or ends with it.
        var isMore = top > 1 || (below << zeros) != 0;
        var (kept, rest) = (leading >> Dropped, leading & ((1UL << Dropped) - 1));
        kept += rest > Half || (rest == Half && (isMore || (kept & 1) == 1)) ? 1UL : 0;
        var value = Math.ScaleB(kept, number.Magnitude - 64 + Dropped);
        return number.Sign < 0 ? -value : value;
    }

    /// <summary>The double nearest to numerator / denominator; null where exact arithmetic has to tell.</summary>
    public static double? TryRatio(Dyadic numerator, Dyadic denominator)
    {
        if (TryLeading(numerator, 0, out var left, out var up)
            && TryLeading(denominator, 0, out var right, out var down))
        {
            return Nearest(left / right, up - down);
        }

        return null;
    }

    /// <summary>
    /// The double nearest to the square root of numerator / denominator; null where exact arithmetic has to tell.
    /// </summary>
    public static double? TryRoot(Dyadic numerator, Dyadic denominator)
    {
        if (numerator.Sign <= 0 || denominator.Sign <= 0 || !TryLeading(denominator, 0, out var right, out var down)
            || !TryLeading(numerator, down, out var left, out var up))
        {
            return null;
        }

        return Nearest(DoubleDouble.Sqrt(left / right), (up - down) / 2);
    }

    /// <summary>
    /// A number as 2^exponent times a double-double between 1/4 and 1 in magnitude, to 2^-104 of itself.
    /// </summary>
    /// <param name="number">Not 0.</param>
    /// <param name="parity">The exponent is even where this is, and odd where it is odd.</param>
    /// <param name="leading">The double-double.</param>
    /// <param name="exponent">The power of two.</param>
    private static bool TryLeading(Dyadic number, int parity, out DoubleDouble leading, out int exponent)
    {
        Span<ulong> words = stackalloc ulong[MostWords];
        var count = (number.Significand.GetByteCount() + sizeof(ulong) - 1) / sizeof(ulong);
        if (count > MostWords)
        {
            (leading, exponent) = (0, 0);
            return false;
        }

        words = words[..count];
        words.Fill(number.Sign < 0 ? ulong.MaxValue : 0);
        number.Significand.TryWriteBytes(MemoryMarshal.AsBytes(words), out _);
        exponent = number.Magnitude;
        exponent += (exponent - parity) & 1;
        leading = FixedVector.Leading(words, number.Exponent - exponent);
        return true;
    }

    /// <summary>2^exponent times a double-double that is off by at most 2^-98 of itself, rounded once.</summary>
    private static double? Nearest(DoubleDouble value, int exponent)
    {
        const double Certain = 1 - 1.0 / (1L << 40); // of half a unit in the last place: 2^-54 2^-40 is above the error
        var magnitude = Math.ILogB(value.High);
        if (Math.Abs(exponent + magnitude) > MostExponent)
        {
            return null;
        }

        // Below a power of two doubles are twice as close.
        var half = Math.ScaleB(1, magnitude - 53);
        var isPower = Math.Abs(value.High) == Math.ScaleB(1, magnitude);
        return Math.Abs(value.Low) < (isPower ? half / 2 : half) * Certain ? Math.ScaleB(value.High, exponent) : null;
    }
}

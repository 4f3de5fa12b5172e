using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// A number in plain decimal notation as most files hold it: read quickly, or left to <see cref="DecimalExact"/>, which
/// has the last word on every other.
/// What is read has at most 17 significant digits, and a double holds it as well as any: nothing about it needs to be
/// reported.
/// </summary>
/// <param name="Digits">All its digits, as one whole number.</param>
/// <param name="Exponent">The power of ten that they are to be multiplied by.</param>
/// <param name="IsNegative">Whether a minus stands before them.</param>
/// <param name="Length">The bytes that it takes; 0 when it takes more care, and is not read.</param>
internal readonly record struct DecimalFast(ulong Digits, int Exponent, bool IsNegative, int Length)
{
    /// <summary>How many bytes behind a text may be looked at, and must be there.</summary>
    public const int Slack = DecimalLanes.Window;

    /// <summary>How many bytes before a text may be looked at, and must be there.</summary>
    public const int SlackBefore = DecimalLanes.Width + 1;

    private const int MostDigits = 17; // as many tell every two doubles apart
    private const int LargestExponent = 400; // beyond it, every number is zero or infinite
    // Below 2^53, and below the digits of doubles printed in full.
    private const ulong ExactDigits = 1_000_000_000_000_000;
    private const ulong LargestInteger = 1UL << 53;
    private static readonly ulong[] s_tens = [.. Enumerable.Range(0, 20).Select(i => (ulong)BigInteger.Pow(10, i))];
    private static readonly double[] s_exactTens =
        [.. Enumerable.Range(0, 23).Select(i => (double)BigInteger.Pow(10, i))];

    /// <summary>The number itself.</summary>
    public DecimalNumber Number => DecimalNumber.Of(Digits, IsNegative, -Exponent);

    /// <summary>The double nearest to the number; NaN where finding it, or what it loses, takes more care.</summary>
    public double Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var magnitude = Magnitude();
            return IsNegative ? -magnitude : magnitude;
        }
    }

    /// <summary>The places of its digits.</summary>
    public DecimalPlaces Places => new(DigitCount(Digits), -Exponent);

    /// <summary>Reads the number that begins at a byte, eight digits at a time.</summary>
    /// <param name="first">The bytes, with some to spare behind the text.</param>
    /// <param name="start">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    public static DecimalFast Read(ref byte first, int start, byte separator) =>
        ReadPlain(ref first, start, separator).WithExponentAt(ref first, start);

    /// <summary>Reads the number that begins at a byte, up to an exponent, if there is one.</summary>
    /// <param name="first">The bytes, with some to spare behind the text.</param>
    /// <param name="start">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <param name="most">The most significant digits, at most 19.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DecimalFast ReadPlain(ref byte first, int start, byte separator, int most = MostDigits)
    {
        var sign = At(ref first, start);
        var position = start + (sign is (byte)'-' or (byte)'+' ? 1 : 0);
        var digits = 0UL;
        var point = ReadDigits(ref first, position, most, ref digits);
        if (point <= position)
        {
            return default;
        }

        var end = At(ref first, point) == separator ? ReadDigits(ref first, point + 1, most, ref digits) : point;
        return end < 0 ? default
            : new DecimalFast(digits, end == point ? 0 : point + 1 - end, sign == '-', end - start);
    }

    /// <summary>The number with the exponent that follows it, if one does.</summary>
    /// <param name="first">The bytes.</param>
    /// <param name="start">Where the number begins.</param>
    public DecimalFast WithExponentAt(ref byte first, int start) =>
        Length > 0 && (At(ref first, start + Length) | 0x20) == 'e' ? WithExponent(ref first, start)
            : this;

    private DecimalFast WithExponent(ref byte first, int start)
    {
        var position = start + Length + 1;
        var sign = At(ref first, position);
        position += sign is (byte)'-' or (byte)'+' ? 1 : 0;
        var (digits, exponent) = (position, 0);
        while (At(ref first, position) is >= (byte)'0' and <= (byte)'9' and var digit && exponent < LargestExponent)
        {
            exponent = 10 * exponent + digit - '0';
            position++;
        }

        return position == digits || exponent >= LargestExponent ? default
            : this with { Exponent = Exponent + (sign == '-' ? -exponent : exponent), Length = position - start };
    }

    private static int DigitCount(ulong number)
    {
        var count = ((64 - BitOperations.LeadingZeroCount(number)) * 1233) >> 12; // log10(2)
        return count + (number >= s_tens[count] ? 1 : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte At(ref byte first, int position) => Unsafe.Add(ref first, position);

    // Eight digits at a time, and what is left as eight with zeros before them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits(ref byte first, int position, int most, ref ulong digits)
    {
        while (true)
        {
            var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, position));
            eight =
                (BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight)) ^ 0x3030303030303030;
            // The lowest is at the first byte that is no digit.
            var others = ((eight + 0x0606060606060606) | eight) & 0xF0F0F0F0F0F0F0F0;
            var count = BitOperations.TrailingZeroCount(others) >> 3; // 8 when there is none
            if (digits >= s_tens[most - count])
            {
                return -1;
            }

            if (count < 8)
            {
                // In two steps, since none may be left.
                digits = digits * s_tens[count] + Eight(eight << (63 - 8 * count) << 1);
                return position + count;
            }

            digits = digits * 100_000_000 + Eight(eight);
            position += 8;
        }
    }

    // Pairs, then fours, then all eight: the first byte holds the first digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong digits)
    {
        digits = digits * 10 + (digits >> 8);
        return ((digits & 0x000000FF000000FF) * (100 + (1_000_000UL << 32))
            + ((digits >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32))) >> 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Magnitude()
    {
        if (Digits < ExactDigits && Exponent is >= -22 and <= 0)
        {
            return Digits / s_exactTens[-Exponent]; // both exact: one rounding
        }

        return Digits == 0 ? 0 : Exponent == 0 && Digits >= LargestInteger ? double.NaN
            : DecimalPowers.Scale(Digits, Exponent);
    }
}

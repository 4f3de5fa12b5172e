using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb;

/// <summary>
/// A number in plain decimal notation as most files hold it: read quickly, or left to <see cref="DecimalText"/>, which has the last word on every other.
/// What is read has at most 17 significant digits, and a double holds it as well as any: nothing about it needs to be reported.
/// </summary>
internal struct DecimalQuick
{
    /// <summary>How many bytes behind a text may be looked at, and must be there.</summary>
    public const int Slack = 16;

    private const int LargestExponent = 400; // beyond it, every number is zero or infinite
    private const ulong ExactDigits = 1_000_000_000_000_000; // below 2^53, and below the digits of doubles printed in full
    private const ulong LargestInteger = 1UL << 53;
    private static readonly ulong[] s_tens = [.. Enumerable.Range(0, 20).Select(i => (ulong)BigInteger.Pow(10, i))];
    private static readonly double[] s_exactTens = [.. Enumerable.Range(0, 23).Select(i => (double)BigInteger.Pow(10, i))];
    private ulong _digits;
    private int _exponent;
    private bool _negative;

    /// <summary>The number itself, once its digits have been read.</summary>
    public readonly DecimalNumber Number => DecimalNumber.Of(_digits, _negative, -_exponent);

    /// <summary>The double nearest to the number.</summary>
    public double Value { get; private set; }

    /// <summary>The places of its digits.</summary>
    public readonly DecimalPlaces Places => new(DigitCount(_digits), -_exponent);

    /// <summary>Reads the number that begins at a byte.</summary>
    /// <param name="first">The bytes, with some to spare behind the text.</param>
    /// <param name="position">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <returns>The position behind it, or -1 when it takes more care.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Read(ref byte first, int position, byte separator)
    {
        position = ReadNumber(ref first, position, separator);
        if (position < 0)
        {
            return -1;
        }

        var magnitude = Magnitude();
        Value = _negative ? -magnitude : magnitude;
        return double.IsNaN(magnitude) ? -1 : position;
    }

    /// <summary>Reads the digits of the number that begins at a byte, and rounds nothing.</summary>
    /// <param name="first">The bytes, with some to spare behind the text.</param>
    /// <param name="position">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <returns>The position behind it, or -1 when it takes more care.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadNumber(ref byte first, int position, byte separator)
    {
        var sign = At(ref first, position);
        _negative = sign == '-';
        position += _negative || sign == '+' ? 1 : 0;
        _digits = 0;
        var point = ReadDigits(ref first, position);
        if (point <= position)
        {
            return -1;
        }

        position = point;
        _exponent = 0;
        if (At(ref first, point) == separator)
        {
            position = ReadDigits(ref first, point + 1);
            if (position < 0)
            {
                return -1;
            }

            _exponent = point + 1 - position;
        }

        if ((At(ref first, position) | 0x20) == 'e')
        {
            position = ReadExponent(ref first, position + 1);
        }

        return position;
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
    private int ReadDigits(ref byte first, int position)
    {
        const int MostDigits = 17;
        while (true)
        {
            var eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, position));
            eight = (BitConverter.IsLittleEndian ? eight : BinaryPrimitives.ReverseEndianness(eight)) ^ 0x3030303030303030;
            var others = ((eight + 0x0606060606060606) | eight) & 0xF0F0F0F0F0F0F0F0; // the lowest is at the first byte that is no digit
            var count = BitOperations.TrailingZeroCount(others) >> 3; // 8 when there is none
            if (_digits >= s_tens[MostDigits - count])
            {
                return -1;
            }

            if (count < 8)
            {
                _digits = _digits * s_tens[count] + Eight(eight << (63 - 8 * count) << 1); // in two steps, since none may be left
                return position + count;
            }

            _digits = _digits * 100_000_000 + Eight(eight);
            position += 8;
        }
    }

    // Pairs, then fours, then all eight: the first byte holds the first digit.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Eight(ulong digits)
    {
        digits = digits * 10 + (digits >> 8);
        return ((digits & 0x000000FF000000FF) * (100 + (1_000_000UL << 32)) + ((digits >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32))) >> 32;
    }

    private int ReadExponent(ref byte first, int position)
    {
        var sign = At(ref first, position);
        position += sign is (byte)'-' or (byte)'+' ? 1 : 0;
        var (start, exponent) = (position, 0);
        while (At(ref first, position) is >= (byte)'0' and <= (byte)'9' and var digit && exponent < LargestExponent)
        {
            exponent = 10 * exponent + digit - '0';
            position++;
        }

        _exponent += sign == '-' ? -exponent : exponent;
        return position == start || exponent >= LargestExponent ? -1 : position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Magnitude()
    {
        if (_digits < ExactDigits && _exponent is >= -22 and <= 0)
        {
            return _digits / s_exactTens[-_exponent]; // both exact: one rounding
        }

        return _digits == 0 ? 0 : _exponent == 0 && _digits >= LargestInteger ? double.NaN : DecimalPowers.Scale(_digits, _exponent);
    }
}

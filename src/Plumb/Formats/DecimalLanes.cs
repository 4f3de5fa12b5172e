using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumb;

/// <summary>
/// Reads the digits of a number all at once, without a branch on how many there are: finds its end, brings the digits before and behind the point together at the end
/// of a vector, and adds up pairs, fours and eights of them, as in Langdale and Lemire, Parsing gigabytes of JSON per second, VLDB Journal 28 (2019), 941-960.
/// </summary>
internal static class DecimalLanes
{
    /// <summary>The bytes of a vector: what may be looked at behind the first byte of a number, and with one more before it.</summary>
    public const int Width = 32;

    private const ulong MostHigh = 10; // with sixteen digits below it: at most 17 in all

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx2.IsSupported && Bmi2.IsSupported;

    /// <summary>Reads the number that begins at a byte, up to an exponent, if there is one.</summary>
    /// <param name="first">The bytes, with some to spare before and behind the text.</param>
    /// <param name="start">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DecimalQuick Read(ref byte first, int start, byte separator)
    {
        ref var number = ref Unsafe.Add(ref first, start);
        var bytes = Vector256.LoadUnsafe(ref number);
        var isNegative = number == '-';
        var sign = isNegative ? 1 : 0;
        var others = NonDigits(bytes) & ~(uint)sign;
        var points = Vector256.Equals(bytes, Vector256.Create(separator)).ExtractMostSignificantBits();
        var end = BitOperations.TrailingZeroCount(others & ~points);
        points &= (1U << end) - 1;
        var point = BitOperations.TrailingZeroCount(points | (1U << end));
        var hasPoint = point != end ? 1 : 0;
        if (end == Width || point <= sign || (points & (points - 1)) != 0)
        {
            return default;
        }

        // Both parts end with the vector: the digits behind the point as they stand, those before it one byte on.
        var behind = Vector256.LoadUnsafe(ref Unsafe.Add(ref number, end - Width));
        var before = Vector256.LoadUnsafe(ref Unsafe.Add(ref number, end - Width - 1));
        var firstBehind = Vector256.Create((byte)((Width - end + point + 1) * hasPoint));
        var firstDigit = Vector256.Create((byte)(Width - end + sign + hasPoint));
        var digits = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, firstBehind), behind, before) - Vector256.Create((byte)'0');
        digits &= Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, firstDigit);

        var pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte()); // 10, 1
        var fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x00010064).AsInt16()); // 100, 1
        var eights = Avx2.MultiplyAddAdjacent(Avx2.PackUnsignedSaturate(fours, fours).AsInt16(), Vector256.Create(0x00012710).AsInt16()).AsUInt64(); // 10000, 1
        var (high, low) = (BitOperations.RotateLeft(eights.ToScalar(), 32), eights.GetUpper().ToScalar());
        return high < MostHigh
            ? new DecimalQuick(high * 10_000_000_000_000_000 + (uint)low * 100_000_000UL + (low >> 32), point + hasPoint - end, isNegative, end)
            : default;
    }

    // A comparison for equality, since that is quicker to come by than one for order.
    private static uint NonDigits(Vector256<byte> bytes)
    {
        var values = bytes - Vector256.Create((byte)'0');
        return Vector256.Equals(Vector256.Max(values, Vector256.Create((byte)10)), values).ExtractMostSignificantBits();
    }
}

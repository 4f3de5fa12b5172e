using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumb.Formats;

/// <summary>
/// Reads the digits of a number all at once, without a branch on how many there are: finds its end, brings the digits
/// before and behind the point together at the end
/// of a vector, and adds up pairs, fours and eights of them, as in Langdale and Lemire, Parsing gigabytes of JSON per
/// second, VLDB Journal 28 (2019), 941-960.
/// </summary>
internal static class DecimalLanes
{
    /// <summary>The bytes of a vector: so many, and one more, may be looked at before the end of a number.</summary>
    public const int Width = 32;

    /// <summary>The bytes that are searched for ends at once.</summary>
    public const int Window = 64;

    private const ulong MostHigh = 10; // with sixteen digits below it: at most 17 in all

    /// <summary>Whether this processor can.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>
    /// Where fields end among the next bytes: a bit for each byte that is a delimiter, or a line end or another
    /// control.
    /// </summary>
    /// <param name="first">The first of <see cref="Window"/> bytes.</param>
    /// <param name="delimiter">The separator of fields.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Ends(ref byte first, byte delimiter)
    {
        var (low, high) = (Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, Width));
        return Ends(low, delimiter) | ((ulong)Ends(high, delimiter) << Width);
    }

    /// <summary>Reads a field that is a number in digits, with a point or none.</summary>
    /// <param name="first">The bytes.</param>
    /// <param name="start">The first byte of the field.</param>
    /// <param name="end">The one behind its last.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <returns>The number; of no length where it is written otherwise, or has too many digits.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DecimalFast Read(ref byte first, int start, int end, byte separator)
    {
        // Both parts end with the vector: the digits behind the point as they stand, those before it one byte on.
        var length = end - start;
        ref var last = ref Unsafe.Add(ref first, end - Width);
        var behind = Vector256.LoadUnsafe(ref last);
        var before = Vector256.LoadUnsafe(ref Unsafe.Subtract(ref last, 1));

        var isNegative = Unsafe.Add(ref first, start) == '-';
        var sign = isNegative ? 1 : 0;
        var field = uint.MaxValue << (Width - length);
        var points = Vector256.Equals(behind, Vector256.Create(separator)).ExtractMostSignificantBits() & field;
        var others = NonDigits(behind) & field;
        var point = BitOperations.TrailingZeroCount(points); // 32 where there is none
        var hasPoint = points != 0 ? 1 : 0;
        if (length > Width - 1 || others != (points | ((uint)sign << (Width - length))) || (points & (points - 1)) != 0
            || Math.Min(point, Width) <= Width - length + sign)
        {
            return default;
        }

        var firstBehind = Vector256.Create((byte)((point + 1) * hasPoint));
        var firstDigit = Vector256.Create((byte)(Width - length + sign + hasPoint));
        var digits = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, firstBehind),
            behind, before) - Vector256.Create((byte)'0');
        digits &= Vector256.GreaterThanOrEqual(Vector256<byte>.Indices, firstDigit);

        var pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte()); // 10, 1
        var fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x00010064).AsInt16()); // 100, 1
        // 10000, 1.
        var eights =
            Avx2.MultiplyAddAdjacent(Avx2.PackUnsignedSaturate(fours, fours).AsInt16(),
                Vector256.Create(0x00012710).AsInt16()).AsUInt64();
        var (high, low) = (BitOperations.RotateLeft(eights.ToScalar(), 32), eights.GetUpper().ToScalar());
        return high < MostHigh
            ? new DecimalFast(high * 10_000_000_000_000_000 + (uint)low * 100_000_000UL + (low >> 32),
                (point + 1 - Width) * hasPoint, isNegative, length)
            : default;
    }

    // Comparisons for equality, since those are quicker to come by than others.
    private static uint Ends(Vector256<byte> bytes, byte delimiter) =>
        (Vector256.Equals(bytes,
            Vector256.Create(delimiter)) | Vector256.Equals(Vector256.Min(bytes, Vector256.Create((byte)'\r')),
                bytes)).ExtractMostSignificantBits();

    private static uint NonDigits(Vector256<byte> bytes)
    {
        var values = bytes - Vector256.Create((byte)'0');
        return Vector256.Equals(Vector256.Max(values, Vector256.Create((byte)10)), values).ExtractMostSignificantBits();
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Formats;

/// <summary>
/// Reads the texts of numbers, up to 24 bytes long, eight of them at a time: each lies in a lane, or in three, where
/// the digits before and behind the point are brought together, pairs, fours and
/// eights of digits are added up, as in Langdale and Lemire, Parsing gigabytes of JSON per second, VLDB Journal 28
/// (2019), 941-960, and what comes of it is divided by a power of ten, or multiplied.
/// </summary>
/// <param name="capacity">The most numbers.</param>
internal sealed class DecimalSimd(int capacity)
{
    /// <summary>The numbers that are read at a time.</summary>
    public const int Octet = 8;

    private const int MostBytes = 24;
    private const int MostTens = 22; // 10^22 is the largest power that a double holds
    // What an octet of numbers holds: a lane each.
    private const int Front = 0, Middle = Octet, Back = 2 * Octet, Places = 3 * Octet, Lanes = 4 * Octet;
    // A place holds, from the lowest bit on, where the text begins, its length, its exponent, whether it was left, and
    // its sign.
    private const int LengthBit = 32, ExponentBit = 40;
    private const ulong Left = 1UL << 62;
    private const ulong Negative = 1UL << 63;
    private const ulong Units = 0x0101010101010101; // the lowest bit of each byte
    private readonly ulong[] _lanes = new ulong[(capacity + Octet - 1) / Octet * Lanes];

    /// <summary>Whether this processor is quick at it.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>
    /// How many of the doubles that were found last lack digits of their numbers: see
    /// <see cref="DecimalOutcome.DigitsLost"/>.
    /// </summary>
    public int DigitsLost { get; private set; }

    /// <summary>Takes the text of a number, if it has a digit after the sign or none, and is short enough.</summary>
    /// <param name="index">The number's own.</param>
    /// <param name="first">The bytes, with some to spare before the text.</param>
    /// <param name="start">The first byte of the text.</param>
    /// <param name="end">The one behind its last.</param>
    /// <param name="hasExponents">Whether to look for an exponent; without, what has one is no number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(uint index, ref byte first, int start, int end, bool hasExponents)
    {
        ref var text = ref Unsafe.Add(ref first, start);
        var sign = text == '-' ? 1 : 0;
        var length = (uint)(end - start - sign);
        if ((length > MostBytes) | ((uint)(Unsafe.Add(ref text, sign) - '0') > 9)) // one jump
        {
            return false;
        }

        ref var behind = ref Unsafe.Add(ref first, end);
        var place = (uint)start | ((ulong)(uint)sign << 63);
        if (hasExponents && (Unsafe.Subtract(ref behind, 4) | 0x20) == 'e')
        {
            return TryTakeExponent(index, ref behind, (int)length, place);
        }

        Take(ref LanesOf(index), ref behind, (int)length, place);
        return true;
    }

    /// <summary>Leaves a number to others.</summary>
    public void Leave(uint index) => Unsafe.Add(ref LanesOf(index), Places) = Left;

    /// <summary>Whether a number was left to others.</summary>
    public bool IsLeft(uint index) => (Unsafe.Add(ref LanesOf(index), Places) & Left) != 0;

    /// <summary>Where the text of a number begins.</summary>
    public int Start(uint index) => (int)Unsafe.Add(ref LanesOf(index), Places);

    /// <summary>
    /// Finds the doubles of numbers, but for those that are left to others; NaN for what takes more care, or is not
    /// digits with a point or none.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <param name="values">The doubles, with room for whole octets.</param>
    /// <returns>Whether none is NaN.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(int count, byte separator, Span<double> values)
    {
        var points = Vector512.Create((byte)(separator ^ '0'));
        var all = Vector512<double>.AllBitsSet;
        var lost = Vector512<long>.Zero;
        for (var index = count; index % Octet != 0; index++)
        {
            Leave((uint)index);
        }

        ref var lanes = ref MemoryMarshal.GetArrayDataReference(_lanes);
        ref var target = ref MemoryMarshal.GetReference(values);
        for (var k = 0; k < count; k += Octet)
        {
            Vector512<double> value;
            var places = Vector512.LoadUnsafe(ref lanes, Places);
            var isLeft = Vector512.Equals(places & Vector512.Create(Left), Vector512.Create(Left)).AsDouble();
            var lengths = (((places >>> LengthBit) & Vector512.Create(0xFFUL)) * Units).AsByte();
            var back = Text(ref lanes, Back, lengths, 0x0102030405060708);
            var isBack = Vector512.Equals(back.AsByte(), points).AsUInt64();
            var pointBack = isBack & Vector512.Create(Units); // a bit in its byte
            var beforeBack = pointBack - Vector512<ulong>.One; // all bytes that come before the point
            var noBack = Vector512.Equals(pointBack, Vector512<ulong>.Zero);
            // And no exponents.
            if (Vector512.LessThanOrEqualAll((places >>> LengthBit) & Vector512.Create(0xFFFFUL),
                Vector512.Create(8UL)))
            {
                var others = Vector512.AndNot(back, isBack);
                var low = others & beforeBack;
                var digits = (others ^ low) | Vector512.ConditionalSelect(noBack, low, low << 8);
                var wrong = NonDigits(digits) | (pointBack & beforeBack); // the latter: a second point
                var quotient = ToDouble(Whole(digits)) / Tens(pointBack);
                value = Vector512.ConditionalSelect(Vector512.Equals(wrong, Vector512<ulong>.Zero).AsDouble(), quotient,
                    Vector512.Create(double.NaN));
            }
            else
            {
                var middle = Text(ref lanes, Middle, lengths, 0x090A0B0C0D0E0F10);
                var front = Text(ref lanes, Front, lengths, 0x1112131415161718);
                var isMiddle = Vector512.Equals(middle.AsByte(), points).AsUInt64();
                var isFront = Vector512.Equals(front.AsByte(), points).AsUInt64();
                var (pointMiddle, pointFront) = (isMiddle & Vector512.Create(Units), isFront & Vector512.Create(Units));
                var (beforeMiddle, beforeFront) =
                    (pointMiddle - Vector512<ulong>.One, pointFront - Vector512<ulong>.One);
                var wrong = (pointBack & beforeBack) | (pointMiddle & beforeMiddle) | (pointFront & beforeFront);
                var noMiddle = Vector512.Equals(pointMiddle, Vector512<ulong>.Zero);
                var noFront = Vector512.Equals(pointFront, Vector512<ulong>.Zero);

                // A point before the last one stays, and is found to be no digit.
                back = Vector512.AndNot(back, isBack);
                middle = Vector512.AndNot(middle, isMiddle & noBack);
                front = Vector512.AndNot(front, isFront & noBack & noMiddle);
                var lowBack = Vector512.AndNot(back & beforeBack, noBack);
                var lowMiddle = middle & Vector512.ConditionalSelect(noMiddle, ~noBack, beforeMiddle);
                var lowFront = front & Vector512.ConditionalSelect(noFront, ~(noBack & noMiddle), beforeFront);
                back = (back ^ lowBack) | (lowBack << 8) | (lowMiddle >>> 56);
                middle = (middle ^ lowMiddle) | (lowMiddle << 8) | (lowFront >>> 56);
                front = (front ^ lowFront) | (lowFront << 8);
                wrong |= NonDigits(back) | NonDigits(middle) | NonDigits(front) | (front << 24); // at most 19 digits

                var most = ToDouble((front << 8) == Vector512<ulong>.Zero ? front >>> 56 : Whole(front));
                var upper = Vector512.FusedMultiplyAdd(most, Vector512.Create(1e8), ToDouble(Whole(middle)));
                var lower = ToDouble(Whole(back));
                var high = Vector512.FusedMultiplyAdd(upper, Vector512.Create(1e8), lower);
                var low = Vector512.FusedMultiplyAdd(upper, Vector512.Create(1e8), -high) + lower;
                var ten = Tens(pointBack | pointMiddle | pointFront)
                    * Vector512.ConditionalSelect(noMiddle.AsDouble(), Vector512<double>.One, Vector512.Create(1e8))
                    * Vector512.ConditionalSelect(noFront.AsDouble(), Vector512<double>.One, Vector512.Create(1e16));
                if ((places & Vector512.Create(0xFFUL << ExponentBit)) != Vector512<ulong>.Zero)
                {
                    // What is left of the exponent once the digits behind the point are taken off.
                    var exponents = (places << (64 - ExponentBit - 8)).AsInt64() >> 56;
                    var behind = Behind(pointBack | pointMiddle | pointFront)
                        + Vector512.AndNot(Vector512.Create(8L), noMiddle.AsInt64())
                        + Vector512.AndNot(Vector512.Create(16L), noFront.AsInt64());
                    var scale = exponents - behind;
                    var size = Vector512.Abs(scale);
                    wrong |= Vector512.GreaterThan(size, Vector512.Create((long)MostTens)).AsUInt64();
                    var isLarge = Vector512.GreaterThan(scale, Vector512<long>.Zero).AsDouble();
                    ten = PowerOfTen(size.AsUInt64());
                    var factor = Vector512.ConditionalSelect(isLarge, ten, Vector512<double>.One);
                    ten = Vector512.ConditionalSelect(isLarge, Vector512<double>.One, ten);
                    (high, low) =
                        (high * factor,
                            Vector512.FusedMultiplyAdd(low, factor,
                                Vector512.FusedMultiplyAdd(high, factor, -(high * factor))));
                }

                // 18 or 19 digits.
                var isLong = Vector512.AndNot(Vector512.GreaterThanOrEqual(most, Vector512.Create(10.0)), isLeft);
                value = Vector512.ConditionalSelect(Vector512.Equals(wrong, Vector512<ulong>.Zero).AsDouble(),
                    DecimalQuotient.Of(high, low, ten), Vector512.Create(double.NaN));
                if (isLong != Vector512<double>.Zero)
                {
                    // Digits are surely lost where more than 17 remain without the zeros at the end, and 5^3 divides
                    // the power of ten but not them.
                    var four = ToDouble(Whole(back & Vector512.Create(0xFFFFFFFF00000000UL)));
                    var rest = four
                        - Vector512.Floor((four + Vector512.Create(0.5)) / Vector512.Create(125.0))
                            * Vector512.Create(125.0);
                    var lastZero = Vector512.LessThan(back, Vector512.Create(1UL << 56)).AsDouble();
                    var lastButOneZero = Vector512.Equals(back & Vector512.Create(0xFFUL << 48), Vector512<ulong>.Zero)
                        .AsDouble();
                    var isFew = lastZero & (lastButOneZero | Vector512.LessThan(most, Vector512.Create(100.0)));
                    var isLost = Vector512.AndNot(Vector512.GreaterThanOrEqual(ten, Vector512.Create(1e3)),
                        Vector512.Equals(rest, Vector512<double>.Zero) | isFew);
                    value = Vector512.ConditionalSelect(Vector512.AndNot(isLong, isLost), Vector512.Create(double.NaN),
                        value);
                    lost -= (isLong & Vector512.Equals(value, value)).AsInt64();
                }
            }

            var signed = (value.AsUInt64() | (places & Vector512.Create(Negative))).AsDouble();
            Vector512.ConditionalSelect(isLeft, Vector512.LoadUnsafe(ref target, (nuint)k), signed)
                .StoreUnsafe(ref target, (nuint)k);
            all &= Vector512.Equals(value, value) | isLeft;
            lanes = ref Unsafe.Add(ref lanes, Lanes);
        }

        DigitsLost = (int)Vector512.Sum(lost);
        return Vector512.EqualsAll(all.AsUInt64(), Vector512<ulong>.AllBitsSet);
    }

    // Eight bytes of each text, digits as their values; zero for those beyond its length, which is compared with how
    // far the bytes are from the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Text(ref ulong lanes, nuint part, Vector512<byte> lengths, ulong distances) =>
        (Vector512.LoadUnsafe(ref lanes, part) ^ Vector512.Create('0' * Units)) & Vector512.GreaterThanOrEqual(lengths,
            Vector512.Create(distances).AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> NonDigits(Vector512<ulong> digits) =>
        ((digits + Vector512.Create(0x76 * Units)) | digits) & Vector512.Create(0x80 * Units);

    // The whole number of eight digits, the first of them in the lowest byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Whole(Vector512<ulong> digits)
    {
        var pairs = ((digits << 3) + (digits << 1) + (digits >>> 8)) & Vector512.Create(0x00FF00FF00FF00FFUL);
        var fours = ((pairs.AsUInt16() * 100).AsUInt32() & Vector512.Create(0x0000FFFFU)) + (pairs.AsUInt32() >>> 16);
        return ((fours * 10_000).AsUInt64() & Vector512.Create(0xFFFFFFFFUL)) + (fours.AsUInt64() >>> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector512<ulong> whole)
    {
        var unit = Vector512.Create((double)(1L << 52)); // the last bit of its mantissa is 1
        return (whole | unit.AsUInt64()).AsDouble() - unit;
    }

    // By the place of the point among eight bytes. Seven digits behind it are four, two and one: it is in the lower
    // half, and in the lower half of that half, and of that.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Tens(Vector512<ulong> point) =>
        TenIf(point, 0x00FF00FF00FF00FF, 10) * TenIf(point, 0x0000FFFF0000FFFF, 100)
            * TenIf(point, 0x00000000FFFFFFFF, 10_000);

    // Likewise, how many digits are behind it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Behind(Vector512<ulong> point) => OneIf(point, 0x00FF00FF00FF00FF, 1)
        + OneIf(point, 0x0000FFFF0000FFFF, 2) + OneIf(point, 0x00000000FFFFFFFF, 4);

    // Of exponents below 32; exact up to 22.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> PowerOfTen(Vector512<ulong> exponent) =>
        TenIf(exponent, 1, 10) * TenIf(exponent, 2, 100) * TenIf(exponent, 4, 10_000) * TenIf(exponent, 8, 1e8)
            * TenIf(exponent, 16, 1e16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> TenIf(Vector512<ulong> value, ulong bits, double ten) =>
        Vector512.ConditionalSelect(Vector512.Equals(value & Vector512.Create(bits), Vector512<ulong>.Zero).AsDouble(),
            Vector512<double>.One, Vector512.Create(ten));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> OneIf(Vector512<ulong> value, ulong bits, long number) =>
        Vector512.AndNot(Vector512.Create(number),
            Vector512.Equals(value & Vector512.Create(bits), Vector512<ulong>.Zero).AsInt64());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref ulong lanes, ref byte behind, int length, ulong place)
    {
        if (length > 8)
        {
            Unsafe.Add(ref lanes, Front) = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref behind, 24));
            Unsafe.Add(ref lanes, Middle) = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref behind, 16));
        }

        Unsafe.Add(ref lanes, Back) = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref behind, 8));
        Unsafe.Add(ref lanes, Places) = place | ((ulong)(uint)length << LengthBit);
    }

    // "e+07" and the like, as most programs write exponents.
    private bool TryTakeExponent(uint index, ref byte behind, int length, ulong place)
    {
        const int Length = 4;
        var (sign, tens, ones) =
            (Unsafe.Subtract(ref behind, 3), Unsafe.Subtract(ref behind, 2) - '0',
                Unsafe.Subtract(ref behind, 1) - '0');
        if (length <= Length || sign is not ((byte)'+' or (byte)'-') || (uint)tens > 9 || (uint)ones > 9)
        {
            return false;
        }

        var exponent = sign == '-' ? -(10 * tens + ones) : 10 * tens + ones;
        Take(ref LanesOf(index), ref Unsafe.Subtract(ref behind, Length), length - Length,
            place | ((ulong)(byte)exponent << ExponentBit));
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong LanesOf(uint index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_lanes),
            (int)(index + (Lanes - Octet) * (index / Octet)));
}

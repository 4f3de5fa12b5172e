using System.Globalization;
using System.Numerics;

namespace Plumb.Numerics;

/// <summary>The precision that numbers were kept in, read off the numbers themselves.</summary>
internal static class Significand
{
    private const int OfSingles = 24;
    private const int OfDoubles = 53;
    private const int LongBits = 17; // numbers that take fewer are short by choice, and say nothing
    private const int LongDigits = 7; // likewise, of decimals

    /// <summary>24 where all are float32 numbers, as doubles or as their shortest decimals, and most are no shorter;
    /// else 53.</summary>
    public static int BitsOf(ReadOnlySpan<double> values)
    {
        var (others, longs) = (0, 0);
        foreach (var value in values)
        {
            if (value == 0)
            {
                continue;
            }

            var single = (float)value;
            var digits = "";
            var isShortest = single != value && float.IsFinite(single)
                && double.Parse(digits = single.ToString("R", CultureInfo.InvariantCulture),
                    CultureInfo.InvariantCulture) == value;
            if (single != value && !isShortest)
            {
                return OfDoubles;
            }

            others++;
            longs += (isShortest ? DigitsOf(digits) >= LongDigits : BitsUsed(single) >= LongBits) ? 1 : 0;
        }

        return longs > 0 && 2 * longs >= others ? OfSingles : OfDoubles;
    }

    private static int DigitsOf(string number) =>
        number.Split('E')[0].Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();

    private static int BitsUsed(float value) =>
        OfSingles - BitOperations.TrailingZeroCount(BitConverter.SingleToInt32Bits(value) | 1 << (OfSingles - 1));
}

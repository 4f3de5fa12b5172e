using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// A number of at most 19 digits, as clocks count nanoseconds and "%.18e" prints doubles: a double may lose some of it,
/// which is to be told.
/// </summary>
/// <param name="Number">Its digits.</param>
/// <param name="IsWhole">Whether it has neither a separator nor an exponent.</param>
internal readonly record struct NineteenDigits(DecimalFast Number, bool IsWhole)
{
    private const int MostDigits = 19; // below 2^64
    private const ulong FirstLong = 100_000_000_000_000_000; // 10^17: up to 17 digits tell every two doubles apart
    private const double LargestInteger = 1L << 53; // beyond it, not every whole number is a double
    private static readonly DecimalValue s_declined = new(0, DecimalOutcome.NotANumber);
    // Those below 2^64.
    private static readonly ulong[] s_fives = [.. Enumerable.Range(0, 28).Select(i => (ulong)BigInteger.Pow(5, i))];

    /// <summary>Reads the number that begins at a byte.</summary>
    /// <param name="first">The bytes, with some to spare behind the text.</param>
    /// <param name="start">The first byte of the number.</param>
    /// <param name="separator">The decimal separator.</param>
    /// <returns>The number; of no length where it is written otherwise, or has more digits.</returns>
    public static NineteenDigits Read(ref byte first, int start, byte separator)
    {
        var plain = DecimalFast.ReadPlain(ref first, start, separator, MostDigits);
        if (plain.Length == 0)
        {
            return default;
        }

        var number = plain.WithExponentAt(ref first, start);
        var last = Unsafe.Add(ref first, start + plain.Length - 1);
        return new NineteenDigits(number, number.Length == plain.Length && plain.Exponent == 0 && last != separator);
    }

    /// <summary>
    /// The double nearest to the number, and what it loses; no number where finding that takes more care.
    /// </summary>
    public DecimalValue Find()
    {
        var (digits, exponent) = (Number.Digits, Number.Exponent);
        while (digits >= FirstLong && digits % 10 == 0)
        {
            (digits, exponent) = (digits / 10, exponent + 1); // zeros at the end are no digits to lose
        }

        var magnitude = digits == 0 ? double.NaN : DecimalPowers.Scale(digits, exponent);
        if (double.IsNaN(magnitude))
        {
            return s_declined;
        }

        var loss =
            (digits >= FirstLong ? DecimalOutcome.DigitsLost : 0) | (IsWhole && magnitude >= LargestInteger
                ? DecimalOutcome.IntegerRounded : 0);
        var value = Number.IsNegative ? -magnitude : magnitude;
        if (loss == 0)
        {
            return new DecimalValue(value, DecimalOutcome.Number);
        }

        // d / 10^k is a fraction with a power of two below only when 5^k divides d.
        if (exponent < 0)
        {
            return digits % s_fives[Math.Min(-exponent, s_fives.Length - 1)] == 0 ? s_declined
                : new DecimalValue(value, loss);
        }

        if (!IsWhole && exponent > 0)
        {
            return s_declined;
        }

        var whole = IsWhole ? Number.Digits : digits;
        return new DecimalValue(value,
            magnitude < ulong.MaxValue && (ulong)magnitude == whole ? DecimalOutcome.Number : loss);
    }
}

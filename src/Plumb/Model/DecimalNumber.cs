using System.Numerics;
using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// A decimal number as it was written, not rounded to a double: (High + Low) / 10^Decimals. Zero has no decimals.
/// </summary>
/// <param name="High">The nearest double to the digits as a whole number.</param>
/// <param name="Low">What that leaves.</param>
/// <param name="Decimals">Minus the power of ten of the last digit.</param>
internal readonly record struct DecimalNumber(double High, double Low, int Decimals)
{
    /// <summary>The most significant digits: 10^31 is below 2^106, which two doubles hold.</summary>
    public const int MostDigits = 31;

    /// <summary>The farthest that a digit may stand from the point: 10^300 is still a double.</summary>
    public const int MostDecimals = 300;

    /// <summary>How many doubles <see cref="CopyTo"/> writes.</summary>
    public const int Parts = 3;

    private const double LargestWhole = 1L << 53;
    private const int ExactTens = 15; // 10^15 is below 2^53
    private static readonly double[] s_tens =
        [.. Enumerable.Range(0, MostDigits + 2).Select(power => (double)BigInteger.Pow(10, power))];

    /// <summary>The number of a whole number's digits.</summary>
    public static DecimalNumber Of(BigInteger digits, int decimals)
    {
        var high = (double)digits;
        return digits.IsZero ? default : new DecimalNumber(high, (double)(digits - new BigInteger(high)), decimals);
    }

    /// <summary>The number of a whole number's digits, below 2^63.</summary>
    public static DecimalNumber Of(ulong digits, bool isNegative, int decimals)
    {
        if (digits == 0)
        {
            return default;
        }

        var high = (double)(long)digits;
        var low = (double)((long)digits - (long)high);
        return isNegative ? new DecimalNumber(-high, -low, decimals) : new DecimalNumber(high, low, decimals);
    }

    /// <summary>The number as a whole number of a finer digit.</summary>
    /// <param name="tens">How many places finer, 0 or more.</param>
    /// <returns>A number of 53 bits; NaN where it takes more.</returns>
    public double Scaled(int tens)
    {
        var whole = Low == 0 && (uint)tens <= ExactTens ? High * s_tens[tens] : double.NaN;
        return Math.Abs(whole) <= LargestWhole ? whole : double.NaN;
    }

    /// <summary>Reads what <see cref="CopyTo"/> wrote.</summary>
    public static DecimalNumber From(ReadOnlySpan<double> parts) => new(parts[0], parts[1], (int)parts[2]);

    /// <summary>Writes the parts.</summary>
    public void CopyTo(Span<double> parts) => (parts[0], parts[1], parts[2]) = (High, Low, Decimals);

    /// <summary>The nearest double.</summary>
    public double ToDouble()
    {
        const int ExactTens = 22; // 10^22 is the last that is a double
        if (Low == 0 && Decimals >= 0 && Decimals <= ExactTens)
        {
            return High / s_tens[Decimals]; // both exact: one rounding
        }

        var digits = (Dyadic)High + Low;
        var ten = new Dyadic(BigInteger.Pow(10, Math.Abs(Decimals)), 0);
        return Decimals < 0 ? (digits * ten).ToDouble() : Dyadic.Ratio(digits, ten);
    }

    /// <summary>
    /// Whether the digits say more than the nearest double does: they are more than 17, or a whole number's beyond
    /// 2^53,
    /// and not those that printing that double gives.
    /// </summary>
    public bool SaysMoreThanDouble()
    {
        const int RoundTripDigits = 17;
        if (Low == 0 || !(Decimals <= 0 || Top + Decimals > RoundTripDigits))
        {
            return false;
        }

        Dyadic nearest = ToDouble();
        var ten = new Dyadic(BigInteger.Pow(10, Math.Abs(Decimals)), 0);
        var digits = (Dyadic)High + Low;
        var distance = Decimals < 0 ? nearest - digits * ten : nearest * ten - digits;
        var half = (Decimals < 0 ? ten : Dyadic.One).Scale(-1);
        return distance.Abs() > half;
    }

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => High == 0;

    /// <summary>The power of ten above the first digit.</summary>
    public int Top
    {
        get
        {
            var size = Math.Abs(High);
            var digits = ((Math.ILogB(size) * 1233) >> 12) + 1; // log10(2), so right or one too few
            return digits + (size >= s_tens[digits] ? 1 : 0) - Decimals;
        }
    }
}

using System.Globalization;
using System.Numerics;

namespace Plumb.Formats;

/// <summary>The significant digits d and the exponent e of a number d * 10^e, d without zeros at either end.</summary>
internal readonly ref struct DecimalDigits
{
    private const int MaxDoubleDigits = 767; // no double needs more significant digits when written out in full
    private const int MaxDecimals = 1074; // nor more decimals: the smallest is 2^-1074
    private const int ChunkDigits = 18; // so many digits fit in 64 bits, and so does 5^18
    private const ulong ChunkScale = 1_000_000_000_000_000_000; // 10^18
    private readonly ReadOnlySpan<byte> _digits; // with the decimal separator, perhaps
    private readonly long _exponent;

    private DecimalDigits(ReadOnlySpan<byte> digits, int count, long exponent)
    {
        _digits = digits;
        Count = count;
        _exponent = exponent;
    }

    /// <summary>The number of significant digits.</summary>
    public int Count { get; }

    /// <summary>The power of ten of the last of them.</summary>
    public long Exponent => _exponent;

    /// <summary>The digits of a number that is not zero.</summary>
    /// <param name="mantissa">The sign, the digits and the separator.</param>
    /// <param name="exponent">Empty, or e and a whole number.</param>
    /// <param name="separator">The place of the separator; -1 when there is none.</param>
    public static DecimalDigits Of(ReadOnlySpan<byte> mantissa, ReadOnlySpan<byte> exponent, int separator)
    {
        var first = mantissa.IndexOfAnyInRange((byte)'1', (byte)'9');
        var last = mantissa.LastIndexOfAnyInRange((byte)'1', (byte)'9');
        var unitPlace = separator < 0 ? mantissa.Length : separator; // the place behind the units
        var scale = last < unitPlace ? unitPlace - 1 - last : unitPlace - last;
        var inside = separator > first && separator < last ? 1 : 0;
        return new DecimalDigits(mantissa[first..(last + 1)], last + 1 - first - inside, scale + ExponentOf(exponent));
    }

    /// <summary>Whether the number is, exactly, the magnitude of this double.</summary>
    public bool Equal(double value)
    {
        if (Count > MaxDoubleDigits || _exponent < -MaxDecimals || !DividesByFives())
        {
            return false;
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)(bits >> 52) & 0x7FF;
        var fraction = bits & ((1L << 52) - 1);
        BigInteger right = biased == 0 ? fraction : fraction | (1L << 52);
        var power = Math.Max(biased, 1) - 1075;
        var left = ToInteger();
        var tens = BigInteger.Pow(10, (int)Math.Abs(_exponent));
        (left, right) = _exponent < 0 ? (left, right * tens) : (left * tens, right);
        (left, right) = power < 0 ? (left << -power, right) : (left, right << power);
        return left == right;
    }

    // d / 10^k is a fraction with a power of two below only when 5^k divides d: the last digits usually say no at once.
    private bool DividesByFives()
    {
        var fives = 1UL;
        for (var i = 0; i < Math.Min(-_exponent, ChunkDigits); i++)
        {
            fives *= 5;
        }

        var tail = 0UL;
        var scale = 1UL;
        for (var i = _digits.Length - 1; i >= 0 && scale < ChunkScale; i--)
        {
            if (_digits[i] is >= (byte)'0' and <= (byte)'9')
            {
                tail += scale * (ulong)(_digits[i] - '0');
                scale *= 10;
            }
        }

        return tail % fives == 0;
    }

    /// <summary>The digits as a whole number.</summary>
    public BigInteger ToInteger()
    {
        var result = BigInteger.Zero;
        var chunk = 0UL;
        var scale = 1UL;
        foreach (var digit in _digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                continue;
            }

            chunk = 10 * chunk + (ulong)(digit - '0');
            scale *= 10;
            if (scale == ChunkScale)
            {
                result = result * scale + chunk;
                (chunk, scale) = (0, 1);
            }
        }

        return result * scale + chunk;
    }

    private static long ExponentOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        // The number is neither zero nor infinite, so its mantissa makes up for a larger one.
        const long Beyond = int.MaxValue;
        return long.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            ? Math.Clamp(exponent, -Beyond, Beyond)
            : Beyond;
    }
}

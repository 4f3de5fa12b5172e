using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// An exact number significand * 2^exponent: every double is one, and so is every sum, difference and product of them.
/// Kept with an odd significand (zero: 0 * 2^0), so equal numbers have equal parts.
/// </summary>
internal readonly record struct Dyadic
{
    private const int DoubleDigits = 53;
    private const int LeastExponent = -1074; // the grid of the subnormals

    /// <summary>significand * 2^exponent.</summary>
    public Dyadic(BigInteger significand, int exponent)
    {
        if (significand.IsZero)
        {
            return;
        }

        var zeros = TrailingZeros(significand);
        Significand = significand >> zeros;
        Exponent = exponent + zeros;
    }

    /// <summary>The odd whole number, or 0.</summary>
    public BigInteger Significand { get; }

    /// <summary>The power of two.</summary>
    public int Exponent { get; }

    /// <summary>Nothing.</summary>
    public static Dyadic Zero => default;

    /// <summary>One.</summary>
    public static Dyadic One => new(BigInteger.One, 0);

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => Significand.IsZero;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => Significand.Sign;

    /// <summary>The least e with |this| &lt; 2^e; for 0, far less than any other number's.</summary>
    public int Magnitude => IsZero ? int.MinValue / 2 : Exponent + (int)BigInteger.Abs(Significand).GetBitLength();

    /// <summary>The decimal logarithm of the absolute value, to a double's accuracy.</summary>
    public double Log10() => BigInteger.Log10(BigInteger.Abs(Significand)) + Exponent * Math.Log10(2);

    /// <summary>The absolute value.</summary>
    public Dyadic Abs() => Sign < 0 ? -this : this;

    /// <summary>A finite double, exactly.</summary>
    public static implicit operator Dyadic(double value)
    {
        var (significand, exponent) = Split(value);
        return new Dyadic(significand, exponent);
    }

    /// <summary>A whole number, exactly.</summary>
    public static implicit operator Dyadic(long value) => new(value, 0);

    /// <summary>The sum, exactly.</summary>
    public static Dyadic operator +(Dyadic left, Dyadic right)
    {
        if (left.IsZero)
        {
            return right;
        }

        if (right.IsZero)
        {
            return left;
        }

        var grid = Math.Min(left.Exponent, right.Exponent);
        return new Dyadic((left.Significand << (left.Exponent - grid)) + (right.Significand << (right.Exponent - grid)),
            grid);
    }

    /// <summary>The difference, exactly.</summary>
    public static Dyadic operator -(Dyadic left, Dyadic right) => left + -right;

    /// <summary>The negative.</summary>
    public static Dyadic operator -(Dyadic value) => new(-value.Significand, value.Exponent);

    /// <summary>The product, exactly.</summary>
    public static Dyadic operator *(Dyadic left, Dyadic right) =>
        new(left.Significand * right.Significand, left.Exponent + right.Exponent);

    /// <summary>Whether left is the smaller.</summary>
    public static bool operator <(Dyadic left, Dyadic right) => (left - right).Sign < 0;

    /// <summary>Whether left is the larger.</summary>
    public static bool operator >(Dyadic left, Dyadic right) => (left - right).Sign > 0;

    /// <summary>This times 2^power, exactly.</summary>
    public Dyadic Scale(int power) => IsZero ? this : new(Significand, Exponent + power);

    /// <summary>A number of at most 64 bits that is not below this one, which is not negative.</summary>
    public Dyadic RoundUp()
    {
        const int Kept = 64;
        var excess = IsZero ? 0 : (int)Significand.GetBitLength() - Kept;
        return excess <= 0 ? this : new Dyadic((Significand >> excess) + 1, Exponent + excess);
    }

    /// <summary>The significand (at most 53 bits) and exponent of a finite double.</summary>
    /// <exception cref="ArithmeticException">The value is not finite.</exception>
    public static (long Significand, int Exponent) Split(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArithmeticException(FormattableString.Invariant($"{value} is not a finite number."));
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var significand = exponent == 0 ? fraction : fraction | (1L << 52);
        return (bits < 0 ? -significand : significand, Math.Max(exponent, 1) - 1075);
    }

    /// <summary>The nearest double (ties to even); infinite where no double is large enough.</summary>
    public double ToDouble() => Round(Significand, Exponent, exact: true);

    /// <summary>The whole number this is on the grid 2^exponent; the grid must hold it.</summary>
    public BigInteger OnGrid(int exponent) => IsZero ? BigInteger.Zero : Significand << (Exponent - exponent);

    /// <summary>The double nearest to numerator / denominator, as one rounding of the exact quotient.</summary>
    public static double Ratio(Dyadic numerator, Dyadic denominator)
    {
        const int Guard = 66; // more bits than a double holds, so that the cut-off remainder only decides ties
        if (numerator.IsZero)
        {
            return 0;
        }

        var shift = Guard + (int)denominator.Significand.GetBitLength() - (int)numerator.Significand.GetBitLength();
        shift = Math.Max(shift, 0);
        var quotient = BigInteger.DivRem(numerator.Significand << shift, denominator.Significand, out var remainder);
        return Round(quotient, numerator.Exponent - denominator.Exponent - shift, remainder.IsZero);
    }

    /// <summary>numerator / denominator, cut off after this many bits.</summary>
    public static Dyadic Quotient(Dyadic numerator, Dyadic denominator, int bits)
    {
        var shift = Math.Max(0,
            bits + (int)denominator.Significand.GetBitLength() - (int)numerator.Significand.GetBitLength());
        return new Dyadic((numerator.Significand << shift) / denominator.Significand,
            numerator.Exponent - denominator.Exponent - shift);
    }

    /// <summary>
    /// The double nearest to the square root of numerator / denominator, both not negative; neither need be in a
    /// double's range.
    /// </summary>
    public static double SquareRootOfRatio(Dyadic numerator, Dyadic denominator)
    {
        const int Guard = 140; // the root then has 70 bits
        if (numerator.IsZero)
        {
            return 0;
        }

        var shift = Guard + (int)denominator.Significand.GetBitLength() - (int)numerator.Significand.GetBitLength();
        shift = Math.Max(shift, 0);
        var exponent = numerator.Exponent - denominator.Exponent - shift;
        if (int.IsOddInteger(exponent))
        {
            exponent--;
            shift++;
        }

        var quotient = BigInteger.DivRem(numerator.Significand << shift, denominator.Significand, out var remainder);
        var root = SquareRoot(quotient);
        return Round(root, exponent / 2, remainder.IsZero && root * root == quotient);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Significand} * 2^{Exponent}");

    /// <summary>
    /// The double nearest to (value + a part in [0, 1), 0 only if exact) * 2^exponent; ties go to even.
    /// </summary>
    private static double Round(BigInteger value, int exponent, bool exact)
    {
        if (value.IsZero)
        {
            return 0;
        }

        var magnitude = BigInteger.Abs(value);
        var length = (int)magnitude.GetBitLength();
        var drop = Math.Max(length - DoubleDigits, LeastExponent - exponent);
        if (drop > 0)
        {
            var kept = magnitude >> drop;
            var half = BigInteger.One << (drop - 1);
            var rest = magnitude - (kept << drop);
            var comparison = rest.CompareTo(half);
            if (comparison > 0 || (comparison == 0 && (!exact || !kept.IsEven)))
            {
                kept += 1;
            }

            magnitude = kept;
            exponent += drop;
        }

        // At most 2^53, so exact, and so is scaling it: the result is on the grid of the doubles.
        var result = Math.ScaleB((double)magnitude, exponent);
        return value.Sign < 0 ? -result : result;
    }

    private static int TrailingZeros(BigInteger value)
    {
        if (!value.IsEven)
        {
            return 0;
        }

        return (int)BigInteger.TrailingZeroCount(value);
    }

    /// <summary>The whole part of the square root, by Newton's iteration from above.</summary>
    public static BigInteger SquareRoot(BigInteger value)
    {
        if (value.IsZero)
        {
            return value;
        }

        var root = BigInteger.One << (((int)value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + value / root) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }
}

namespace Plumb.Numerics;

/// <summary>
/// An unevaluated sum High + Low of two doubles, |Low| at most half a unit in the last place of High: about 32 digits.
/// Joldes, Muller and Popescu, Tight and rigorous error bounds for basic building blocks of double-word arithmetic, ACM
/// Trans. Math. Softw. 44(2), 2017.
/// </summary>
internal readonly struct DoubleDouble
{
    private DoubleDouble(double high, double low) => (High, Low) = (high, low);

    /// <summary>The nearest double.</summary>
    public double High { get; }

    /// <summary>What High lacks.</summary>
    public double Low { get; }

    /// <summary>A double, exactly.</summary>
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>The nearest double-double to an exact number.</summary>
    public static DoubleDouble Of(Dyadic value)
    {
        var high = value.ToDouble();
        return double.IsFinite(high) ? new(high, (value - high).ToDouble()) : new(high, 0);
    }

    /// <summary>The sum of two doubles, exactly.</summary>
    public static DoubleDouble Sum(double a, double b) => TwoSum(a, b);

    /// <summary>The value, exactly.</summary>
    public Dyadic ToDyadic() => (Dyadic)High + Low;

    /// <summary>The sum; relative error at most 3 * 2^-106 (algorithm 6, AccurateDWPlusDW).</summary>
    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        var high = TwoSum(left.High, right.High);
        var low = TwoSum(left.Low, right.Low);
        var first = FastTwoSum(high.High, high.Low + low.High);
        return FastTwoSum(first.High, low.Low + first.Low);
    }

    /// <summary>The difference.</summary>
    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + -right;

    /// <summary>The negative.</summary>
    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low);

    /// <summary>The product; relative error at most 5 * 2^-106 (algorithm 12, DWTimesDW3).</summary>
    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        var product = TwoProduct(left.High, right.High);
        var cross = Math.FusedMultiplyAdd(left.Low, right.High,
            Math.FusedMultiplyAdd(left.High, right.Low, left.Low * right.Low));
        return FastTwoSum(product.High, product.Low + cross);
    }

    /// <summary>
    /// The quotient by long division, three partial quotients; relative error at most 10 * 2^-106. Hida, Li and Bailey,
    /// Algorithms for quad-double precision floating point arithmetic, ARITH-15, 2001.
    /// </summary>
    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        var first = left.High / right.High;
        var rest = left - right * first;
        var second = rest.High / right.High;
        rest -= right * second;
        return FastTwoSum(first, second) + rest.High / right.High;
    }

    /// <summary>The square root of a number that is not negative; relative error at most 4 * 2^-106.</summary>
    public static DoubleDouble Sqrt(DoubleDouble value)
    {
        if (value.High <= 0)
        {
            return 0;
        }

        var root = Math.Sqrt(value.High);
        var rest = value - TwoProduct(root, root);
        return FastTwoSum(root, rest.High / (2 * root));
    }

    /// <summary>This times 2^power, exactly unless it leaves a double's range.</summary>
    public DoubleDouble Scale(int power) => new(Math.ScaleB(High, power), Math.ScaleB(Low, power));

    private static DoubleDouble TwoSum(double a, double b)
    {
        var sum = a + b;
        var virtualB = sum - a;
        return new(sum, a - (sum - virtualB) + (b - virtualB));
    }

    private static DoubleDouble FastTwoSum(double a, double b)
    {
        var sum = a + b;
        return new(sum, b - (sum - a));
    }

    private static DoubleDouble TwoProduct(double a, double b)
    {
        var product = a * b;
        return new(product, Math.FusedMultiplyAdd(a, b, -product));
    }
}

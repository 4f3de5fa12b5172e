using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class DyadicTests
{
    private const int Grid = -1200; // below the subnormals: all numbers here are whole multiples of 2^Grid

    private static readonly Gen<double> s_double = Gen.OneOf(
        Gen.Double,
        Gen.Double[-1, 1],
        Gen.Int[-1000, 1000].Select(i => i * double.Epsilon),
        Gen.Const(double.MaxValue),
        Gen.Const(double.Epsilon),
        Gen.Const(2.2250738585072014e-308)).Where(double.IsFinite);

    /// <summary>
    /// Numbers close to a double, to the middle between two, and anywhere; into the subnormals and beyond the largest
    /// double.
    /// </summary>
    private static readonly Gen<Dyadic> s_number = Gen.OneOf(
        Gen.Select(s_double, Gen.Long[-3, 3], Gen.Int[0, 60])
            .Select((value, nudge, bits) => Middle(value) + new Dyadic(nudge, Exponent(value) - bits)),
        Gen.Select(Gen.Long, Gen.Long, Gen.Int[-1199, 970])
            .Select((high, low, exponent) => new Dyadic(((BigInteger)high << 64) + low, exponent)),
        s_double.Select(value => (Dyadic)value));

    private static readonly Gen<Dyadic> s_ordinary = Gen.Select(Gen.Long, Gen.Int[-600, 600])
        .Select((significand, exponent) => new Dyadic(significand, exponent));

    [Fact]
    public void Double_comes_back() => s_double.Sample(value => ((Dyadic)value).ToDouble() == value);

    [Fact]
    public void Significand_is_odd_so_that_equal_numbers_have_equal_parts() =>
        Gen.Select(s_number, Gen.Int[0, 80]).Sample((x, shift) =>
            (x.IsZero || !x.Significand.IsEven) && new Dyadic(x.Significand << shift, x.Exponent - shift) == x);

    [Fact]
    public void ToDouble_is_the_nearest_double_ties_to_even() =>
        s_number.Sample(x => IsNearest(x.ToDouble(), x.OnGrid(Grid), BigInteger.One << -Grid));

    [Fact]
    public void Sums_and_products_are_those_of_whole_numbers() =>
        Gen.Select(s_number, s_number).Sample((x, y) =>
            (x + y).OnGrid(Grid) == x.OnGrid(Grid) + y.OnGrid(Grid)
            && (x - y).OnGrid(Grid) == x.OnGrid(Grid) - y.OnGrid(Grid)
            && (x * y).OnGrid(2 * Grid) == x.OnGrid(Grid) * y.OnGrid(Grid)
            && x < y == x.OnGrid(Grid) < y.OnGrid(Grid)
            && x > y == x.OnGrid(Grid) > y.OnGrid(Grid));

    [Fact]
    public void Magnitude_is_the_least_power_of_two_above() =>
        s_number.Where(x => !x.IsZero).Sample(x =>
            x.Abs() < new Dyadic(1, x.Magnitude) && !(x.Abs() < new Dyadic(1, x.Magnitude - 1)));

    [Fact]
    public void Ratio_is_the_nearest_double_to_the_exact_quotient() =>
        Gen.Select(s_number, s_number).Where((_, y) => !y.IsZero).Sample((x, y) =>
            IsNearest(Dyadic.Ratio(x, y), x.OnGrid(Grid), y.OnGrid(Grid)));

    [Fact]
    public void Ratio_of_multiples_is_exact_even_midway_between_doubles() =>
        Gen.Select(s_double, s_ordinary).Where((_, y) => !y.IsZero).Sample((value, y) =>
        {
            var middle = Middle(value);
            return Dyadic.Ratio(middle * y, y) == middle.ToDouble();
        });

    [Fact]
    public void SquareRootOfRatio_is_the_nearest_double_to_the_exact_root() =>
        Gen.Select(s_ordinary, s_ordinary).Where((_, y) => !y.IsZero)
            .Sample((x, y) => IsNearestRoot(Dyadic.SquareRootOfRatio(x.Abs(), y.Abs()), x.Abs(), y.Abs()));

    [Fact]
    public void SquareRootOfRatio_of_a_square_is_its_root_even_where_the_square_is_no_double() =>
        Gen.Select(s_double, s_ordinary).Where((_, y) => !y.IsZero).Sample((value, y) =>
            Dyadic.SquareRootOfRatio((Dyadic)value * value * y.Abs(), y.Abs()) == Math.Abs(value));

    [Fact]
    public void Ratio_a_hair_off_the_middle_between_two_doubles_goes_to_the_right_side() =>
        Gen.Select(s_double.Where(value => value != 0), Gen.Long[long.MaxValue / 2, long.MaxValue], Gen.Int[-1, 1],
            Gen.OneOf(Gen.Int[1, 300], Gen.Const(0))).Sample((value, denominator, side, bits) =>
        {
            var middle = Middle(Math.Abs(value));
            var result = Dyadic.Ratio((middle * denominator) + new Dyadic(side, middle.Exponent - bits), denominator);
            return result == side switch
            {
                0 => middle.ToDouble(),
                1 => Math.BitIncrement(Math.Abs(value)),
                _ => Math.Abs(value)
            };
        });

    [Fact]
    public void SquareRootOfRatio_a_hair_off_the_middle_between_two_doubles_goes_to_the_right_side() =>
        Gen.Select(s_double.Where(value => Math.Abs(value) is > 1e-150 and < 1e150),
            Gen.Long[long.MaxValue / 2, long.MaxValue], Gen.Int[-1, 1], Gen.OneOf(Gen.Int[1, 300], Gen.Const(0)))
            .Sample((value, denominator, side, bits) =>
        {
            var middle = Middle(Math.Abs(value));
            var square = middle * middle;
            var nudged = (square * denominator) + new Dyadic(side, square.Exponent - bits);
            var result = Dyadic.SquareRootOfRatio(nudged, denominator);
            return result == side switch
            {
                0 => middle.ToDouble(),
                1 => Math.BitIncrement(Math.Abs(value)),
                _ => Math.Abs(value)
            };
        });

    [Fact]
    public void Quotient_has_the_bits_asked_for() =>
        Gen.Select(s_ordinary, s_ordinary, Gen.Int[10, 200]).Where((x, y, _) => !x.IsZero && !y.IsZero)
            .Sample((x, y, bits) =>
            (Dyadic.Quotient(x, y, bits) * y - x).Abs() < x.Abs().Scale(1 - bits));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_is_refused(double value) => Assert.Throws<ArithmeticException>(() => (Dyadic)value);

    private static int Exponent(double value) => Dyadic.Split(value).Exponent;

    private static Dyadic Middle(double value) => (Dyadic)value + new Dyadic(1, Exponent(value) - 1);

    /// <summary>
    /// Whether no double is closer to numerator / denominator, whole numbers, and a tie went to the even one.
    /// </summary>
    private static bool IsNearest(double result, BigInteger numerator, BigInteger denominator)
    {
        // Past the largest double, the next power of two stands for infinity.
        static BigInteger Whole(double value) => double.IsInfinity(value)
            ? Math.Sign(value) * (BigInteger.One << (1024 - Grid)) : WholeOf(value);
        BigInteger Distance(double candidate) =>
            BigInteger.Abs((Whole(candidate) * denominator) - (numerator << -Grid));

        var own = Distance(result);
        var isEven = double.IsInfinity(result) || (BitConverter.DoubleToInt64Bits(result) & 1) == 0;
        return new[] { Math.BitIncrement(result), Math.BitDecrement(result) }.All(neighbour =>
        {
            var other = Distance(neighbour);
            return own < other || (own == other && (isEven || neighbour == result));
        });
    }

    private static bool IsNearestRoot(double result, Dyadic numerator, Dyadic denominator)
    {
        if (numerator.IsZero)
        {
            return result == 0;
        }

        // The root lies between the middles to both neighbours: (r + r-)^2 <= 4 x / y <= (r + r+)^2.
        var low = ((Dyadic)result + Math.BitDecrement(result)).Scale(-1);
        var high = ((Dyadic)result + Math.BitIncrement(result)).Scale(-1);
        return !(numerator < low * low * denominator) && !(numerator > high * high * denominator);
    }

    private static BigInteger WholeOf(double value)
    {
        // From the double's own definition, not by way of Dyadic.
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        var fraction = bits & 0xFFFFFFFFFFFFF;
        var whole = exponent == 0 ? (BigInteger)fraction << (-1074 - Grid)
            : (BigInteger)(fraction | 0x10000000000000) << (exponent - 1075 - Grid);
        return bits < 0 ? -whole : whole;
    }
}

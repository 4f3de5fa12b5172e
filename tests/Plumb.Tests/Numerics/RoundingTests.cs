using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>What double-doubles round is what exact arithmetic would, or is left to it.</summary>
public sealed class RoundingTests
{
    private static readonly Gen<Dyadic> s_number =
        from values in Gen.Double[-1, 1].Array[1, 5]
        from exponent in Gen.Int[-200, 200]
        let product = values.Aggregate(Dyadic.One, (product, value) => product * value).Scale(exponent)
        where !product.IsZero
        select product;

    [Fact]
    public void Quotient_is_the_nearest_double() =>
        Gen.Select(s_number, s_number).Sample((numerator, denominator) =>
            Rounding.TryRatio(numerator, denominator) is not { } ratio
            || (IsAtMost(numerator, Middle(ratio, 1), denominator)
                && IsAtMost(-numerator, -Middle(ratio, -1), denominator)));

    [Fact]
    public void Root_is_the_nearest_double() =>
        Gen.Select(s_number, s_number).Sample((numerator, denominator) =>
        {
            var (n, d) = (numerator.Abs(), denominator.Abs());
            return Rounding.TryRoot(n, d) is not { } root
                || (!(n > Square(Middle(root, 1)) * d) && !(Square(Middle(root, -1)) * d > n));
        });

    [Fact]
    public void Middle_between_two_doubles_is_left_to_exact_arithmetic()
    {
        var middle = Middle(1.5, 1);
        Assert.Null(Rounding.TryRatio(middle, Dyadic.One));
        Assert.Null(Rounding.TryRoot(middle * middle, Dyadic.One));
        Assert.Null(Rounding.TryRatio(Dyadic.One, Dyadic.One.Scale(1060))); // a subnormal is rounded elsewhere
        Assert.Equal(1.5, Rounding.TryRatio(3, 2));
    }

    [Fact]
    public void Most_quotients_are_not_left_to_exact_arithmetic()
    {
        var random = new RandomSource(1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.NotNull(Rounding.TryRatio(random.NextNormal(), random.NextNormal()));
        }
    }

    private static Dyadic Square(Dyadic value) => value * value;

    /// <summary>Half way to the next double up or down.</summary>
    private static Dyadic Middle(double value, int direction) =>
        ((Dyadic)value + (direction > 0 ? Math.BitIncrement(value) : Math.BitDecrement(value))).Scale(-1);

    /// <summary>Whether left / denominator is at most right.</summary>
    private static bool IsAtMost(Dyadic left, Dyadic right, Dyadic denominator) =>
        denominator.Sign > 0 ? !(left > right * denominator) : !(right * denominator > left);
}

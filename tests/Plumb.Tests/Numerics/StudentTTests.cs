using Plumb.Numerics;
using static Plumb.Tests.ReferenceTable;

namespace Plumb.Tests;

public sealed class StudentTTests
{
    private static readonly Gen<double> s_degrees = Gen.Double[-1, 6].Select(e => Math.Pow(10, e));
    private static readonly Gen<double> s_thinTail = Gen.Double[-300, 0].Select(e => 0.5 * Math.Pow(10, e));

    public static TheoryData<double, double, double> Tails =>
        [.. Of("t_sf").Select(e => (e.Degrees[0], e.Argument, e.Reference))];

    public static TheoryData<double, double, double> Quantiles =>
        [.. Of("t_isf").Select(e => (e.Degrees[0], e.Argument, e.Reference))];

    [Theory, MemberData(nameof(Tails))]
    public void UpperTail_has_12_digits(double degrees, double t, double expected) =>
        Assert.InRange(RelativeError(expected, StudentT.UpperTail(t, degrees)), 0, Digits12);

    [Theory, MemberData(nameof(Quantiles))]
    public void UpperQuantile_has_12_digits(double degrees, double probability, double expected) =>
        Assert.InRange(RelativeError(expected, StudentT.UpperQuantile(probability, degrees)), 0, Digits12);

    [Fact]
    public void UpperQuantile_undoes_UpperTail_to_12_digits() =>
        Gen.Select(s_thinTail, s_degrees).Where((p, v) => double.IsFinite(StudentT.UpperQuantile(p, v)))
            .Sample((p, v) =>
            RelativeError(p, StudentT.UpperTail(StudentT.UpperQuantile(p, v), v)) <= Digits12, iter: Samples);

    [Fact]
    public void UpperQuantile_keeps_12_digits_near_the_median() =>
        // P(0 < T < t) = t f(0) (1 - O(t^2)), and f(0) = 1 / pi for one degree of freedom: t = tan(pi (1/2 - p)).
        Gen.Double[-15, -1].Select(e => Math.Pow(10, e)).Sample(e =>
            RelativeError(Math.Tan(Math.PI * (0.5 - (0.5 - e))), StudentT.UpperQuantile(0.5 - e, 1)) <= Digits12,
            iter: Samples);

    [Fact]
    public void Tails_of_t_and_minus_t_sum_to_one() =>
        Gen.Select(Gen.Double[-50, 50], s_degrees)
            .Sample((t, v) => StudentT.UpperTail(t, v) + StudentT.UpperTail(-t, v) == 1);

    [Fact]
    public void Quantiles_of_p_and_1_minus_p_are_opposite() =>
        Gen.Select(Gen.Double[0.5, 1], s_degrees)
            .Sample((p, v) => StudentT.UpperQuantile(p, v) == -StudentT.UpperQuantile(1 - p, v));

    [Fact]
    public void UpperTail_falls_as_t_grows() =>
        Gen.Select(Gen.Double[-50, 50], Gen.Double[1e-3, 10], s_degrees).Sample((t, more, v) =>
            StudentT.UpperTail(t + more, v) <= StudentT.UpperTail(t, v));

    [Fact]
    public void UpperTail_of_one_degree_of_freedom_is_an_arc_tangent() =>
        Gen.Double[-100, 300].Select(e => Math.Pow(10, e)).Sample(t =>
            RelativeError(Math.Atan2(1, t) / Math.PI, StudentT.UpperTail(t, 1)) <= Digits12, iter: Samples);

    [Fact]
    public void Infinite_degrees_of_freedom_are_the_normal_distribution()
    {
        Assert.InRange(RelativeError(4.906713927148187e-198, StudentT.UpperTail(30, double.PositiveInfinity)), 0,
            Digits12);
        Assert.InRange(RelativeError(1.959963984540054, StudentT.UpperQuantile(0.025, double.PositiveInfinity)), 0,
            Digits12);
        Assert.InRange(RelativeError(0.2533471031357997, StudentT.UpperQuantile(0.4, double.PositiveInfinity)), 0,
            Digits12);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(1e9)]
    [InlineData(double.PositiveInfinity)]
    public void Ends_and_middle_are_exact(double degrees)
    {
        Assert.Equal(0.5, StudentT.UpperTail(0, degrees));
        Assert.Equal(0, StudentT.UpperTail(double.PositiveInfinity, degrees));
        Assert.Equal(1, StudentT.UpperTail(double.NegativeInfinity, degrees));
        Assert.Equal(0, StudentT.UpperQuantile(0.5, degrees));
        Assert.Equal(double.PositiveInfinity, StudentT.UpperQuantile(0, degrees));
        Assert.Equal(double.NegativeInfinity, StudentT.UpperQuantile(1, degrees));
    }

    [Fact]
    public void UpperQuantile_beyond_double_is_infinite() =>
        Assert.Equal(double.PositiveInfinity, StudentT.UpperQuantile(1e-300, 0.5));

    [Fact]
    public void NaN_comes_out_as_NaN()
    {
        Assert.Equal(double.NaN, StudentT.UpperTail(double.NaN, 3));
        Assert.Equal(double.NaN, StudentT.UpperTail(1, double.NaN));
        Assert.Equal(double.NaN, StudentT.UpperQuantile(double.NaN, 3));
        Assert.Equal(double.NaN, StudentT.UpperQuantile(0.1, double.NaN));
    }

    [Fact]
    public void Arguments_outside_the_domain_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => StudentT.UpperTail(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => StudentT.UpperQuantile(0.1, -1));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => StudentT.UpperQuantile(1.5, 3));
    }
}

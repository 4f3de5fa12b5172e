using Plumb.Numerics;
using static Plumb.Tests.ReferenceTable;

namespace Plumb.Tests;

public sealed class FisherFTests
{
    private static readonly Gen<double> s_degrees = Gen.Double[-1, 3].Select(e => Math.Pow(10, e));
    private static readonly Gen<double> s_thinTail = Gen.Double[-300, 0].Select(e => 0.5 * Math.Pow(10, e));

    public static TheoryData<double, double, double, double> Tails =>
        [.. Of("f_sf").Select(e => (e.Degrees[0], e.Degrees[1], e.Argument, e.Reference))];

    public static TheoryData<double, double, double, double> Quantiles =>
        [.. Of("f_sf").Where(e => e.Reference > 0).Select(e => (e.Degrees[0], e.Degrees[1], e.Reference, e.Argument))];

    [Theory, MemberData(nameof(Tails))]
    public void UpperTail_has_12_digits(double numerator, double denominator, double f, double expected) =>
        Assert.InRange(RelativeError(expected, FisherF.UpperTail(f, numerator, denominator)), 0, Digits12);

    [Theory, MemberData(nameof(Quantiles))]
    public void UpperQuantile_has_12_digits(double numerator, double denominator, double probability,
        double expected) =>
        Assert.InRange(RelativeError(expected, FisherF.UpperQuantile(probability, numerator, denominator)), 0,
            Digits12);

    [Fact]
    public void Accuracy_ends_where_a_rounded_argument_moves_the_tail()
    {
        // d log(tail) / d log(f) is 16,000 here: one unit in the last place of f is 3e-12 of the tail.
        const double Expected = 4.885687032112158e-51;
        Assert.InRange(RelativeError(Expected, FisherF.UpperTail(1.0140621954703806, 1e7, 3e6)), 0, 3e-12);
    }

    [Fact]
    public void UpperQuantile_undoes_UpperTail_to_12_digits() =>
        Gen.Select(s_thinTail, s_degrees, s_degrees).Where((p, k, v) => double.IsFinite(FisherF.UpperQuantile(p, k, v)))
            .Sample((p, k, v) =>
            RelativeError(p, FisherF.UpperTail(FisherF.UpperQuantile(p, k, v), k, v)) <= Digits12, iter: Samples);

    [Fact]
    public void Quantile_of_1_minus_p_is_the_inverse_of_that_of_p_with_degrees_exchanged() =>
        Gen.Select(Gen.Double[0.5, 1], s_degrees, s_degrees).Sample((p, k, v) =>
        {
            var expected = 1 / FisherF.UpperQuantile(1 - p, v, k);
            return !double.IsNormal(expected) || RelativeError(expected, FisherF.UpperQuantile(p, k, v)) <= Digits12;
        }, iter: Samples);

    [Fact]
    public void Square_of_t_is_F_with_one_degree_of_freedom_to_12_digits() =>
        Gen.Select(Gen.Double[-3, 1.5].Select(e => Math.Pow(10, e)), s_degrees).Sample((t, v) =>
            RelativeError(2 * StudentT.UpperTail(t, v), FisherF.UpperTail(t * t, 1, v)) <= Digits12, iter: Samples);

    [Fact]
    public void UpperTail_falls_as_f_grows() =>
        Gen.Select(Gen.Double[0, 20], Gen.Double[1e-3, 10], s_degrees, s_degrees).Sample((f, more, k, v) =>
            FisherF.UpperTail(f + more, k, v) <= FisherF.UpperTail(f, k, v));

    [Fact]
    public void UpperTail_of_two_numerator_degrees_of_freedom_is_a_power() =>
        Gen.Select(Gen.Double[0, 20], s_degrees).Sample((f, v) =>
            RelativeError(Math.Exp(-v / 2 * double.LogP1(2 * f / v)), FisherF.UpperTail(f, 2, v)) <= Digits12,
            iter: Samples);

    [Fact]
    public void Infinite_denominator_degrees_of_freedom_are_chi_squared()
    {
        Assert.Equal(ChiSquared.UpperTail(7.5, 3), FisherF.UpperTail(2.5, 3, double.PositiveInfinity));
        Assert.Equal(ChiSquared.UpperQuantile(0.05, 3) / 3, FisherF.UpperQuantile(0.05, 3, double.PositiveInfinity));
        Assert.InRange(RelativeError(ChiSquared.UpperTail(7.5, 3), FisherF.UpperTail(2.5, 3, 1e16)), 0, Digits12);
    }

    [Fact]
    public void UpperQuantile_beyond_double_is_infinite() =>
        Assert.Equal(double.PositiveInfinity, FisherF.UpperQuantile(6e-53, 6, 0.15));

    [Fact]
    public void Ends_are_exact()
    {
        Assert.Equal(1, FisherF.UpperTail(0, 3, 5));
        Assert.Equal(1, FisherF.UpperTail(-1, 3, 5));
        Assert.Equal(0, FisherF.UpperTail(double.PositiveInfinity, 3, 5));
        Assert.Equal(double.PositiveInfinity, FisherF.UpperQuantile(0, 3, 5));
        Assert.Equal(0, FisherF.UpperQuantile(1, 3, 5));
    }

    [Fact]
    public void NaN_comes_out_as_NaN()
    {
        Assert.Equal(double.NaN, FisherF.UpperTail(double.NaN, 3, 5));
        Assert.Equal(double.NaN, FisherF.UpperTail(1, double.NaN, 5));
        Assert.Equal(double.NaN, FisherF.UpperTail(1, 3, double.NaN));
        Assert.Equal(double.NaN, FisherF.UpperQuantile(double.NaN, 3, 5));
    }

    [Fact]
    public void Arguments_outside_the_domain_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("numeratorDegreesOfFreedom", () => FisherF.UpperTail(1, 0, 5));
        Assert.Throws<ArgumentOutOfRangeException>("numeratorDegreesOfFreedom",
            () => FisherF.UpperTail(1, double.PositiveInfinity, 5));
        Assert.Throws<ArgumentOutOfRangeException>("denominatorDegreesOfFreedom",
            () => FisherF.UpperQuantile(0.1, 3, -5));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => FisherF.UpperQuantile(-0.1, 3, 5));
    }
}

using Plumb.Numerics;
using static Plumb.Tests.ReferenceTable;

namespace Plumb.Tests;

public sealed class ChiSquaredTests
{
    // Above this the probability, rounded to double, no longer tells the quantile to 12 digits.
    private const double QuantileUpTo = 0.99;

    private static readonly Gen<double> s_degrees = Gen.Double[-1, 3].Select(e => Math.Pow(10, e));
    private static readonly Gen<double> s_thinTail = Gen.Double[-300, 0].Select(e => 0.5 * Math.Pow(10, e));

    public static TheoryData<double, double, double> Tails =>
        [.. Of("chi2_sf").Select(e => (e.Degrees[0], e.Argument, e.Reference))];

    public static TheoryData<double, double, double> Quantiles =>
        [.. Of("chi2_sf").Where(e => e.Reference is > 0 and < QuantileUpTo)
            .Select(e => (e.Degrees[0], e.Reference, e.Argument))];

    [Theory, MemberData(nameof(Tails))]
    public void UpperTail_has_12_digits(double degrees, double x, double expected) =>
        Assert.InRange(RelativeError(expected, ChiSquared.UpperTail(x, degrees)), 0, Digits12);

    [Theory, MemberData(nameof(Quantiles))]
    public void UpperQuantile_has_12_digits(double degrees, double probability, double expected) =>
        Assert.InRange(RelativeError(expected, ChiSquared.UpperQuantile(probability, degrees)), 0, Digits12);

    [Fact]
    public void UpperTail_of_two_degrees_of_freedom_is_an_exponential_to_15_digits() =>
        Gen.Double[0, 1400].Sample(x => RelativeError(Math.Exp(-x / 2), ChiSquared.UpperTail(x, 2)) <= 1e-15,
            iter: Samples);

    [Fact]
    public void UpperQuantile_undoes_UpperTail_to_12_digits() =>
        Gen.Select(s_thinTail, s_degrees).Sample((p, v) =>
            RelativeError(p, ChiSquared.UpperTail(ChiSquared.UpperQuantile(p, v), v)) <= Digits12, iter: Samples);

    [Fact]
    public void UpperQuantile_keeps_12_digits_of_a_thin_lower_tail() =>
        // P(X < x) = 1 - exp(-x / 2) for two degrees of freedom.
        Gen.Double[-15, -1].Select(e => Math.Pow(10, e)).Sample(e =>
            RelativeError(-2 * Math.Log(1 - e), ChiSquared.UpperQuantile(1 - e, 2)) <= Digits12, iter: Samples);

    [Fact]
    public void Square_of_a_normal_is_chi_squared_with_one_degree_of_freedom() =>
        Gen.Double[-3, 1.5].Select(e => Math.Pow(10, e)).Sample(z =>
            RelativeError(2 * StudentT.UpperTail(z, double.PositiveInfinity), ChiSquared.UpperTail(z * z, 1))
                <= Digits12, iter: Samples);

    [Fact]
    public void UpperTail_falls_as_x_grows() =>
        Gen.Select(Gen.Double[0, 2000], Gen.Double[1e-3, 10], s_degrees).Sample((x, more, v) =>
            ChiSquared.UpperTail(x + more, v) <= ChiSquared.UpperTail(x, v));

    [Fact]
    public void Ends_are_exact()
    {
        Assert.Equal(1, ChiSquared.UpperTail(0, 3));
        Assert.Equal(1, ChiSquared.UpperTail(-1, 3));
        Assert.Equal(0, ChiSquared.UpperTail(double.PositiveInfinity, 3));
        Assert.Equal(double.PositiveInfinity, ChiSquared.UpperQuantile(0, 3));
        Assert.Equal(0, ChiSquared.UpperQuantile(1, 3));
    }

    [Fact]
    public void NaN_comes_out_as_NaN()
    {
        Assert.Equal(double.NaN, ChiSquared.UpperTail(double.NaN, 3));
        Assert.Equal(double.NaN, ChiSquared.UpperTail(1, double.NaN));
        Assert.Equal(double.NaN, ChiSquared.UpperQuantile(double.NaN, 3));
    }

    [Fact]
    public void Arguments_outside_the_domain_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom", () => ChiSquared.UpperTail(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("degreesOfFreedom",
            () => ChiSquared.UpperTail(1, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => ChiSquared.UpperQuantile(2, 3));
    }
}

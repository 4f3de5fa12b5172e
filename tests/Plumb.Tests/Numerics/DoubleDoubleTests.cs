using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Relative errors against exact arithmetic, in units of 2^-106.</summary>
public sealed class DoubleDoubleTests
{
    private const long Samples = 20_000;

    // Within 2^+-200, where products neither overflow nor lose their low parts to the subnormals.
    private static readonly Gen<DoubleDouble> s_nonzero =
        Gen.Select(Gen.Double[-1, 1].Where(x => Math.Abs(x) > 1e-6), Gen.Double[-1, 1], Gen.Int[-200, 200],
            Gen.Int[0, 60])
            .Select((high, low, exponent, gap) =>
                DoubleDouble.Of(((Dyadic)high + ((Dyadic)low).Scale(-53 - gap)).Scale(exponent)));

    private static readonly Gen<DoubleDouble> s_number = Gen.Frequency((1, Gen.Const((DoubleDouble)0)),
        (20, s_nonzero));

    /// <summary>Pairs that nearly cancel.</summary>
    private static readonly Gen<(DoubleDouble, DoubleDouble)> s_close =
        Gen.Select(s_nonzero, Gen.Double[-1, 1], Gen.Int[30, 110])
            .Select((x, nudge, bits) => (x, -DoubleDouble.Of(x.ToDyadic() + (x.ToDyadic() * nudge).Scale(-bits))));

    [Fact]
    public void Of_is_the_nearest_double_double() =>
        s_number.Sample(x => Math.Abs(x.Low) <= Math.ScaleB(Math.Abs(x.High), -53)
            && Same(DoubleDouble.Of(x.ToDyadic()), x), iter: Samples);

    [Fact]
    public void Sum_is_good_to_3_units_even_where_it_cancels() =>
        Gen.OneOf(Gen.Select(s_number, s_number), s_close)
            .Sample((x, y) => Error(x + y, x.ToDyadic() + y.ToDyadic()) <= 3, iter: Samples);

    [Fact]
    public void Product_is_good_to_5_units() =>
        Gen.Select(s_number, s_number).Sample((x, y) => Error(x * y, x.ToDyadic() * y.ToDyadic()) <= 5, iter: Samples);

    [Fact]
    public void Quotient_is_good_to_10_units() =>
        Gen.Select(s_number, s_nonzero)
            .Sample((x, y) => Error(x / y, Dyadic.Quotient(x.ToDyadic(), y.ToDyadic(), 200)) <= 10, iter: Samples);

    [Fact]
    public void Root_is_good_to_4_units() =>
        s_nonzero.Sample(x =>
        {
            // (root (1 + e))^2 = x (1 + 2 e + ...).
            x = x.High < 0 ? -x : x;
            var root = DoubleDouble.Sqrt(x).ToDyadic();
            return Error(DoubleDouble.Of(x.ToDyadic()), root * root) <= 8;
        }, iter: Samples);

    [Fact]
    public void Scaling_by_a_power_of_two_is_exact() =>
        Gen.Select(s_number, Gen.Int[-300, 300])
            .Sample((x, power) => x.Scale(power).ToDyadic() == x.ToDyadic().Scale(power), iter: Samples);

    private static bool Same(DoubleDouble x, DoubleDouble y) => x.High == y.High && x.Low == y.Low;

    private static double Error(DoubleDouble computed, Dyadic exact) =>
        exact.IsZero ? (computed.High == 0 ? 0 : double.PositiveInfinity)
            : Dyadic.Ratio((computed.ToDyadic() - exact).Abs().Scale(106), exact.Abs());
}

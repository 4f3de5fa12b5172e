using Plumb.Numerics;
using static Plumb.Tests.ReferenceTable;

namespace Plumb.Tests;

public sealed class StirlingErrorTests
{
    private const double Digits14 = 1e-14;

    [Fact]
    public void Of_mends_the_formula_for_factorials_to_14_digits()
    {
        var factorial = 1.0;
        for (var n = 1; n <= 22; n++) // 22! is the last that a double holds exactly
        {
            factorial *= n;
            Assert.InRange(RelativeError(factorial, Gamma(n)), 0, Digits14);
        }
    }

    [Fact]
    public void Of_mends_the_formula_for_a_half_to_14_digits() =>
        Assert.InRange(RelativeError(Math.Sqrt(Math.PI) / 2, Gamma(0.5)), 0, Digits14);

    // Gamma(n + 1)
    private static double Gamma(double n) =>
        Math.Sqrt(2 * Math.PI * n) * Math.Pow(n / Math.E, n) * Math.Exp(StirlingError.Of(n));
}

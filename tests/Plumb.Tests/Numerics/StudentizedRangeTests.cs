using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class StudentizedRangeTests
{
    // Pearson and Hartley, Biometrika Tables for Statisticians, vol. 1, table 29: upper 5 % points, to their digits.
    [Theory]
    [InlineData(3.88, 3, 10)]
    [InlineData(5.01, 10, 20)]
    [InlineData(4.08, 4, 15)]
    [InlineData(3.31, 3, double.PositiveInfinity)]
    public void Five_percent_points_are_those_of_the_tables(double q, int k, double v)
    {
        Assert.True(StudentizedRange.UpperTail(q - 0.005, k, v) >= 0.05);
        Assert.True(StudentizedRange.UpperTail(q + 0.005, k, v) <= 0.05);
    }

    // The range of two normals is sqrt(2) times the magnitude of their difference's normal.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(1.5, 4)]
    [InlineData(20, 30)]
    [InlineData(0.01, 2)]
    [InlineData(6, double.PositiveInfinity)]
    public void Range_of_two_is_Students_t(double q, double v) =>
        AssertClose(2 * StudentT.UpperTail(q / Math.Sqrt(2), v), StudentizedRange.UpperTail(q, 2, v));

    [Fact]
    public void Nothing_is_no_number() => Assert.True(double.IsNaN(StudentizedRange.UpperTail(double.NaN, 3, 5)));

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-10 * expected, $"{actual:r}, not {expected:r}");
}

namespace Plumb.Tests;

public sealed class DirectionTests
{
    [Theory]
    [InlineData(3, 1, 1, false)] // 3 = 1 + 2 * 1
    [InlineData(3, 1, 1.0000001, true)]
    [InlineData(0.3, 0.1, 0.1, false)] // true up to rounding
    [InlineData(0, 0, 0, false)]
    [InlineData(1e308, 1e308, 1e308, true)] // overflows: on the safe side
    public void IsExcitedBy_tells_a_broken_dependence_from_rounding(double surface, double wall, double roof,
        bool expected) =>
        Assert.Equal(expected, new Direction([1, -1, -2], 0).IsExcitedBy([surface, wall, roof]));

    [Fact]
    public void IsExcitedBy_counts_the_bias()
    {
        Assert.False(new Direction([1], -2).IsExcitedBy([2]));
        Assert.True(new Direction([1], -2).IsExcitedBy([1]));
    }

    [Fact]
    public void IsExcitedBy_refuses_another_length() =>
        Assert.Throws<ArgumentException>(() => new Direction([1], 0).IsExcitedBy([1, 2]));
}

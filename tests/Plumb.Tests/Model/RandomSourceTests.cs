namespace Plumb.Tests;

public sealed class RandomSourceTests
{
    [Fact]
    public void Same_seed_gives_same_stream()
    {
        var left = new RandomSource(7);
        var right = new RandomSource(7);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(left.NextBits(), right.NextBits());
        }
    }

    [Fact]
    public void NextDouble_lies_in_the_half_open_unit_interval() =>
        Gen.Long.Sample(seed => new RandomSource(seed).NextDouble() is >= 0 and < 1);

    [Fact]
    public void NextIndex_reaches_every_index()
    {
        var random = new RandomSource(1);
        var seen = Enumerable.Range(0, 1000).Select(_ => random.NextIndex(7)).ToHashSet();
        Assert.Equal(7, seen.Count);
    }
}

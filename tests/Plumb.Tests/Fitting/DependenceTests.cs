namespace Plumb.Tests;

public sealed class DependenceTests
{
    [Theory]
    [InlineData(new double[] { 1, 0, 0 }, 0, "a = 0")]
    [InlineData(new double[] { -1, 0, 0 }, 0, "a = 0")]
    [InlineData(new double[] { 0, 1, 0 }, -5, "b = 5")]
    [InlineData(new double[] { 0, 2, 0 }, 1, "b = -0.5")]
    [InlineData(new double[] { 1, 0, 0 }, -1234567, "a = 1234567")]
    [InlineData(new double[] { 1, 0, 0 }, -1e15, "a = 1E+15")]
    [InlineData(new double[] { 1, 1, 1 }, -1, "a + b + c = 1")]
    [InlineData(new double[] { -1, -1, 0 }, 3, "a + b = 3")]
    [InlineData(new double[] { 1, -1, 0 }, 0, "a = b")]
    [InlineData(new double[] { 1, 1, 0 }, 0, "a = -b")]
    [InlineData(new double[] { 1, 0, -2 }, 0, "a = 2 c")]
    [InlineData(new double[] { 2, 0, -1 }, 0, "c = 2 a")]
    [InlineData(new double[] { 1, 1, -1 }, 0, "c = a + b")]
    [InlineData(new double[] { 1, -1, -2 }, 0, "a = b + 2 c")]
    [InlineData(new double[] { 1, 1, 1 }, 0, "a = -b - c")]
    [InlineData(new double[] { 1, -1, 0 }, -0.1, "a = b + 0.1")]
    [InlineData(new double[] { 2, -1, 0 }, 0.1, "b = 2 a + 0.1")]
    [InlineData(new double[] { 9, -5, 0 }, 160, "b = 1.8 a + 32")]
    [InlineData(new double[] { 3, -7, -5 }, 0, "3 a = 7 b + 5 c")]
    [InlineData(new double[] { 3, -6, 0 }, -1, "3 a = 6 b + 1")]
    [InlineData(new double[] { -3, 2, 2 }, 0, "3 a = 2 b + 2 c")]
    [InlineData(new double[] { 1, -0.25, 0.5 }, 0, "b = 4 a + 2 c")]
    [InlineData(new double[] { 1, -0.3, -0.2 }, 0, "a = 0.3 b + 0.2 c")]
    public void Text_reads_like_an_equation(double[] weights, double bias, string text) =>
        Assert.Equal(text, new Dependence(["a", "b", "c"], weights, bias, DependenceKind.Exact).Text);

    [Fact]
    public void Text_of_many_terms_tells_how_many_more_there_are()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(j => "x" + j)];
        var text =
            new Dependence(names, [.. names.Select((_, j) => j == 0 ? 1.0 : -1.0)], 0, DependenceKind.Exact).Text;
        Assert.Equal("x0 = x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11 + x12 + ... (27 more terms)", text);
    }
}

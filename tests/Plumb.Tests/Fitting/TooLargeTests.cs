namespace Plumb.Tests;

/// <summary>A coefficient that no double holds is withheld alone.</summary>
public sealed class TooLargeTests
{
    private const int Power = 700; // of two: from ordinary inputs to tiny ones

    private static readonly double[][] s_targets =
        [.. Enumerable.Range(0, 8).Select(i => (double[])[Math.ScaleB(3 * i + i % 3, 400), i % 4])];

    private static double[][] Inputs(int power) =>
        [.. Enumerable.Range(0, 8).Select(i => (double[])[Math.ScaleB(i, -power), i * i % 5])];

    [Fact]
    public void Others_are_as_in_units_where_all_can_be_held()
    {
        var held = new LeastSquares().Fit(Moments.Of(Reference.Dataset(Inputs(0), s_targets)));
        var fit = new LeastSquares { WithholdTooLarge = true }.Fit(
            Moments.Of(Reference.Dataset(Inputs(Power), s_targets)));
        Assert.Empty(held.TooLarge);
        var withheld = Assert.Single(fit.TooLarge);
        Assert.Equal(("y1", "x1", 1), (withheld.Target, withheld.Input, withheld.Sign));
        Assert.Equal(Math.Log10(held.Map.WeightsOf(0)[0]) + Power * Math.Log10(2), withheld.Logarithm, 1e-12);
        Assert.Equal(double.PositiveInfinity, fit.Map.WeightsOf(0)[0]);
        Assert.Equal(held.Map.WeightsOf(0)[1], fit.Map.WeightsOf(0)[1]);
        Assert.Equal(held.Map.Bias, fit.Map.Bias);
        Assert.Equal(Math.ScaleB(held.Map.WeightsOf(1)[0], Power), fit.Map.WeightsOf(1)[0]);
        Assert.Equal((held.WeightErrors[0, 1], held.WeightErrors[1, 1], held.RSquared[0]),
            (fit.WeightErrors[0, 1], fit.WeightErrors[1, 1], fit.RSquared[0]));
        Assert.Equal(0, fit.Accuracy.OfWeight(0, 0)!.Value.Digits);
        Assert.Equal(held.Accuracy.OfWeight(0, 1), fit.Accuracy.OfWeight(0, 1));
        Assert.True(double.IsNaN(fit.PValue(fit.Map.WeightsOf(0)[0], fit.WeightErrors[0, 0])));
        Assert.Throws<ArithmeticException>(() => fit.ToModel(fit.Map, new Provenance("least squares")));
    }

    [Fact]
    public void Unless_asked_for_such_data_are_refused() =>
        Assert.Contains("which no double holds",
            Assert.Throws<ArithmeticException>(() => new LeastSquares()
            .Fit(Moments.Of(Reference.Dataset(Inputs(Power), s_targets)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(399.8061799739839, 1, "6.4e399")]
    [InlineData(400, -1, "-1.0e400")]
    [InlineData(399.99, 1, "9.8e399")]
    [InlineData(399.999, 1, "1.0e400")]
    public void Text_has_two_digits(double logarithm, int sign, string text) =>
        Assert.Equal(text, new CoefficientTooLarge("y", "x", sign, logarithm).Text);
}

namespace Plumb.Tests;

/// <summary>Fits with a penalty on the squares of the weights.</summary>
public sealed class RidgeTests
{
    [Fact]
    public void Ridge_of_a_small_problem_is_the_penalized_minimum()
    {
        // One input about its mean: w = Sxy / (Sxx + L).
        var moments =
            Moments.Of(new Dataset(new double[,] { { 1 }, { 2 }, { 3 } }, new double[,] { { 1 }, { 3 }, { 5 } }));
        var fit = new LeastSquares { Ridge = 2 }.Fit(moments);
        Assert.Equal(1.0, fit.Map.WeightsOf(0)[0]); // 4 / (2 + 2)
        Assert.Equal(1.0, fit.Map.Bias[0]); // 3 - 1 * 2
        Assert.True(double.IsNaN(fit.WeightErrors[0, 0]));
    }

    [Fact]
    public void Ridge_determines_what_the_data_do_not()
    {
        var moments =
            Moments.Of(
                new Dataset(new double[,] { { 1, 1 }, { 2, 2 }, { 4, 4 } }, new double[,] { { 1 }, { 3 }, { 5 } }));
        var fit = new LeastSquares { Ridge = 0.5 }.Fit(moments);
        Assert.Equal(fit.Map.WeightsOf(0)[0], fit.Map.WeightsOf(0)[1]);
        Assert.Equal("x1 = x2", Assert.Single(fit.Dependences).Text);
    }

    [Theory]
    [InlineData(5e-324)]
    [InlineData(1e-40)]
    [InlineData(1e300)]
    public void Ridge_of_any_size_solves_rank_deficient_data(double ridge)
    {
        var moments =
            Moments.Of(
                new Dataset(new double[,] { { 1, 1, 1 }, { 2, 2, 0 }, { 4, 4, 1 }, { 3, 3, 1 } },
                    new double[,] { { 1 }, { 3 }, { 5 }, { 2 } }));
        var fit = new LeastSquares { Ridge = ridge }.Fit(moments);
        var free = new LeastSquares().Fit(moments);
        Assert.Equal(fit.Map.WeightsOf(0)[0], fit.Map.WeightsOf(0)[1]);
        Assert.Equal(ridge < 1 ? free.Map.WeightsOf(0)[0] : 0, fit.Map.WeightsOf(0)[0], 1e-15);
    }
}

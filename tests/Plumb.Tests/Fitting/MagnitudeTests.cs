namespace Plumb.Tests;

/// <summary>Fits of inputs whose magnitudes lie far apart, or whose weights lie beyond doubles.</summary>
public sealed class MagnitudeTests
{
    [Fact]
    public void Coefficient_beyond_doubles_is_refused_with_its_size()
    {
        var moments =
            Moments.Of(
                new Dataset(new double[,] { { 1e-200 }, { 2e-200 }, { 4e-200 } },
                    new double[,] { { 1e200 }, { 2e200 }, { 3e200 } }));
        Assert.Contains("6.4e399", Assert.Throws<ArithmeticException>(() => new LeastSquares().Fit(moments)).Message);
    }

    [Fact]
    public void Inputs_equal_but_for_1e250_times_less_have_standard_errors_as_large()
    {
        var fit =
            new LeastSquares { Bias = false }.Fit(
                Moments.Of(
                    new Dataset(new double[,] { { 1, 1 }, { 0, 1e-250 }, { 0, 0 } },
                        new double[,] { { 1 }, { 0 }, { 1 } })));
        Assert.Equal((1.0, 0.0), (fit.Map.WeightsOf(0)[0], fit.Map.WeightsOf(0)[1]));
        Assert.Equal(1, fit.WeightErrors[0, 1] / 1e250, 1e-15); // s = 1
        Assert.Equal("x1 = x2", Assert.Single(fit.NearDependences).Text);
    }

    [Fact]
    public void Smallest_weights_keep_their_digits_where_all_inputs_nearly_depend()
    {
        // About the mean, each input is a multiple of (2, -1, -1) but for its last part, of which x2's is the largest.
        double[][] x = [[-2.25, -2, -3], [Math.ScaleB(-1, -170), Math.ScaleB(-1, -70), -2], [0, 0, -2]];
        double[][] y = [[0], [0], [-7]];
        var map = new LeastSquares().Fit(Moments.Of(Reference.Dataset(x, y))).Map;
        var reversed =
            new LeastSquares().Fit(Moments.Of(Reference.Dataset([.. x.Select(row => row.Reverse().ToArray())], y))).Map;
        Assert.Equal(map.WeightsOf(0).ToArray(), reversed.WeightsOf(0).ToArray().Reverse());
        Assert.Equal(7, Math.ScaleB(map.WeightsOf(0)[1], -70) * -1, 1e-14);
    }

    [Fact]
    public void Standard_error_beyond_doubles_is_infinite()
    {
        var fit = new LeastSquares { Bias = false }.Fit(Moments.Of(
            new Dataset(new double[,] { { 1, 1 }, { 0, 1e-320 }, { 0, 0 } }, new double[,] { { 0 }, { 0 }, { 1 } })));
        Assert.Equal("x1 = x2", Assert.Single(fit.NearDependences).Text);
        Assert.Equal(double.PositiveInfinity, fit.WeightErrors[0, 1]);
        Assert.Empty(fit.ErrorsTooLarge); // the data do not determine these weights
    }
}

using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>More inputs than rows, and many inputs.</summary>
public sealed class WideFitTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_inputs_than_rows_have_a_relation_for_each_input_too_many(bool bias)
    {
        const int Rows = 12;
        const int Inputs = 40;
        var (x, y) = Random(Rows, Inputs);
        var fit = new LeastSquares { Bias = bias }.Fit(Of(x, y));
        Assert.Equal(Rows, fit.Rank);
        Assert.Equal(Inputs + (bias ? 1 : 0) - Rows, fit.Dependences.Count);
        Assert.All(Enumerable.Range(0, Inputs), j => Assert.False(fit.Determines(j)));
        foreach (var relation in fit.Dependences)
        {
            for (var i = 0; i < Rows; i++)
            {
                var sum = Enumerable.Range(0, Inputs).Sum(j => relation.Weights[j] * x[i, j]) + relation.Bias;
                Assert.Equal(0, sum, 1e-11 * relation.Weights.Sum(Math.Abs));
            }
        }

        // The smallest weights lie in the span of the rows (about their mean), and meet every target.
        for (var i = 0; i < Rows; i++)
        {
            var prediction = fit.Map.Bias[0];
            for (var j = 0; j < Inputs; j++)
            {
                prediction += fit.Map.WeightsOf(0)[j] * x[i, j];
            }

            Assert.Equal(y[i, 0], prediction, 1e-13);
        }

        Assert.Equal(0, fit.NullSpace.Project(new AffineMap(fit.Map.Weights, bias ? new double[1] : fit.Map.Bias)).Norm,
            bias ? fit.Map.Norm : 1e-14);
    }

    [Fact]
    public void Inputs_of_no_relation_are_determined_beside_those_of_one()
    {
        var (x, y) = Random(20, 5);
        for (var i = 0; i < 20; i++)
        {
            (x[i, 2], x[i, 3]) = (i * i, (2 * i * i) + 3);
        }

        var fit = new LeastSquares().Fit(Of(x, y));
        Assert.Equal([true, true, false, false, true], Enumerable.Range(0, 5).Select(fit.NullSpace.DeterminesWeight));
    }

    [Theory]
    [InlineData(true, 0.0)]
    [InlineData(false, 0.0)]
    [InlineData(true, 1000.0)]
    public void Ends_of_the_spectrum_are_the_ends_of_the_whole(bool bias, double offset)
    {
        const int Inputs = 80;
        var (x, y) = Random(200, Inputs);
        for (var i = 0; i < 200; i++)
        {
            x[i, 7] = offset + (x[i, 7] * 30);
            x[i, 9] = x[i, 8] + (x[i, 9] / 1000);
        }

        var spectrum = new LeastSquares { Bias = bias }.Fit(Of(x, y)).Spectrum;
        Assert.True(spectrum.HasEnds);
        var (largest, least) = (spectrum.LargestEigenvalue, spectrum.LeastEigenvalue);
        Assert.Equal(1, largest / spectrum.Eigenvalues[0], 1e-11);
        Assert.Equal(1, least / spectrum.Eigenvalues[^1], 1e-9);

        // Columns scaled to length 1: their products are cosines.
        var parameters = Inputs + (bias ? 1 : 0);
        double At(int i, int j) => j < Inputs ? x[i, j] : 1;
        double Product(int j, int k) => Enumerable.Range(0, 200).Sum(i => At(i, j) * At(i, k));
        var lengths = Enumerable.Range(0, parameters).Select(j => Math.Sqrt(Product(j, j))).ToArray();
        var cosines = SymmetricEigenvalues.Of([.. Enumerable.Range(0, parameters).Select(j =>
            Enumerable.Range(0, parameters).Select(k => Product(j, k) / lengths[j] / lengths[k]).ToArray())]);
        Assert.Equal(1, spectrum.ConditionNumber / Math.Sqrt(cosines[0] / cosines[^1]), 1e-5);
    }

    private static (double[,] X, double[,] Y) Random(int rows, int inputs)
    {
        var random = new RandomSource(1);
        var (x, y) = (new double[rows, inputs], new double[rows, 1]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < inputs; j++)
            {
                x[i, j] = random.NextNormal();
            }

            y[i, 0] = random.NextNormal();
        }

        return (x, y);
    }

    private static Moments Of(double[,] x, double[,] y) => Moments.Of(new Dataset(x, y));
}

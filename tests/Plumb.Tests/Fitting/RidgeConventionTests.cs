namespace Plumb.Tests;

public sealed class RidgeConventionTests
{
    [Fact]
    public void Penalty_is_told_in_other_programs_words()
    {
        var text = RidgeConvention.Describe(10, 442);
        Assert.Contains("scikit-learn Ridge(alpha=10)", text, StringComparison.Ordinal);
        Assert.Contains("glmnet lambda = 0.0226244 (10 / 442;", text, StringComparison.Ordinal);
        Assert.Contains("bias unpenalized", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Penalties_and_rows_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RidgeConvention.Describe(-1, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RidgeConvention.Describe(double.NaN, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => RidgeConvention.Describe(1, 0));
    }

    [Theory]
    [InlineData(1.0, 2.5)] // scikit-learn: sum of squared residuals + alpha (sum of squared weights)
    // Glmnet: sum of squared residuals / 2n + lambda / 2 (sum of squared weights), lambda = L / n.
    [InlineData(1.0 / 24, 2.5 / 24)]
    public void Ridge_fit_is_the_minimum_of_the_formulas_that_are_named(double ofResiduals, double ofWeights)
    {
        const double Penalty = 2.5;
        var random = new RandomSource(3);
        var x = Matrix.Create(12, 2, (_, _) => random.NextNormal());
        var y = Matrix.Create(12, 1, (i, _) => x[i, 0] - 2 * x[i, 1] + 3 + 0.1 * random.NextNormal());
        var map = new LeastSquares { Ridge = Penalty }.Fit(Moments.Of(new Dataset(x, y))).Map;

        // The derivatives by each weight and by the bias, which no penalty holds.
        double Residual(int i) => map.Apply(x.Row(i))[0] - y[i, 0];
        for (var j = 0; j < 2; j++)
        {
            var slope = Enumerable.Range(0, 12).Sum(i => 2 * ofResiduals * Residual(i) * x[i, j])
                + 2 * ofWeights * map.WeightsOf(0)[j];
            Assert.InRange(slope, -1e-13, 1e-13);
        }

        Assert.InRange(Enumerable.Range(0, 12).Sum(Residual), -1e-13, 1e-13);
    }
}

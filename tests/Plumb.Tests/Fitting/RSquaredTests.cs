namespace Plumb.Tests;

/// <summary>
/// R-squared and F are about the mean where the map has a constant, under whatever name; decided exactly.
/// </summary>
public sealed class RSquaredTests
{
    private const double Digits = 13;

    [Fact]
    public void Column_of_ones_gives_what_a_bias_gives()
    {
        var (x, y) = Columns("ones.csv");
        var ones = Fit(x, y, bias: false);
        var biased = Fit(Drop(x, 0), y, bias: true);
        Assert.True(ones.RSquaredIsCentred);
        Reference.AssertDigits(Digits, ones.RSquared[0], "0.769919922135758", "R-squared");
        AssertSameStatistics(biased, ones);
    }

    [Fact]
    public void Indicators_of_all_groups_span_the_constant()
    {
        var (x, y) = Columns("dummies.csv");
        var fit = Fit(x, y, bias: false);
        Assert.True(fit.RSquaredIsCentred);
        Reference.AssertDigits(Digits, fit.RSquared[0], "0.815706977287708", "R-squared");
        AssertSameStatistics(Fit(Drop(x, 0), y, bias: true), fit);
    }

    [Theory]
    [InlineData("ones.csv", "0.987902850736694")]
    [InlineData("dummies.csv", "0.999628052787845")]
    public void Uncentred_sums_give_the_other_number(string file, string uncentred)
    {
        // The same residuals over squares about 0: what was printed for these before.
        var (x, y) = Columns(file);
        var fit = Fit(x, y, bias: false);
        Reference.AssertDigits(Digits - 1,
            1 - fit.ResidualSumOfSquares[0] / Enumerable.Range(0, y.Rows).Sum(i => y[i, 0] * y[i, 0]), uncentred,
            "R-squared about 0");
    }

    [Fact]
    public void Inputs_that_do_not_span_the_constant_are_measured_about_0()
    {
        var (x, y) = Columns("ones.csv");
        var fit = Fit(Drop(x, 0), y, bias: false);
        Assert.False(fit.RSquaredIsCentred);
        Assert.Equal(1, fit.ExplainedDegreesOfFreedom);
        var squares = Enumerable.Range(0, y.Rows).Sum(i => y[i, 0] * y[i, 0]);
        Assert.Equal(1 - fit.ResidualSumOfSquares[0] / squares, fit.RSquared[0], 1e-13);
        Assert.True(Fit(Drop(x, 0), y, bias: true).RSquaredIsCentred);
    }

    [Fact]
    public void Nearly_constant_columns_are_no_constant()
    {
        var x = Matrix.Create(6, 1, (i, _) => 1 + (i == 2 ? 1e-15 : 0));
        Assert.False(Fit(x, Matrix.Create(6, 1, (i, _) => i * i), bias: false).RSquaredIsCentred);
    }

    [Fact]
    public void Constant_alone_explains_nothing()
    {
        var fit = Fit(Matrix.Create(5, 1, (_, _) => 0.1), Matrix.Create(5, 1, (i, _) => 1.0 / (i + 3)), bias: false);
        Assert.Equal((0.0, true, 0), (fit.RSquared[0], fit.RSquaredIsCentred, fit.ExplainedDegreesOfFreedom));
        Assert.True(double.IsNaN(fit.FStatistic[0]));
    }

    [Fact]
    public void Constant_by_another_name_changes_no_statistic() =>
        (from inputs in Gen.Int[1, 4]
         from rows in Gen.Int[inputs + 3, inputs + 12]
         from values in Gen.Int[-999, 999].Array[inputs].Array[rows]
         from targets in Gen.Int[-999, 999].Array[rows]
         from weights in Gen.OneOf(Gen.Const((int[]?)null), Gen.Int[1, 5].Array[rows].Select(array => (int[]?)array))
         from ridge in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5))
         from mixture in Gen.Int[-3, 3].Array[inputs]
         from constant in Gen.OneOf(Gen.Const(1.0), Gen.Const(-0.125), Gen.Const(1e9))
         select (inputs, rows, values, targets, weights, ridge, mixture, constant)).Sample(problem =>
         {
             var y = Matrix.Create(problem.rows, 1, (i, _) => problem.targets[i] / 16.0);
             double X(int i, int j) => problem.values[i][j] / 8.0;

             // The last column is the constant plus a mixture of the others: small multiples, so that it is exact.
             var x = Matrix.Create(problem.rows, problem.inputs, X);
             var own = Matrix.Create(problem.rows, problem.inputs + 1,
                 (i, j) => j < problem.inputs ? X(i, j)
                     : problem.constant + Enumerable.Range(0, problem.inputs).Sum(k => problem.mixture[k] * X(i, k)));
             var weights = problem.weights is { } w ? RowWeights.Precisions([.. w.Select(value => (double)value)])
                 : null;
             var biased = new LeastSquares().Fit(Moments.Of(new Dataset(x, y) { Weights = weights }));
             var spanned =
                 new LeastSquares { Bias = false, Ridge = problem.ridge }.Fit(
                     Moments.Of(new Dataset(own, y) { Weights = weights }));
             return spanned.RSquaredIsCentred && spanned.ExplainedDegreesOfFreedom == biased.ExplainedDegreesOfFreedom
                && (problem.ridge > 0
                    || (Same(biased.RSquared[0], spanned.RSquared[0])
                        && Same(biased.AdjustedRSquared[0], spanned.AdjustedRSquared[0])
                        && Same(biased.FStatistic[0], spanned.FStatistic[0])));
         });

    private static bool Same(double left, double right) => left.Equals(right)
        || Math.Abs(left - right) <= 1e-15 * Math.Abs(left);

    private static void AssertSameStatistics(LinearFit expected, LinearFit actual)
    {
        Assert.Equal(expected.ExplainedDegreesOfFreedom, actual.ExplainedDegreesOfFreedom);
        Assert.Equal(expected.ResidualDegreesOfFreedom, actual.ResidualDegreesOfFreedom);
        Assert.True(Same(expected.RSquared[0], actual.RSquared[0]));
        Assert.True(Same(expected.AdjustedRSquared[0], actual.AdjustedRSquared[0]));
        Assert.True(Same(expected.FStatistic[0], actual.FStatistic[0]));
        Assert.Equal(expected.FPValue(0), actual.FPValue(0), 1e-15);
    }

    private static LinearFit Fit(Matrix x, Matrix y, bool bias) =>
        new LeastSquares { Bias = bias }.Fit(Moments.Of(new Dataset(x, y)));

    private static (Matrix X, Matrix Y) Columns(string file)
    {
        var (names, rows) = Reference.Csv("cases", "implicit_constant", file);
        return (Matrix.Create(rows.Length, names.Length - 1, (i, j) => rows[i][j]),
            Matrix.Create(rows.Length, 1, (i, _) => rows[i][^1]));
    }

    private static Matrix Drop(Matrix matrix, int column) =>
        Matrix.Create(matrix.Rows, matrix.Columns - 1, (i, j) => matrix[i, j < column ? j : j + 1]);
}

namespace Plumb.Tests;

/// <summary>Covariances of estimates against exact fractions.</summary>
public sealed class CovarianceLawTests
{
    private const double LastBit = 1.0 / (1L << 52);

    [Fact]
    public void Covariances_are_the_exact_ones_in_one_rounding() => RandomRegressions.FullRank.Sample(problem =>
    {
        var (fit, exact) = (RandomRegressions.Fit(problem.X, problem.Y, problem.Bias),
            new ExactRegression(problem.X, problem.Y, problem.Bias));
        for (var t = 0; t < 2; t++)
        {
            for (var u = 0; u < 2; u++)
            {
                var sigma = exact.Product(t, u) / exact.DegreesOfFreedom;
                AssertEqual(sigma, fit.ResidualCovariance[t, u], exact.Product(t, t), exact.Product(u, u));
                var between = fit.Inference.CovarianceBetween(t, u);
                for (var i = 0; i < between.Rows; i++)
                {
                    for (var j = 0; j < between.Columns; j++)
                    {
                        AssertEqual(sigma * exact.Inverse![i][j], between[i, j],
                            exact.Product(t, t) * exact.Inverse[i][i], exact.Product(u, u) * exact.Inverse[j][j]);
                    }
                }
            }
        }
    });

    [Fact]
    public void Diagonal_is_the_square_of_the_standard_errors() => RandomRegressions.Any.Sample(problem =>
    {
        var fit = RandomRegressions.Fit(problem.X, problem.Y, problem.Bias);
        var covariance = fit.Covariance(1);
        double[] errors = [.. problem.Bias ? [fit.BiasErrors[1]] : Array.Empty<double>(),
            .. Enumerable.Range(0, problem.X[0].Length).Select(j => fit.WeightErrors[1, j])];
        for (var k = 0; k < errors.Length; k++)
        {
            Assert.True(double.IsNaN(errors[k]) ? double.IsNaN(covariance[k, k])
                : Math.Abs(Math.Sqrt(covariance[k, k]) - errors[k]) <= LastBit * errors[k]);
        }
    });

    [Fact]
    public void Combinations_have_the_exact_variance() =>
        (from problem in RandomRegressions.FullRank
         from c in Gen.Int[-5, 5].Array[problem.X[0].Length + (problem.Bias ? 1 : 0)]
         select (problem, c)).Sample(given =>
    {
        var (problem, c) = given;
        var (fit, exact) = (RandomRegressions.Fit(problem.X, problem.Y, problem.Bias),
            new ExactRegression(problem.X, problem.Y, problem.Bias));
        Fraction[] combination = [.. c.Select(value => (Fraction)value)];
        var variance = exact.Product(0, 0) / exact.DegreesOfFreedom * exact.Form(combination, combination);
        AssertEqual(variance, fit.Covariance().Variance([.. c.Select(value => (double)value)]), variance, variance);
    });

    [Fact]
    public void Determined_combinations_do_not_depend_on_which_columns_are_solved_for() =>
        (from problem in RandomRegressions.FullRank
         from order in Gen.Bool
         select (problem, order)).Sample(given =>
    {
        // The last column is the sum of the first and twice itself: x1 is undetermined, but not x1 + its copy's share.
        var ((x, y, bias), isFirst) = given;
        double[][] wide = [.. x.Select(row => isFirst ? [2 * row[0], .. row] : (double[])[.. row, 2 * row[0]])];
        var (fit, plain) = (RandomRegressions.Fit(wide, y, bias), RandomRegressions.Fit(x, y, bias));
        var (first, copy) = isFirst ? (1, 0) : (0, x[0].Length);
        var offset = bias ? 1 : 0;
        var sum = new double[wide[0].Length + offset];
        (sum[offset + first], sum[offset + copy]) = (1, 2);
        var covariance = fit.Covariance();
        Assert.True(covariance.Determines(sum));
        AssertClose(plain.Covariance()[offset, offset], covariance.Variance(sum));
        sum[offset + copy] = 1;
        Assert.False(covariance.Determines(sum));
        Assert.Throws<InvalidOperationException>(() => covariance.Variance(sum));
    });

    [Fact]
    public void Frequencies_are_repeated_rows_to_the_bit() =>
        (from problem in RandomRegressions.FullRank
         from counts in Gen.Int[1, 4].Array[problem.X.Length]
         select (problem, counts)).Sample(given =>
    {
        var ((x, y, bias), counts) = given;
        var moments = new Moments(x[0].Length, 2);
        moments.Add(new Dataset(Rows(x), Rows(y))
        {
            Weights = RowWeights.Frequencies([.. counts.Select(count => (double)count)]),
        });
        double[][] Repeated(double[][] rows) =>
            [.. rows.SelectMany((row, i) => Enumerable.Repeat(row, counts[i])).Reverse()];
        var (counted, repeated) = (new LeastSquares { Bias = bias }.Fit(moments),
            RandomRegressions.Fit(Repeated(x), Repeated(y), bias));
        Assert.Equal(Numbers(repeated.Inference.CovarianceBetween(0, 1)),
            Numbers(counted.Inference.CovarianceBetween(0, 1)));
        Assert.Equal(repeated.Coefficients, counted.Coefficients);
    });

    [Fact]
    public void Weights_are_the_exact_ones() =>
        (from problem in RandomRegressions.FullRank
         from weights in Gen.Int[1, 9].Select(i => i / 4.0).Array[problem.X.Length]
         select (problem, weights)).Sample(given =>
    {
        var ((x, y, bias), weights) = given;
        var moments = new Moments(x[0].Length, 2);
        moments.Add(new Dataset(Rows(x), Rows(y)) { Weights = RowWeights.Precisions(weights) });
        var fit = new LeastSquares { Bias = bias }.Fit(moments);
        var exact = new ExactRegression(x, y, bias, weights);
        var sigma = exact.Product(0, 1) / exact.DegreesOfFreedom;
        var last = exact.Inverse!.Length - 1;
        AssertEqual(sigma * exact.Inverse[0][last], fit.Inference.CovarianceBetween(0, 1)[0, last],
            exact.Product(0, 0) * exact.Inverse[0][0], exact.Product(1, 1) * exact.Inverse[last][last]);
    });

    [Fact]
    public void Nothing_is_said_without_errors()
    {
        double[][] x = [[0], [1]];
        double[][] y = [[1], [2]];
        var few = RandomRegressions.Fit(x, y, bias: true);
        var message = Assert.Throws<InvalidOperationException>(() => few.Covariance()).Message;
        Assert.Contains("no degree of freedom", message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(few.ResidualCovariance[0, 0]));
        Assert.All(few.Coefficients, row => Assert.True(double.IsNaN(row.Low) && double.IsNaN(row.PValue)));
        var moments = new Moments(1, 1);
        moments.AddRows([[0], [1], [2]], [[1], [2], [4]]);
        var ridge = new LeastSquares { Ridge = 1 }.Fit(moments);
        Assert.Contains("ridge", Assert.Throws<InvalidOperationException>(() => ridge.Inference).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Table_of_three_rows_is_that_of_the_page()
    {
        var fit = RandomRegressions.Fit([[0], [1], [2]], [[1], [2], [4]], bias: true);
        Assert.Equal(["x1", "bias"], fit.Coefficients.Select(row => row.Input));
        Assert.Equal([1.5, 5.0 / 6], fit.Coefficients.Select(row => row.Estimate));
        Assert.Equal(Math.Sqrt(5.0 / 36), fit.Coefficients[1].StandardError, 1e-16);
        Assert.Equal(-1.0 / 12, fit.Covariance()[0, 1]);
        Assert.Equal(5.0 / 36, fit.Covariance().Variance(1, 2));
        Assert.Equal(1.5 / Math.Sqrt(7.0 / 3), fit.Coefficients[0].Standardized, 1e-15);
    }

    // To a double's last bit, or 60 bits below the product of the lengths whose cosine it is.
    private static void AssertEqual(Fraction expected, double actual, Fraction left, Fraction right)
    {
        var (value, lengths) = (expected.ToDouble(), Math.Sqrt(left.ToDouble()) * Math.Sqrt(right.ToDouble()));
        Assert.True(Math.Abs(actual - value) <= LastBit * (Math.Abs(value) + lengths / 256),
            $"{actual:r}, not {value:r}");
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= LastBit * Math.Abs(expected), $"{actual:r}, not {expected:r}");

    private static Matrix Rows(double[][] rows) => Matrix.Create(rows.Length, rows[0].Length, (i, j) => rows[i][j]);

    private static double[] Numbers(Matrix matrix) => [.. Enumerable.Range(0, matrix.Rows)
        .SelectMany(i => matrix.Row(i).ToArray())];
}

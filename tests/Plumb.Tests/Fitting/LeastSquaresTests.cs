using Plumb.Numerics;

namespace Plumb.Tests;

public sealed class LeastSquaresTests
{
    private static readonly Gen<double> s_whole = Gen.Int[-3, 3].Select(i => (double)i);
    private static readonly Gen<(double[][] X, double[][] Y)> s_problem =
        Problem(Gen.OneOf(s_whole, Gen.Double[-10, 10]));

    [Fact]
    public void Residuals_are_orthogonal_to_inputs_and_constant() =>
        s_problem.Sample(problem =>
        {
            var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(problem.X, problem.Y)));
            for (var t = 0; t < 2; t++)
            {
                // In exact arithmetic, so that only the rounding of the map itself shows.
                var inner = new Dyadic[fit.ParametersPerTarget];
                var scale = 1.0;
                for (var i = 0; i < problem.X.Length; i++)
                {
                    var residual = (Dyadic)fit.Map.Bias[t] - problem.Y[i][t];
                    for (var j = 0; j < problem.X[i].Length; j++)
                    {
                        residual += (Dyadic)fit.Map.WeightsOf(t)[j] * problem.X[i][j];
                    }

                    for (var j = 0; j < problem.X[i].Length; j++)
                    {
                        inner[j] += residual * problem.X[i][j];
                        scale = Math.Max(scale, Math.Abs(problem.X[i][j]));
                    }

                    inner[^1] += residual;
                }

                var bound = 1e-15 * problem.X.Length * scale * scale * (1 + fit.Map.Norm) * fit.ParametersPerTarget;
                if (inner.Any(value => Math.Abs(value.ToDouble()) > bound))
                {
                    return false;
                }
            }

            return true;
        });

    // x3 = -1.9e69 (x1 + x2) + 0.9: beside the coefficients, the constant is nothing; not so beside the bias.
    [Fact]
    public void Bias_is_free_where_a_relation_has_a_constant_however_small_beside_its_coefficients()
    {
        double[][] x = [[0, 38e-71, 0, -1], [2, -2, -0.14422161973014624, 163d / 47], [-3, 3, 2, 0]];
        double[] y = [607e-93, -7.723370047983149, -0.6669605525225997];
        var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(x, [.. y.Select(value => new[] { value })])));
        Assert.False(fit.NullSpace.DeterminesBias);
        Assert.All(x.Zip(y),
            row =>
                Assert.Equal(row.Second,
                    fit.Map.Bias[0] + row.First.Select((value, j) => fit.Map.Weights[0, j] * value).Sum(), 1e-13));
    }

    [Fact]
    public void F_test_of_one_input_is_its_t_test() =>
        Gen.Double[-10, 10].Array[2].Array[3, 20].Sample(rows =>
        {
            var fit =
                new LeastSquares().Fit(
                    Moments.Of(
                        Reference.Dataset([.. rows.Select(row => row[..1])], [.. rows.Select(row => row[1..])])));
            if (!double.IsFinite(fit.FStatistic[0]))
            {
                return; // a constant column, or no residual
            }

            var t = fit.Map.WeightsOf(0)[0] / fit.WeightErrors[0, 0];
            Assert.Equal(1, fit.ExplainedDegreesOfFreedom);
            Assert.Equal(fit.FStatistic[0], t * t, 1e-12 * t * t);
            Assert.Equal(fit.PValue(fit.Map.WeightsOf(0)[0], fit.WeightErrors[0, 0]), fit.FPValue(0), 1e-11);
            Assert.Equal(1 - (1 - fit.RSquared[0]) * (rows.Length - 1) / (rows.Length - 2), fit.AdjustedRSquared[0],
                1e-12 * rows.Length);
        });

    [Fact]
    public void F_statistic_is_missing_where_nothing_is_explained_or_left()
    {
        double[][] x = [[1], [2], [3]];
        LinearFit Fit(double[][] inputs, double[] y,
            double ridge = 0) =>
                new LeastSquares { Ridge = ridge }.Fit(
                    Moments.Of(Reference.Dataset(inputs, [.. y.Select(value => new[] { value })])));
        Assert.Equal([double.NaN], Fit([[1], [1], [1]], [1, 2, 4]).FStatistic); // no input varies
        Assert.Equal([double.NaN], Fit(x, [2, 2, 2]).FStatistic);
        Assert.Equal([double.NaN], Fit(x, [1, 2, 4], ridge: 1).FStatistic);
        Assert.Equal([double.NaN], Fit(x[..2], [1, 2]).FStatistic);
        Assert.Equal([double.PositiveInfinity], Fit(x, [1, 2, 3]).FStatistic);
        Assert.Equal(0, Fit(x, [1, 2, 3]).FPValue(0));
        Assert.Equal(double.NaN, Fit(x, [2, 2, 2]).FPValue(0));
    }

    [Fact]
    public void Rank_is_that_of_exact_elimination() =>
        s_problem.Sample(problem =>
        {
            var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(problem.X, problem.Y)));
            return fit.Rank == RationalOracle.Rank([.. problem.X.Select(row => row.Append(1.0).ToArray())]);
        });

    [Fact]
    public void Dependences_hold_on_every_row() =>
        Problem(s_whole).Sample(problem =>
        {
            var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(problem.X, problem.Y)));
            return fit.Dependences.All(relation => relation.Kind == DependenceKind.Exact
                && problem.X.All(row => row.Zip(relation.Weights, (x, w) => x * w).Sum() + relation.Bias == 0));
        });

    [Fact]
    public void Identified_weights_are_those_that_every_least_squares_map_shares() =>
        s_problem.Sample(problem =>
        {
            // Reversing the inputs changes which columns are kept; what the data determine must not notice.
            var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(problem.X, problem.Y)));
            var reversed =
                new LeastSquares().Fit(
                    Moments.Of(Reference.Dataset([.. problem.X.Select(row => row.Reverse().ToArray())], problem.Y)));
            var last = problem.X[0].Length - 1;
            return Enumerable.Range(0, last + 1).All(j =>
                fit.NullSpace.DeterminesWeight(j) == reversed.NullSpace.DeterminesWeight(last - j)
                && Same(fit.Map.WeightsOf(0)[j], reversed.Map.WeightsOf(0)[last - j])
                && Same(fit.WeightErrors[0, j], reversed.WeightErrors[0, last - j]));
        });

    [Fact]
    public void Minimum_norm_weights_have_no_part_along_free_directions() =>
        s_problem.Sample(problem =>
        {
            var fit = new LeastSquares().Fit(Moments.Of(Reference.Dataset(problem.X, problem.Y)));
            return fit.Dependences.Where(relation => relation.Kind == DependenceKind.Exact).All(relation =>
                Math.Abs(relation.Weights.Zip(fit.Map.WeightsOf(0).ToArray(), (a, b) => a * b).Sum())
                    <= 1e-14 * relation.Weights.Sum(Math.Abs) * (1 + fit.Map.Norm));
        });

    [Fact]
    public void Fit_of_the_energy_set_names_the_dependence_and_gives_the_exact_minimum_norm_map()
    {
        var fit = new LeastSquares().Fit(Moments.Of(Energy()));
        Assert.Equal((768, 8, 9), (fit.Rows, fit.Rank, fit.ParametersPerTarget));
        var dependence = Assert.Single(fit.Dependences);
        Assert.Equal("surface_area = wall_area + 2 roof_area", dependence.Text);
        Assert.Equal(DependenceKind.Exact, dependence.Kind);
        Assert.Equal([true, false, false, false, true, true, true, true],
            Enumerable.Range(0, 8).Select(fit.NullSpace.DeterminesWeight));
        Assert.True(fit.NullSpace.DeterminesBias);

        var exact = Reference.Json("real", "energy.ref.json").GetProperty("exact_dbl");
        for (var t = 0; t < 2; t++)
        {
            string Exact(int row) => exact.GetProperty("B_minnorm_weights_only")[row][t].GetString()!;
            Reference.AssertDigits(15, fit.Map.Bias[t], Exact(0), "bias");
            for (var j = 0; j < 8; j++)
            {
                Reference.AssertDigits(15, fit.Map.WeightsOf(t)[j], Exact(j + 1), fit.Names.Inputs[j]);
            }

            Reference.AssertDigits(15, fit.ResidualSumOfSquares[t], exact.GetProperty("rss")[t].GetString()!, "rss");
            Reference.AssertDigits(15, fit.RSquared[t], exact.GetProperty("r2")[t].GetString()!, "R-squared");
            Reference.AssertDigits(15, fit.ResidualStandardDeviation[t], exact.GetProperty("sigma")[t].GetString()!,
                "sigma");
        }
    }

    [Fact]
    public void Exact_relation_has_no_residual_at_all()
    {
        // y = x / 3 rounds; y = 2 x + 1 does not.
        var fit =
            new LeastSquares().Fit(
                Moments.Of(new Dataset(new double[,] { { 1 }, { 2 }, { 4 } }, new double[,] { { 3 }, { 5 }, { 9 } })));
        Assert.Equal((2.0, 1.0, 0.0, 0.0),
            (fit.Map.WeightsOf(0)[0], fit.Map.Bias[0], fit.ResidualSumOfSquares[0], fit.WeightErrors[0, 0]));
    }

    [Fact]
    public void Exact_relation_with_fractions_has_no_residual_either()
    {
        // The slope is 1/3, which no double holds.
        var fit =
            new LeastSquares().Fit(
                Moments.Of(new Dataset(new double[,] { { 3 }, { 6 }, { 12 } }, new double[,] { { 1 }, { 2 }, { 4 } })));
        Assert.Equal((1.0 / 3, 0.0, 0.0), (fit.Map.WeightsOf(0)[0], fit.Map.Bias[0], fit.ResidualSumOfSquares[0]));
    }

    [Fact]
    public void Constant_column_is_one_with_the_bias()
    {
        var fit =
            new LeastSquares().Fit(
                Moments.Of(
                    new Dataset(new double[,] { { 5, 1 }, { 5, 2 }, { 5, 4 } },
                        new double[,] { { 1 }, { 2 }, { 3 } })));
        Assert.Equal("x1 = 5", Assert.Single(fit.Dependences).Text);
        Assert.False(fit.NullSpace.DeterminesBias);
        Assert.False(fit.NullSpace.DeterminesWeight(0));
        Assert.True(fit.NullSpace.DeterminesWeight(1));
    }

    [Fact]
    public void Sum_in_decimals_is_a_near_dependence()
    {
        // 0.1 + 0.2 is not 0.3 in doubles: the relation holds only up to the last bit.
        var rows = Enumerable.Range(1, 20).Select(i => (double[])[i / 10.0, i * i / 7.0, i / 10.0 + i * i / 7.0])
            .ToArray();
        var fit =
            new LeastSquares().Fit(
                Moments.Of(Reference.Dataset(rows, [.. rows.Select((row, i) => (double[])[row[0] + i % 3])])));
        var dependence = Assert.Single(fit.Dependences);
        Assert.Equal((DependenceKind.Near, "x3 = x1 + x2"), (dependence.Kind, dependence.Text));
    }

    [Fact]
    public void Rows_taken_away_that_had_not_been_added_are_noticed()
    {
        var random = new RandomSource(1);
        Dataset Draw(int rows) =>
            new(Matrix.Create(rows, 2, (_, _) => random.NextNormal()),
                Matrix.Create(rows, 1, (_, _) => random.NextNormal()));
        for (var attempt = 0; attempt < 50; attempt++)
        {
            // Sums of squares may all stay positive: then the moments are indefinite in another direction, or no one
            // can tell.
            var moments = Moments.Of(Draw(6));
            moments.Remove(Draw(3));
            try
            {
                var fit = new LeastSquares().Fit(moments);
                Assert.True(fit.ResidualSumOfSquares[0] >= 0);
            }
            catch (Exception exception) when (exception is ArgumentException or ArithmeticException)
            {
                Assert.Contains("taken away", exception.Message);
            }
        }
    }

    [Fact]
    public void Fit_without_rows_is_refused() =>
        Assert.Contains("0 rows",
            Assert.Throws<ArgumentException>(() => new LeastSquares().Fit(new Moments(1, 1))).Message);

    internal static Dataset Energy()
    {
        var (names, rows) = Reference.Csv("samples", "energy.csv");
        return Reference.Dataset([.. rows.Select(row => row[..8])], [.. rows.Select(row => row[8..])],
            new VariableNames(names[..8], names[8..]));
    }

    private static bool Same(double a, double b) => (double.IsNaN(a) && double.IsNaN(b))
        || Math.Abs(a - b) <= 1e-13 * (Math.Abs(a) + Math.Abs(b)) + 1e-13;

    private static Gen<(double[][] X, double[][] Y)> Problem(Gen<double> input) =>
        from inputs in Gen.Int[1, 4]
        from rows in Gen.Int[1, 12]
        from x in input.Array[inputs].Array[rows]
        from y in Gen.Double[-10, 10].Array[2].Array[rows]
        select (x, y);
}

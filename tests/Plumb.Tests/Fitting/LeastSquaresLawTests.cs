using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Fits against exact fractions, and the laws that units, order and other targets must not break.</summary>
public sealed class LeastSquaresLawTests
{
    private const int Grid = -80; // all numbers here are whole multiples of 2^Grid
    private const double HalfUnit = 1.0000001 / (1L << 53); // one rounding of a number good to 80 bits and more

    private static readonly Gen<double> s_value = Gen.OneOf(
        Gen.Int[-3, 3].Select(i => (double)i),
        Gen.Int[-999, 999].Select(i => i / 100.0),
        Gen.Double[0.5, 1],
        Gen.Int[-3, 3].Select(i => 1e6 + i));

    private static readonly Gen<(double[][] X, double[][] Y, bool Bias)> s_problem =
        from inputs in Gen.Int[1, 4]
        from bias in Gen.Bool
        from rows in Gen.Int[inputs + 1, inputs + 8]
        from x in s_value.Array[inputs].Array[rows]
        from y in s_value.Array[2].Array[rows]
        select (x, y, bias);

    private static readonly Gen<(double[][] X, double[][] Y, bool Bias)> s_fullRank =
        s_problem.Where(problem => RationalOracle.Rank([.. problem.X.Select(row => Regressors(row, problem.Bias))])
            == problem.X[0].Length + (problem.Bias ? 1 : 0));

    [Fact]
    public void Coefficients_are_the_exact_ones_in_one_rounding() =>
        s_fullRank.Sample(problem =>
        {
            var fit = Fit(problem.X, problem.Y, problem.Bias);
            return Enumerable.Range(0, 2).All(t =>
            {
                var (numerators, denominator, _) = Exact(problem.X, problem.Y, t, problem.Bias);
                return Parameters(fit, t).Zip(numerators)
                    .All(pair => IsRatio(pair.First, pair.Second, denominator, HalfUnit));
            });
        });

    [Fact]
    public void Residuals_and_standard_errors_are_the_exact_ones_to_the_last_bit() =>
        s_fullRank.Where(problem => problem.X.Length > problem.X[0].Length + 1).Sample(problem =>
        {
            var fit = Fit(problem.X, problem.Y, problem.Bias);
            var freedom = problem.X.Length - problem.X[0].Length - (problem.Bias ? 1 : 0);
            return fit.ResidualDegreesOfFreedom == freedom && Enumerable.Range(0, 2).All(t =>
            {
                var (numerators, denominator, gram) = Exact(problem.X, problem.Y, t, problem.Bias);
                var residuals = Residuals(problem.X, problem.Y, t, problem.Bias, numerators, denominator);
                // Times denominator^2, on the grid of y squared.
                var sum = residuals.Aggregate(BigInteger.Zero, (total, r) => total + r * r);
                var errors = Enumerable.Range(0, problem.X[0].Length).Select(j => fit.WeightErrors[t, j])
                    .Concat(problem.Bias ? [fit.BiasErrors[t]] : Array.Empty<double>());
                return IsRatio(fit.ResidualSumOfSquares[t], sum, denominator * denominator, HalfUnit, 2 * Grid)
                    && errors.Select((error, j) =>
                    {
                        var unit = new BigInteger[gram.GetLength(0)];
                        unit[j] = 1;
                        var (inverse, determinant) = WholeMatrices.Solve(gram, unit);
                        return IsSquareRootOf(error, sum * inverse[j],
                            denominator * denominator * determinant * freedom);
                    }).All(right => right);
            });
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Wide_data_are_interpolated_by_the_smallest_weights(bool bias)
    {
        // 20 rows, 60 inputs, among them copies, sums in decimals and other units: w = D' (D D')^-1 d, where D and d
        // are the rows less the first if there is a bias.
        var random = new RandomSource(7);
        double[] Row()
        {
            var row = Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextNormal(), 3)).ToArray();
            (row[3], row[4], row[30], row[31]) = (row[1] + row[2], 0.1 * row[0], row[5], 1024 * row[6]);
            return row;
        }

        var x = Enumerable.Range(0, 20).Select(_ => Row()).ToArray();
        var y = x.Select(_ => (double[])[Math.Round(random.NextNormal(), 3)]).ToArray();
        var fit = Fit(x, y, bias);
        Assert.Equal((20, 0L, true), (fit.Rank, fit.ResidualDegreesOfFreedom, fit.HasNoResidual[0]));
        Assert.Equal(60 + (bias ? 1 : 0) - 20, fit.NullSpace.Count);

        var rows = x.Select(row => row.Select(Whole).ToArray()).ToArray();
        var targets = y.Select(row => Whole(row[0])).ToArray();
        var differences = bias ? rows[1..].Select(row => row.Zip(rows[0], (a, b) => a - b).ToArray()).ToArray() : rows;
        BigInteger[] values = bias ? [.. targets[1..].Select(value => value - targets[0])] : targets;
        var gram = new BigInteger[values.Length, values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            for (var k = 0; k < values.Length; k++)
            {
                gram[i, k] =
                    differences[i].Zip(differences[k]).Aggregate(BigInteger.Zero,
                        (sum, pair) => sum + pair.First * pair.Second);
            }
        }

        var (solution, denominator) = WholeMatrices.Solve(gram, values);
        for (var j = 0; j < 60; j++)
        {
            var weight = differences.Zip(solution).Aggregate(BigInteger.Zero,
                (sum, pair) => sum + pair.First[j] * pair.Second);
            Assert.True(IsRatio(fit.Map.WeightsOf(0)[j], weight, denominator, HalfUnit),
                FormattableString.Invariant($"weight {j}"));
        }
    }

    [Fact]
    public void Units_that_are_powers_of_two_change_nothing_but_units() =>
        Gen.Select(s_problem, Gen.Int[-90, 90].Array[4], Gen.Int[-90, 90]).Sample((problem, powers, power) =>
        {
            var plain = Fit(problem.X, problem.Y, problem.Bias);
            if (!plain.IsIdentified)
            {
                return true; // the smallest weights depend on the units, and should
            }

            var scaled = Fit(
                [.. problem.X.Select(row => row.Select((value, j) => Math.ScaleB(value, powers[j])).ToArray())],
                [.. problem.Y.Select(row => row.Select(value => Math.ScaleB(value, power)).ToArray())],
                problem.Bias);
            return scaled.Rank == plain.Rank
                && scaled.RSquared.SequenceEqual(plain.RSquared)
                && scaled.NearDependences.Count == plain.NearDependences.Count
                && Codes(scaled).SequenceEqual(Codes(plain))
                && Enumerable.Range(0, 2).All(t =>
                    Enumerable.Range(0, problem.X[0].Length).All(j =>
                        scaled.Map.WeightsOf(t)[j] == Math.ScaleB(plain.Map.WeightsOf(t)[j], power - powers[j])
                        && scaled.WeightErrors[t, j].Equals(Math.ScaleB(plain.WeightErrors[t, j], power - powers[j])))
                    && scaled.Map.Bias[t] == Math.ScaleB(plain.Map.Bias[t], power)
                    && scaled.BiasErrors[t].Equals(Math.ScaleB(plain.BiasErrors[t], power)))
                && Math.Abs((scaled.Spectrum.ConditionNumber / plain.Spectrum.ConditionNumber) - 1) < 1e-12;
        });

    /// <summary>
    /// The kinds of findings, but for a target equal to an input: it is one only in that input's units; elsewhere it is
    /// an exact fit, if there are rows to spare.
    /// </summary>
    private static IEnumerable<string> Codes(LinearFit fit) =>
        Assessment.Of(fit).Findings.Select(finding => finding.Code)
            .Where(code => code is not ("target-is-input" or "exact-fit")).Order(StringComparer.Ordinal);

    [Fact]
    public void Order_of_inputs_changes_nothing_but_their_order() =>
        Gen.Select(s_problem, Gen.Shuffle(new[] { 0, 1, 2, 3 })).Sample((problem, shuffled) =>
        {
            var order = shuffled.Where(j => j < problem.X[0].Length).ToArray();
            var plain = Fit(problem.X, problem.Y, problem.Bias);
            var permuted = Fit([.. problem.X.Select(row => order.Select(j => row[j]).ToArray())], problem.Y,
                problem.Bias);
            return permuted.Rank == plain.Rank
                && permuted.RSquared.SequenceEqual(plain.RSquared)
                && Enumerable.Range(0, order.Length).All(k =>
                    permuted.Map.WeightsOf(0)[k] == plain.Map.WeightsOf(0)[order[k]]
                    && permuted.NullSpace.DeterminesWeight(k) == plain.NullSpace.DeterminesWeight(order[k])
                    && permuted.WeightErrors[0, k].Equals(plain.WeightErrors[0, order[k]]))
                && permuted.Map.Bias[0] == plain.Map.Bias[0]
                && permuted.BiasErrors[0].Equals(plain.BiasErrors[0]);
        });

    [Fact]
    public void Targets_fitted_together_are_as_if_fitted_apart() =>
        Gen.Select(s_problem, Gen.OneOf(Gen.Const(0.0), Gen.Const(0.3))).Sample((problem, ridge) =>
        {
            LinearFit Of(double[][] y) =>
                new LeastSquares { Bias = problem.Bias, Ridge = ridge }.Fit(
                    Moments.Of(Reference.Dataset(problem.X, y)));
            var together = Of(problem.Y);
            return Enumerable.Range(0, 2).All(t =>
            {
                var apart = Of([.. problem.Y.Select(row => (double[])[row[t]])]);
                return apart.Map.WeightsOf(0).SequenceEqual(together.Map.WeightsOf(t))
                    && apart.Map.Bias[0] == together.Map.Bias[t]
                    && apart.WeightErrors.Row(0).SequenceEqual(together.WeightErrors.Row(t))
                    && apart.BiasErrors[0].Equals(together.BiasErrors[t])
                    && apart.ResidualSumOfSquares[0] == together.ResidualSumOfSquares[t]
                    && apart.RSquared[0].Equals(together.RSquared[t]);
            });
        });

    [Fact]
    public void Fit_and_its_spectrum_stay_when_the_moments_change()
    {
        var (x, y) = (new double[][] { [1, 1], [2, 2], [4, 4] }, new double[][] { [1], [2], [5] });
        var moments = Moments.Of(Reference.Dataset(x, y));
        var fit = new LeastSquares().Fit(moments);
        var other = new LeastSquares().Fit(moments);
        var (spectrum, closest) = (other.Spectrum.Eigenvalues, other.ClosestTo(AffineMap.Zero(2, 1)));
        moments.Add([5.0, 7.0], [1.0]);
        Assert.Equal(spectrum, fit.Spectrum.Eigenvalues);
        Assert.Equal(closest, fit.ClosestTo(AffineMap.Zero(2, 1)));
    }

    private static LinearFit Fit(double[][] x, double[][] y, bool bias) =>
        new LeastSquares { Bias = bias }.Fit(Moments.Of(Reference.Dataset(x, y)));

    private static double[] Regressors(double[] row, bool bias) => bias ? [.. row, 1] : row;

    private static IEnumerable<double> Parameters(LinearFit fit, int target)
    {
        var weights = fit.Map.WeightsOf(target).ToArray();
        return fit.Settings.Bias ? weights.Append(fit.Map.Bias[target]) : weights;
    }

    private static BigInteger Whole(double value) => ((Dyadic)value).OnGrid(Grid);

    /// <summary>
    /// The solution of the plain normal equations in fractions, and their matrix in units of 2^(2 Grid).
    /// </summary>
    private static (BigInteger[] Numerators, BigInteger Denominator, BigInteger[,] Gram) Exact(double[][] x,
        double[][] y, int target, bool bias)
    {
        var rows = x.Select(row => Regressors(row, bias).Select(Whole).ToArray()).ToArray();
        var gram = WholeMatrices.Gram(rows);
        var right = Enumerable.Range(0, rows[0].Length)
            .Select(j =>
                rows.Zip(y).Aggregate(BigInteger.Zero, (sum, pair) => sum + pair.First[j] * Whole(pair.Second[target])))
            .ToArray();
        var (numerators, denominator) = WholeMatrices.Solve(gram, right);
        return (numerators, denominator, gram);
    }

    private static IEnumerable<BigInteger> Residuals(double[][] x, double[][] y, int target, bool bias,
        BigInteger[] numerators, BigInteger denominator) =>
        x.Zip(y,
            (row, values) =>
                Regressors(row, bias).Select(Whole).Zip(numerators).Aggregate(-Whole(values[target]) * denominator,
                    (sum, pair) => sum + pair.First * pair.Second));

    /// <summary>Whether value = numerator / denominator * 2^exponent to a relative error.</summary>
    private static bool IsRatio(double value, BigInteger numerator, BigInteger denominator, double error,
        int exponent = 0)
    {
        var exact = new Dyadic(numerator, exponent);
        return ((Dyadic)value * new Dyadic(denominator, 0) - exact).Abs() is var distance
            && !(distance > exact.Abs() * error);
    }

    /// <summary>
    /// Whether value is the square root of a ratio to a unit in the last place: so its square to two.
    /// </summary>
    private static bool IsSquareRootOf(double value, BigInteger numerator, BigInteger denominator)
    {
        var exact = new Dyadic(numerator, 0);
        return !(((Dyadic)value * value * new Dyadic(denominator, 0) - exact).Abs()
            > exact.Abs() * Math.ScaleB(1, -51));
    }
}

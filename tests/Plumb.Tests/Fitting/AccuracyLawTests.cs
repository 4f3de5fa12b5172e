using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Certified digits against exact fractions, over random problems from ordinary to nearly and exactly dependent, with
/// coefficients and residuals that are 0 and with penalties.
/// CsCheck_Iter=10000 runs them for long.
/// </summary>
public sealed class AccuracyLawTests
{
    private const double Wanted = 15; // digits: no problem so small leaves fewer
    private const int Grid = -240; // all numbers here are whole multiples of 2^Grid

    private static readonly Gen<double> s_value = Gen.OneOf(
        Gen.Int[-3, 3].Select(i => (double)i),
        Gen.Int[-999, 999].Select(i => i / 100.0),
        Gen.Double[-1, 1].Select(Short),
        Gen.Int[-9, 9].Select(i => 1e9 + i),
        Gen.Select(Gen.Double[-1, 1].Select(Short), Gen.Int[-30, 30]).Select(Math.ScaleB));

    /// <summary>How the last input comes of the others, and the targets of all.</summary>
    private static readonly Gen<Problem> s_problem =
        from inputs in Gen.Int[1, 5]
        from bias in Gen.Bool
        from rows in Gen.Int[inputs + 1, inputs + 8]
        from x in s_value.Array[inputs].Array[rows]
        from closeness in Gen.OneOf(Gen.Const(0), Gen.Const(0), Gen.Int[1, 60], Gen.Int[60, 110],
            Gen.Const(int.MaxValue))
        from y in s_value.Array[rows]
        from wholeWeights in Gen.Int[-2, 2].Array[inputs]
        from noise in Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Int[2, 80], Gen.Const(int.MaxValue))
        from ridge in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.0), Gen.Const(0.0), Gen.Double[1e-6, 10])
        select Problem.Of(x, y, closeness, wholeWeights, noise, bias, ridge);

    [Fact]
    public void Certified_digits_are_fifteen_or_more_and_never_exceed_true_ones() =>
        s_problem.Sample(problem => Assert.Empty(problem.Faults()));

    [Fact]
    public void Weight_that_is_0_stays_proved_while_the_residuals_are_proved_to_be_0() =>
        Assert.Empty(
            Problem.Of([[0, 999999998], [1000000007, -3.24], [0, 0], [0, -6.38]], [0, -7.48, 0, 0], 0, [], 0,
                bias: false, ridge: 0).Faults());

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    public void Many_inputs_in_another_order_agree_within_what_is_certified(double difference)
    {
        // More inputs than are solved in whole numbers: here digits may be fewer, but those certified of either fit
        // have to agree.
        const int Inputs = 104;
        var random = new RandomSource(11);
        double[][] x =
            [.. Enumerable.Range(0, Inputs + 20)
                .Select(_ => Enumerable.Range(0, Inputs).Select(_ => random.NextNormal()).ToArray())];
        foreach (var row in x)
        {
            row[^1] = difference == 0 ? row[^1] : row[0] + row[1] + (difference * row[^1]);
        }

        double[][] y = [.. x.Select(row => (double[])[row[0] + random.NextNormal()])];
        var order = Enumerable.Range(0, Inputs).Reverse().ToArray();
        var (one, other) =
            (new LeastSquares().Fit(Moments.Of(Reference.Dataset(x, y))),
                new LeastSquares().Fit(
                    Moments.Of(Reference.Dataset([.. x.Select(row => order.Select(j => row[j]).ToArray())], y))));
        Assert.True(one.IsIdentified);
        for (var k = 0; k < Inputs; k++)
        {
            var j = order[k];
            Agree(one.Map.WeightsOf(0)[j], one.Accuracy.Arithmetic.Weights[0, j], other.Map.WeightsOf(0)[k],
                other.Accuracy.Arithmetic.Weights[0, k], 15);
            Agree(one.WeightErrors[0, j], one.Accuracy.StandardErrors.Weights[0, j], other.WeightErrors[0, k],
                other.Accuracy.StandardErrors.Weights[0, k], 9);
        }
    }

    private static void Agree(double one, double ofOne, double other, double ofOther, double wanted)
    {
        Assert.True(Math.Min(ofOne, ofOther) >= wanted,
            FormattableString.Invariant($"{ofOne} and {ofOther} digits certified of {one:R}"));
        Assert.True(
            !(((Dyadic)one - other).Abs() > 1.001 * Math.Abs(one) * (Math.Pow(10, -ofOne) + Math.Pow(10, -ofOther))),
            FormattableString.Invariant($"{one:R} and {other:R}: {ofOne} and {ofOther}"));
    }

    private static double Short(double value) => Math.Abs(value) < 1e-9 ? 0 : value;

    private static Dyadic Whole(BigInteger value) => new(value, 0);

    private sealed record Problem(double[][] X, double[] Y, bool Bias, double Ridge)
    {
        public static Problem Of(double[][] x, double[] y, int closeness, int[] weights, int noise, bool bias,
            double ridge)
        {
            if (closeness > 0)
            {
                // The last input becomes the sum of the others and a share of itself: rounded, so that it lies near the
                // others or, without a share, on what rounding leaves.
                foreach (var row in x)
                {
                    row[^1] = row[..^1].Sum() + (closeness == int.MaxValue ? 0 : Math.ScaleB(row[^1], -closeness));
                }
            }

            if (noise > 0)
            {
                for (var i = 0; i < y.Length; i++)
                {
                    y[i] = x[i].Zip(weights, (value, weight) => value * weight).Sum()
                        + (noise == int.MaxValue ? 0 : Math.ScaleB(y[i], -noise));
                }
            }

            return new Problem(x, y, bias, ridge);
        }

        /// <summary>The numbers of which more digits are certified than are true, or too few.</summary>
        public IEnumerable<string> Faults()
        {
            var fit =
                new LeastSquares { Bias = Bias, Ridge = Ridge }.Fit(
                    Moments.Of(Reference.Dataset(X, [.. Y.Select(value => (double[])[value])])));
            var accuracy = fit.Accuracy;

            // Plain normal equations over [x; 1], in units of 2^(2 Grid).
            var parameters = X[0].Length + (Bias ? 1 : 0);
            var rows = X.Select(row => (Bias ? row.Append(1.0) : row).Select(OnGrid).ToArray()).ToArray();
            var targets = Y.Select(OnGrid).ToArray();
            var plain = WholeMatrices.Gram(rows);
            var gram = (BigInteger[,])plain.Clone();
            for (var j = 0; j < X[0].Length; j++)
            {
                gram[j, j] += ((Dyadic)Ridge).OnGrid(2 * Grid);
            }

            var right = Enumerable.Range(0, parameters)
                .Select(j =>
                    rows.Zip(targets).Aggregate(BigInteger.Zero, (sum, pair) => sum + pair.First[j] * pair.Second))
                .ToArray();
            var independent =
                WholeMatrices.Eliminate(
                    [.. Enumerable.Range(0, parameters)
                        .Select(i => Enumerable.Range(0, parameters).Select(j => gram[i, j]).ToArray())]).Pivots;
            var sub = new BigInteger[independent.Count, independent.Count];
            for (var i = 0; i < independent.Count; i++)
            {
                for (var j = 0; j < independent.Count; j++)
                {
                    sub[i, j] = gram[independent[i], independent[j]];
                }
            }

            if (independent.Count == 0)
            {
                yield break;
            }

            var (numerators, denominator) = WholeMatrices.Solve(sub, [.. independent.Select(j => right[j])]);
            var squares =
                rows.Zip(targets,
                    (row, target) =>
                        independent.Select((j, k) => row[j] * numerators[k]).Aggregate(-target * denominator,
                            BigInteger.Add)).Aggregate(BigInteger.Zero, (sum, r) => sum + r * r);
            var residual = new Dyadic(squares, 2 * Grid); // over denominator^2
            if (IsWrong(accuracy.ResidualSumOfSquares[0], fit.ResidualSumOfSquares[0], residual,
                Whole(denominator * denominator)))
            {
                yield return FormattableString.Invariant(
                    $"residual sum {fit.ResidualSumOfSquares[0]:R}: {accuracy.ResidualSumOfSquares[0]}");
            }

            for (var k = 0; k < independent.Count; k++)
            {
                var j = independent[k];
                var isBias = j == X[0].Length;
                if (Ridge == 0 && !(isBias ? fit.NullSpace.DeterminesBias : fit.NullSpace.DeterminesWeight(j)))
                {
                    continue;
                }

                var (value, digits) = isBias ? (fit.Map.Bias[0], accuracy.Arithmetic.Bias[0])
                    : (fit.Map.WeightsOf(0)[j], accuracy.Arithmetic.Weights[0, j]);
                if (IsWrong(digits, value, Whole(numerators[k]), Whole(denominator)))
                {
                    yield return FormattableString.Invariant($"parameter {j} {value:R}: {digits}");
                }

                var (error, ofError) = isBias ? (fit.BiasErrors[0], accuracy.StandardErrors.Bias[0])
                    : (fit.WeightErrors[0, j], accuracy.StandardErrors.Weights[0, j]);
                if (!double.IsNaN(error))
                {
                    var unit = new BigInteger[independent.Count];
                    unit[k] = 1;
                    var (inverse, determinant) = WholeMatrices.Solve(sub, unit);
                    var square = Whole(squares * inverse[k]);
                    var divisor = Whole(denominator * denominator * determinant * fit.ResidualDegreesOfFreedom);
                    if (IsWrong(ofError, error, square, divisor, isSquare: true))
                    {
                        yield return FormattableString.Invariant($"error {j} {error:R}: {ofError}");
                    }
                }
            }
        }

        private static BigInteger OnGrid(double value) => ((Dyadic)value).OnGrid(Grid);

        /// <summary>
        /// Whether a value (or its square) is further from numerator / denominator than its digits say, or has too few
        /// of them.
        /// </summary>
        private static bool IsWrong(double digits, double value, Dyadic numerator, Dyadic denominator,
            bool isSquare = false)
        {
            var share = Math.Pow(10, -digits);
            var distance = ((isSquare ? (Dyadic)value * value : value) * denominator - numerator).Abs();
            return !(digits >= Wanted) || distance > numerator.Abs() * (isSquare ? 2 * share + share * share : share);
        }
    }
}

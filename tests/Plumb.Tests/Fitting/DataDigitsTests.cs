namespace Plumb.Tests;

/// <summary>Digits that the uncertainty of the data leaves, against data that are perturbed within it.</summary>
public sealed class DataDigitsTests
{
    // Each number is off by at most this share of itself: far above rounding, and far below what is not of first order.
    private const double Share = 1e-9;
    private const double SecondOrder = 1e-5;
    private const double Modest = 100; // the most by which the bound exceeds the worst of many perturbations

    private static readonly Gen<(double[][] X, double[] Y, bool Bias, int Seed)> s_problem =
        from inputs in Gen.Int[1, 4]
        from bias in Gen.Bool
        from rows in Gen.Int[inputs + 3, 20]
        from offsets in Gen.OneOf(Gen.Const(0.0), Gen.Double[-30, 30]).Array[inputs]
        from seed in Gen.Int[1, 1_000_000]
        select Draw(inputs, bias, rows, offsets, seed);

    [Fact]
    public void Perturbed_data_never_exceed_the_bound_and_come_near_it() =>
        s_problem.Sample(problem =>
        {
            var (x, y, bias, seed) = problem;
            var fit = Fit(x, y, bias);
            if (fit.Spectrum.ConditionNumber > 1e3)
            {
                return true; // what is not of first order grows with the square of the condition number
            }

            var digits =
                fit.AccuracyWith(
                    new DataUncertainty(
                        [.. Enumerable.Range(0, x[0].Length).Select(j => Share * Length(x.Select(row => row[j])))],
                        [Share * Length(y)])).Data;
            double[] bounds = [.. Parameters(fit).Zip(digits.Weights.Row(0).ToArray().Concat(bias ? digits.Bias : []),
                (value, count) => count is > 0 and < Accuracy.MostDigits ? Math.Abs(value) * Math.Pow(10, -count)
                    : double.NaN)];
            var worst = new double[bounds.Length];
            var random = new RandomSource(seed);
            for (var attempt = 0; attempt < 100; attempt++)
            {
                double Perturbed(double value) =>
                    value
                        * (1
                            + (Share
                                * (attempt % 2 == 0 ? Math.Sign(random.NextNormal()) : 2 * random.NextDouble() - 1)));
                var moved =
                    Parameters(
                        Fit([.. x.Select(row => row.Select(Perturbed).ToArray())], [.. y.Select(Perturbed)], bias))
                        .Zip(Parameters(fit), (left, right) => Math.Abs(left - right)).ToArray();
                for (var j = 0; j < worst.Length; j++)
                {
                    worst[j] = Math.Max(worst[j], moved[j]);
                }
            }

            return worst.Zip(bounds)
                .All(pair => double.IsNaN(pair.Second)
                    || (pair.First <= pair.Second * (1 + SecondOrder) && pair.First * Modest >= pair.Second));
        }, iter: 25);

    [Fact]
    public void Rounding_of_the_inputs_is_what_is_assumed_unless_told()
    {
        var random = new RandomSource(1);
        double[][] x =
            [.. Enumerable.Range(0, 20).Select(_ => (double[])[random.NextNormal(), 1e6 + random.NextNormal()])];
        double[] y = [.. x.Select(row => row[0] + random.NextNormal())];
        var fit = Fit(x, y, bias: true);
        var told =
            fit.AccuracyWith(
                new DataUncertainty(
                    [.. Enumerable.Range(0, 2).Select(j => Math.ScaleB(Length(x.Select(row => row[j])), -53))],
                    [Math.ScaleB(Length(y), -53)]));
        for (var j = 0; j < 2; j++)
        {
            Assert.Equal(fit.Accuracy.Data.Weights[0, j], told.Data.Weights[0, j], 1e-9);
        }

        Assert.Equal(fit.Accuracy.Data.Bias[0], told.Data.Bias[0], 1e-9);
        // The last digits of numbers near 1e6 are what its variation is measured by.
        Assert.InRange(fit.Accuracy.Data.Weights[0, 1], 5, 12);
    }

    [Fact]
    public void Data_without_uncertainty_take_no_digits()
    {
        var accuracy = Fit([[1, 2], [2, 1], [4, 0], [0, 3.5]], [1, 2, 4, 3], bias: true)
            .AccuracyWith(new DataUncertainty([0, 0], [0]));
        Assert.Equal([17.0, 17], accuracy.Data.Weights.Row(0).ToArray());
        Assert.Equal(DigitLimit.Statistical, accuracy.OfWeight(0, 1)!.Value.Limit);
    }

    [Theory]
    [InlineData(new double[] { 1 }, "expected one per column: 2 and 1")]
    [InlineData(new double[] { 1, -1 }, "must be 0 or a positive number")]
    [InlineData(new double[] { 1, double.NaN }, "must be 0 or a positive number")]
    public void Lengths_that_are_none_are_refused(double[] lengths, string message)
    {
        var fit = Fit([[1, 2], [2, 1], [4, 0], [0, 3.5]], [1, 2, 4, 3], bias: true);
        Assert.Contains(message,
            Assert.ThrowsAny<ArgumentException>(() => fit.AccuracyWith(new DataUncertainty(lengths, [0]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Weight_that_is_not_identified_has_no_digits()
    {
        var accuracy =
            Fit([[1, 2, 0], [2, 4, 1], [4, 8, 0], [0, 0, 2], [1, 2, 3]], [1, 2, 4, 3, 3], bias: true).Accuracy;
        Assert.Null(accuracy.OfWeight(0, 0));
        Assert.Null(accuracy.OfWeight(0, 1));
        Assert.NotNull(accuracy.OfWeight(0, 2));
        Assert.True(accuracy.Arithmetic.Weights[0, 2] > 15);
    }

    /// <summary>
    /// Normal values: where one row alone makes up an input and another the target, no perturbation comes near the
    /// bound.
    /// </summary>
    private static (double[][] X, double[] Y, bool Bias, int Seed) Draw(int inputs, bool bias, int rows,
        double[] offsets, int seed)
    {
        var random = new RandomSource(seed);
        return ([.. Enumerable.Range(0, rows)
            .Select(_ => offsets.Select(offset => offset + random.NextNormal()).ToArray())],
            [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())], bias, seed);
    }

    private static LinearFit Fit(double[][] x, double[] y, bool bias) =>
        new LeastSquares { Bias = bias }.Fit(
            Moments.Of(Reference.Dataset(x, [.. y.Select(value => (double[])[value])])));

    private static IEnumerable<double> Parameters(LinearFit fit) =>
        fit.Map.WeightsOf(0).ToArray().Concat(fit.Settings.Bias ? [fit.Map.Bias[0]] : Array.Empty<double>());

    private static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
}

namespace Plumb.Tests;

public sealed class TruthComparisonTests
{
    [Fact]
    public void Differences_are_measured_in_standard_errors()
    {
        var (data, truth) = Simulated(new RandomSource(4), 30, 1);
        var fit = Fit(data);
        var comparison = TruthComparison.Of(fit, truth);
        var parameters = Assert.Single(comparison.Targets);
        Assert.Equal(["x1", "x2", "(bias)"], parameters.Select(parameter => parameter.Name));
        Assert.Equal(fit.Map.WeightsOf(0)[1] - truth.WeightsOf(0)[1], parameters[1].Difference);
        Assert.Equal(parameters[1].Difference / fit.WeightErrors[0, 1], parameters[1].InStandardErrors);
        Assert.All(parameters,
            parameter => Assert.Equal(Math.Abs(parameter.InStandardErrors) <= fit.IntervalFactor, parameter.IsInside));
        Assert.Equal(0, comparison.UndeterminedDirections);
    }

    [Fact]
    public void Intervals_hold_the_truth_as_often_as_they_promise()
    {
        const int Runs = 2000;
        var random = new RandomSource(11);
        var (inside, tests) = (new int[3], 0);
        for (var run = 0; run < Runs; run++)
        {
            var (data, truth) = Simulated(random, 12, 1);
            var fit = Fit(data);
            var comparison = TruthComparison.Of(fit, truth);
            for (var j = 0; j < 3; j++)
            {
                inside[j] += comparison.Targets[0][j].IsInside == true ? 1 : 0;
            }

            tests += comparison.Tests[0].PValue > 0.05 ? 1 : 0;
        }

        // 95 % of 2000, give or take four standard deviations of a binomial count.
        Assert.All([.. inside, tests], count => Assert.InRange(count, 1861, 1939));
    }

    [Fact]
    public void Units_of_columns_change_no_difference_in_standard_errors() =>
        (from seed in Gen.Long
         from input in Gen.Int[-30, 30]
         from target in Gen.Int[-30, 30]
         select (seed, input, target)).Sample(problem =>
     {
         var (data, truth) = Simulated(new RandomSource(problem.seed), 9, 2);
         double Input(int j) => j == 0 ? Math.ScaleB(1, problem.input) : 1;
         var unit = Math.ScaleB(1, problem.target);
         var scaled = new Dataset(Matrix.Create(9, 2, (i, j) => data.Inputs[i, j] * Input(j)),
             Matrix.Create(9, 2, (i, t) => data.Targets[i, t] * unit));
         var scaledTruth = new AffineMap(Matrix.Create(2, 2, (t, j) => truth.WeightsOf(t)[j] * unit / Input(j)),
             [.. truth.Bias.ToArray().Select(value => value * unit)]);
         var (before, after) = (Compare(data, truth), Compare(scaled, scaledTruth));
         return Enumerable.Range(0, 2)
             .All(t =>
                 before.Targets[t].Zip(after.Targets[t])
                     .All(pair => pair.First.InStandardErrors.Equals(pair.Second.InStandardErrors)
                         && pair.First.IsInside == pair.Second.IsInside));
     }, iter: 200);

    [Fact]
    public void Undetermined_parameters_are_not_compared()
    {
        // x3 = x1 + x2 on every row: their weights are undetermined, that of x4 and the bias are not.
        var random = new RandomSource(9);
        var x = Matrix.Create(20, 4, (i, j) => j == 3 ? random.NextNormal() : (i * (j + 3)) % 7);
        x = Matrix.Create(20, 4, (i, j) => j == 2 ? x[i, 0] + x[i, 1] : x[i, j]);
        var y = Matrix.Create(20, 1, (i, _) => x[i, 0] + 5 * x[i, 3] + 2 + 0.1 * random.NextNormal());
        var comparison = Compare(new Dataset(x, y), new AffineMap(Row(1, 0, 0, 5), [2]));
        Assert.Equal(1, comparison.UndeterminedDirections);
        Assert.Equal([false, false, false, true, true],
            comparison.Targets[0].Select(parameter => parameter.IsDetermined));
        Assert.Equal([null, null, null, true, true], comparison.Targets[0].Select(parameter => parameter.IsInside));
        Assert.True(double.IsNaN(comparison.Targets[0][0].Difference));

        // Another truth that differs along the undetermined direction alone is as good.
        var twin = Compare(new Dataset(x, y), new AffineMap(Row(8, 7, -7, 5), [2]));
        Assert.Equal(comparison.Tests[0].Statistic, twin.Tests[0].Statistic, 1e-9);
    }

    [Fact]
    public void Weights_that_hang_on_the_last_bit_are_not_compared()
    {
        var x = Matrix.Create(12, 3,
            (i, j) => j switch { 0 => i / 10.0, 1 => i * i / 7.0, _ => (i / 10.0) + (i * i / 7.0) });
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, Matrix.Create(12, 1, (i, _) => i % 3))));
        Assert.True(Enumerable.Range(0, 3).All(fit.HangsOnLastBit));
        Assert.False(fit.BiasHangsOnLastBit);
        var comparison = TruthComparison.Of(fit, new AffineMap(Row(1, 1, 1), [0]));
        Assert.Equal([false, false, false, true], comparison.Targets[0].Select(parameter => parameter.IsDetermined));
    }

    [Fact]
    public void Without_standard_errors_there_is_no_interval()
    {
        var data = new Dataset(Column(1, 2), Column(1, 3));
        var comparison = Compare(data, new AffineMap(Row(2), [-1]));
        Assert.All(comparison.Targets[0],
            parameter => Assert.Equal((0.0, null), (parameter.Difference, parameter.IsInside)));
        Assert.Empty(comparison.Tests);
    }

    [Fact]
    public void Exact_fits_hold_the_truth_only_where_they_meet_it()
    {
        var data = new Dataset(Column(1, 2, 4), Column(3, 5, 9));
        Assert.All(Compare(data, new AffineMap(Row(2), [1])).Targets[0],
            parameter => Assert.Equal((0.0, true), (parameter.InStandardErrors, parameter.IsInside)));
        Assert.All(Compare(data, new AffineMap(Row(3), [2])).Targets[0],
            parameter =>
                Assert.Equal((double.NegativeInfinity, false), (parameter.InStandardErrors, parameter.IsInside)));
    }

    [Fact]
    public void Truths_of_another_shape_or_kind_are_refused()
    {
        var (data, truth) = Simulated(new RandomSource(4), 9, 1);
        var (fit, withoutBias) = (Fit(data), new LeastSquares { Bias = false }.Fit(Moments.Of(data)));
        Assert.Throws<ArgumentException>(() => TruthComparison.Of(fit, AffineMap.Zero(3, 1)));
        Assert.Throws<ArgumentException>(() => TruthComparison.Of(fit, new AffineMap(Row(1, double.NaN), [0])));
        Assert.Throws<ArgumentException>(() => TruthComparison.Of(withoutBias, truth));
    }

    private static Matrix Row(params double[] values) => Matrix.Create(1, values.Length, (_, j) => values[j]);

    private static Matrix Column(params double[] values) => Matrix.Create(values.Length, 1, (i, _) => values[i]);

    private static TruthComparison Compare(Dataset data, AffineMap truth) => TruthComparison.Of(Fit(data), truth);

    private static LinearFit Fit(Dataset data) => new LeastSquares().Fit(Moments.Of(data));

    private static (Dataset Data, AffineMap Truth) Simulated(RandomSource random, int rows, int targets)
    {
        var truth = AffineMap.Random(2, targets, random);
        var x = Matrix.Create(rows, 2, (_, _) => random.NextNormal());
        return (new Dataset(x,
            Matrix.Create(rows, targets, (i, t) => truth.Apply(x.Row(i))[t] + 0.5 * random.NextNormal())), truth);
    }
}

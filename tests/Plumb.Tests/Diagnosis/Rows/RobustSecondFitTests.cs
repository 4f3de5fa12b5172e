using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>
/// Rows that lie far off together are found, well-specified data raise no alarm, and neither units nor order count.
/// </summary>
public sealed class RobustSecondFitTests
{
    [Fact]
    public void Two_rows_that_hide_each_other_are_both_found()
    {
        var (names, rows) = Reference.Csv("verdicts", "masked.csv");
        var data = Reference.Dataset([.. rows.Select(row => row[..1])], [.. rows.Select(row => row[1..])],
            new VariableNames(names[..1], names[1..]));
        var found = Find(data)!;
        Assert.Equal([29, 30], found.Rows.Select(row => row.Row).Order());
        Assert.Equal((30, false), (found.RowsLookedAt, found.IsSample));

        // As a fit without them says.
        var moments =
            Moments.Of(new Dataset(Matrix.Create(28, 1, (i, _) => data.Inputs[i, 0]),
            Matrix.Create(28, 1, (i, _) => data.Targets[i, 0])));
        var without = new LeastSquares().Fit(moments);
        Assert.Equal(without.ResidualStandardDeviation[0], found.StandardDeviation, 1e-12);
        var (fit, place) = FitOf(data);
        var shift = new double[2];
        place.Solve(found.Shift, shift);
        Assert.Equal(without.Map.WeightsOf(0)[0], fit.Map.WeightsOf(0)[0] + shift[0], 1e-12);
        Assert.Equal(without.Map.Bias[0], fit.Map.Bias[0] + shift[1], 1e-12);
        var x = data.Inputs[29, 0];
        var error = without.ResidualStandardDeviation[0]
            * Math.Sqrt(1 + 1 / 28.0 + Square(x - moments.InputSum(0).ToDouble() / 28)
            / Square(without.ResidualStandardDeviation[0] / without.WeightErrors[0, 0]));
        Assert.Equal((data.Targets[29, 0] - without.Map.Apply([x])[0]) / error, found.Rows.Single(row => row.Row == 30)
            .Residual, 1e-9);
    }

    [Fact]
    public void Well_specified_data_raise_no_alarm()
    {
        var alarms = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var random = new RandomSource(seed);
            var (inputs, rows) = (1 + random.NextIndex(5), 10 + random.NextIndex(291));
            alarms += Find(Draw(rows, inputs, 0, random)) is null ? 0 : 1;
        }

        Assert.InRange(alarms, 0, 2);
    }

    /// <summary>Two rows to a tenth of all, 8 standard deviations off, all at the same side of the inputs.</summary>
    [Fact]
    public void Groups_far_off_are_found_whole_and_alone()
    {
        const int Runs = 300;
        var found = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new RandomSource(seed);
            var (inputs, rows) = (1 + random.NextIndex(5), 40 + random.NextIndex(261));
            var off = Math.Max(2, (int)(rows * 0.1 * random.NextDouble()));
            found += Find(Draw(rows, inputs, off, random)) is { } set && set.Rows.Select(row => row.Row).Order()
                .SequenceEqual(Enumerable.Range(1, off).Select(row => (long)row)) ? 1 : 0;
        }

        Assert.InRange(found, 0.9 * Runs, Runs);
    }

    [Theory]
    [InlineData("cars")]
    [InlineData("stackloss")]
    public void Well_known_data_hold_no_such_rows(string name)
    {
        var (_, rows) = Reference.Csv("rows", name + ".csv");
        Assert.Null(Find(Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])])));
    }

    [Fact]
    public void Curves_and_noise_that_grows_are_no_outliers()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new RandomSource(seed);
            var (rows, bend) = (20 + random.NextIndex(200), 0.5 + 3 * random.NextDouble());
            var x = Matrix.Create(rows, 1, (_, _) => 4 * random.NextDouble());
            Assert.Null(Find(
                new Dataset(x,
                Matrix.Create(rows, 1, (i, _) => bend * x[i, 0] * x[i, 0] + 0.05 * random.NextNormal()))));
            Assert.Null(Find(
                new Dataset(x,
                Matrix.Create(rows, 1, (i, _) => Math.Exp(bend * x[i, 0] / 2) + 0.05 * random.NextNormal()))));
            Assert.Null(Find(
                new Dataset(x, Matrix.Create(rows, 1, (i, _) => x[i, 0] * (1 + 0.3 * random.NextNormal())))));
        }
    }

    [Fact]
    public void Units_offsets_and_mixtures_of_inputs_change_no_verdict() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var random = new RandomSource(seed);
            var (inputs, rows) = (1 + random.NextIndex(4), 30 + random.NextIndex(100));
            var data = Draw(rows, inputs, random.NextIndex(5), random);
            var (scale, offset, mix) =
                (Math.Pow(10, 12 * random.NextDouble() - 6), 100 * random.NextNormal(), random.NextNormal());
            var x = Matrix.Create(rows, inputs, (i, j) =>
                scale * (data.Inputs[i, j] + (j > 0 ? mix * data.Inputs[i, 0] : 0)) + offset);
            var moved = Find(new Dataset(x, Matrix.Create(rows, 1, (i, _) => offset + data.Targets[i, 0] / -scale)));
            var found = Find(data);
            return found is null ? moved is null : moved is not null && found.Rows.Zip(moved.Rows)
                .All(pair => pair.First.Row == pair.Second.Row
                && Math.Abs(pair.First.Residual + pair.Second.Residual) < 1e-4);
        }, iter: 60);

    [Fact]
    public void Order_changes_no_bit() =>
        Gen.Int[0, 100_000].Sample(seed =>
        {
            var random = new RandomSource(seed);
            var data = Draw(100, 3, 4, random);
            var order = Enumerable.Range(0, 100).ToArray();
            for (var i = 99; i > 0; i--)
            {
                var other = random.NextIndex(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }

            var (first, second) = (Find(data), Find(data, order));
            return first is null || second is null ? first == second : first.Rows.SequenceEqual(second.Rows)
                && first.Shift.SequenceEqual(second.Shift) && first.LogOfPValue.Equals(second.LogOfPValue);
        }, iter: 20);

    [Fact]
    public void Sample_of_many_rows_is_the_same_in_any_order_and_holds_such_rows()
    {
        var data = Draw(20_000, 3, 1000, new RandomSource(1));
        var (forwards, backwards) = (Find(data)!, Find(data, [.. Enumerable.Range(0, data.Rows).Reverse()])!);
        Assert.Equal(forwards.Rows, backwards.Rows);
        Assert.True(forwards.IsSample);
        Assert.InRange(forwards.RowsLookedAt, 500, 2000);
        Assert.All(forwards.Rows, row => Assert.InRange(row.Row, 1, 1000));
        Assert.InRange(forwards.Rows.Count, forwards.RowsLookedAt / 40, forwards.RowsLookedAt / 10);
    }

    [Fact]
    public void Weights_of_rows_count_and_those_of_one_change_nothing()
    {
        // Noise ten times as large on every second row: with its weights, one of these 8 precise deviations off is an
        // outlier only where it is precise.
        var random = new RandomSource(5);
        var deviations = Enumerable.Range(0, 80).Select(i => i % 2 == 0 ? 1.0 : 10).ToArray();
        var x = Matrix.Create(80, 2, (_, _) => random.NextNormal());
        var y = Matrix.Create(80, 1, (i, _) =>
            x[i, 0] + deviations[i] * random.NextNormal() + (i is 10 or 11 or 12 or 13 ? 20 : 0));
        var weights = deviations.Select(deviation => 1 / (deviation * deviation)).ToArray();
        Assert.Equal([11, 13],
            Find(new Dataset(x, y) { Weights = RowWeights.Precisions(weights) })!.Rows.Select(row => row.Row).Order());
        var data = Draw(60, 2, 3, random);
        var ones = RowWeights.Precisions([.. Enumerable.Repeat(1.0, 60)]);
        Assert.Equal(Find(data)!.Rows, Find(new Dataset(data.Inputs, data.Targets) { Weights = ones })!.Rows);
    }

    [Fact]
    public void Exact_relation_with_two_exceptions_has_two_outliers_and_rounding_has_none()
    {
        double Exact(int i) => 3 * i - 1;
        Dataset Line(Func<int, double> y) =>
            new(Matrix.Create(30, 1, (i, _) => i), Matrix.Create(30, 1, (i, _) => y(i)));
        var found = Find(Line(i => Exact(i) + (i is 4 or 8 ? 1 : 0)))!;
        Assert.Equal([5, 9], found.Rows.Select(row => row.Row).Order());
        Assert.Null(Find(Line(Exact)));
        Assert.Null(Find(Line(i => i % 10 == 7 ? Math.BitIncrement(Exact(i)) : Exact(i))));
    }

    [Fact]
    public void Steep_line_at_equal_steps_keeps_its_outliers()
    {
        var random = new RandomSource(6);
        var x = Matrix.Create(30, 1, (i, _) => i);
        var y = Matrix.Create(30, 1, (i, _) => 1000 * x[i, 0] + random.NextNormal() + (i >= 28 ? 20 : 0));
        Assert.Equal([29, 30], Find(new Dataset(x, y))!.Rows.Select(row => row.Row).Order());
    }

    [Fact]
    public void Answers_that_mostly_agree_exactly_make_no_outliers_of_the_others()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomSource(seed);
            var x = Matrix.Create(20 + random.NextIndex(100), 1, (_, _) => 1 + random.NextIndex(5));
            double Answer(int i) => Math.Clamp(Math.Round(x[i, 0] + 0.35 * random.NextNormal()), 1, 5);
            Assert.Null(Find(new Dataset(x, Matrix.Create(x.Rows, 1, (i, _) => Answer(i)))));
        }
    }

    [Fact]
    public void Too_few_rows_are_not_looked_at()
    {
        var rows = Enumerable.Range(0, 8).Select(i => (double[])[i]).ToArray();
        Assert.Null(Find(
            Reference.Dataset(rows,
            [.. rows.Select(row => (double[])[row[0] == 3 ? 1000 : row[0] + (row[0] % 3) / 10])])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Selection_is_that_of_sorting(int count)
    {
        var random = new RandomSource(count);
        foreach (var distinct in (int[])[1, 3, 1000])
        {
            var values = Enumerable.Range(0, count).Select(_ => (double)random.NextIndex(distinct)).ToArray();
            var sorted = values.Order().ToArray();
            Assert.Equal(sorted, Enumerable.Range(1, count)
                .Select(k => Selection.Smallest((double[])values.Clone(), k)));
        }
    }

    private static OutlierSet? Find(Dataset data, int[]? order = null)
    {
        var (fit, place) = FitOf(data);
        var second = new RobustSecondFit(place.Count);
        var coordinates = new double[place.Count];
        foreach (var i in order ?? [.. Enumerable.Range(0, data.Rows)])
        {
            place.Of(data.Inputs.Row(i), coordinates);
            var prediction = fit.Map.Apply(data.Inputs.Row(i))[0];
            second.Add(i + 1, coordinates, prediction, data.Targets[i, 0] - prediction, data.Weights is { } weights
                ? weights.Values[i] : 1);
        }

        return second.Find();
    }

    private static (LinearFit Fit, RowCoordinates Place) FitOf(Dataset data)
    {
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        return (fit, new RowCoordinates(moments, fit.NullSpace, bias: true));
    }

    /// <summary>
    /// Standard normal inputs and noise, the first rows off: at 3 in the first input, and 8 too high.
    /// </summary>
    private static Dataset Draw(int rows, int inputs, int off, RandomSource random)
    {
        var x = Matrix.Create(rows, inputs, (i, j) => i < off && j == 0 ? 3 + 0.3 * random.NextNormal()
            : random.NextNormal());
        return new Dataset(x, Matrix.Create(rows, 1, (i, _) => x[i, 0] + random.NextNormal() + (i < off ? 8 : 0)));
    }

    private static double Square(double value) => value * value;
}

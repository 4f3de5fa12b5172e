using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Predictions with their intervals: against fractions, and how often they cover the truth.</summary>
public sealed class PredictionLawTests
{
    private const int Runs = 2000;
    private const double ThreeErrors = 0.015; // of a share near 0.95 in as many runs

    [Fact]
    public void Leverages_and_errors_are_the_exact_ones() =>
        (from problem in RandomRegressions.FullRank
         from x in Gen.Int[-9, 9].Select(i => i / 4.0).Array[problem.X[0].Length]
         select (problem, x)).Sample(given =>
    {
        var ((x, y, bias), point) = given;
        var (fit, exact) = (RandomRegressions.Fit(x, y, bias), new ExactRegression(x, y, bias));
        Fraction[] z = [.. bias ? (Fraction[])[1] : [], .. point.Select(Fraction.Of)];
        var leverage = exact.Form(z, z);
        var predictions = fit.Predict(point);
        for (var t = 0; t < 2; t++)
        {
            var variance = exact.Product(t, t) / exact.DegreesOfFreedom;
            AssertClose(leverage.ToDouble(), predictions[t].Leverage, 1e-15);
            AssertClose(ExactRegression.Dot(z, exact.Parameters[t]).ToDouble(), predictions[t].Value, 1e-15);
            AssertClose(Math.Sqrt((variance * leverage).ToDouble()), predictions[t].StandardError, 1e-15);
            AssertClose(Math.Sqrt((variance * (1 + leverage)).ToDouble()), predictions[t].NewStandardError, 1e-15);
        }
    });

    [Fact]
    public void Models_predict_as_their_fit_does_and_keep_it_in_their_file() =>
        (from problem in RandomRegressions.Any
         from x in Gen.Int[-9, 9].Select(i => i / 4.0).Array[problem.X[0].Length]
         select (problem, x)).Sample(given =>
    {
        var ((x, y, bias), point) = given;
        var fit = RandomRegressions.Fit(x, y, bias);
        var model = fit.ToModel(fit.Map, new Provenance("least squares") { HasBias = bias });
        var read = ModelFile.Parse(ModelFile.Format(model));
        Assert.Equal(model, read);
        var (own, kept) = (fit.Predict(point), read.Predict(point, new PredictionInterval()));
        for (var t = 0; t < 2; t++)
        {
            // The factor in doubles loses what the inputs' means are larger than their spread.
            AssertClose(own[t].Leverage, kept[t].Leverage, 1e-6);
            AssertClose(own[t].NewHigh - own[t].NewLow, kept[t].NewHigh - kept[t].NewLow, 1e-6);
        }
    });

    [Fact]
    public void Undetermined_predictions_have_no_interval()
    {
        double[][] x = [[0, 0], [1, 2], [2, 4], [3, 6]];
        double[][] y = [[1], [2], [2], [4]];
        var fit = RandomRegressions.Fit(x, y, bias: true);
        var (inside, outside) = (fit.Predict([4, 8])[0], fit.Predict([4, 9])[0]);
        Assert.Equal(fit.ToModel(fit.Map, new Provenance("least squares")).Predict([4, 8], new())[0].Leverage,
            inside.Leverage, 1e-14);
        Assert.Equal(1.5, inside.Leverage, 1e-14);
        Assert.True(double.IsPositiveInfinity(outside.Leverage) && double.IsNaN(outside.MeanLow));
        Assert.True(outside.IsOutside);
        Assert.Null(inside.IsOutside); // moments do not know the rows' leverages
    }

    [Fact]
    public void Functions_of_targets_come_back_with_their_interval()
    {
        var moments = new Moments(Design.Of([new Term("x")],
            [new Term([new TermFactor("y") { Function = ColumnFunction.Log }])]));
        moments.AddRows([[0], [1], [2], [3]], [[1], [3], [7], [22]]);
        var fit = new LeastSquares().Fit(moments);
        var prediction = fit.Predict([1.5])[0];
        var reach = StudentT.UpperQuantile(0.025, 2) * prediction.NewStandardError;
        Assert.Equal(Math.Exp(reach), prediction.NewHigh / prediction.Value, 1e-12);
        Assert.Equal(Math.Exp(-reach), prediction.NewLow / prediction.Value, 1e-12);
        var model = fit.ToModel(fit.Map, new Provenance("least squares"));
        Assert.Equal(prediction.NewHigh, model.Predict([1.5], new())[0].NewHigh, 1e-10);
    }

    [Theory]
    [InlineData(-1.0, 2.0, double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(0.5, 2.0, 0.5, 2.0)]
    [InlineData(-2.0, -0.5, -2.0, -0.5)]
    public void Reciprocals_turn_intervals_round(double low, double high, double expectedLow, double expectedHigh) =>
        Assert.Equal((expectedLow, expectedHigh), ColumnFunction.Reciprocal(1).InvertInterval(low, high));

    [Fact]
    public void Squares_are_not_negative() => Assert.Equal((0, 4), ColumnFunction.Sqrt.InvertInterval(-1, 2));

    [Fact]
    public void Intervals_cover_as_often_as_they_say()
    {
        double[] points = [-1, 0.5, 3];
        var random = new RandomSource(23);
        var (means, ones, all, band, several) = (0, 0, 0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var fit = Line(random, rows: 8);
            double Truth(double x) => 1 + 2 * x;
            var seen = points.Select(point => Truth(point) + random.NextNormal()).ToArray();
            bool Covers(SimultaneousMethod method, IntervalKind kind, int place)
            {
                var interval = new PredictionInterval { Simultaneous = method, Count = points.Length };
                var (low, high) = fit.Inference.Predict([points[place]], interval)[0].Interval(kind);
                var value = kind == IntervalKind.Mean ? Truth(points[place]) : seen[place];
                return low <= value && value <= high;
            }

            means += Covers(SimultaneousMethod.None, IntervalKind.Mean, 2) ? 1 : 0;
            ones += Covers(SimultaneousMethod.None, IntervalKind.New, 2) ? 1 : 0;
            all += Enumerable.Range(0, 3).All(i => Covers(SimultaneousMethod.Bonferroni, IntervalKind.New, i)) ? 1 : 0;
            several += Enumerable.Range(0, 3).All(i => Covers(SimultaneousMethod.Scheffe, IntervalKind.New, i)) ? 1 : 0;
            band += CoversLine(fit) ? 1 : 0;
        }

        Assert.Equal(0.95, (double)means / Runs, ThreeErrors);
        Assert.Equal(0.95, (double)ones / Runs, ThreeErrors);
        Assert.Equal(0.95, (double)band / Runs, ThreeErrors); // over all x there are: exact for a line
        Assert.InRange((double)all / Runs, 0.95 - ThreeErrors, 1);
        Assert.InRange((double)several / Runs, 0.95 - ThreeErrors, 1);
    }

    // The line of means lies in Scheffé's band at every x where its distance in the metric of the data is at most 2 F.
    private static bool CoversLine(LinearFit fit)
    {
        var interval = new PredictionInterval { Simultaneous = SimultaneousMethod.Scheffe };
        for (var x = -50.0; x <= 50; x += 0.5)
        {
            var prediction = fit.Inference.Predict([x], interval)[0];
            if (prediction.MeanLow > 1 + 2 * x || prediction.MeanHigh < 1 + 2 * x)
            {
                return false;
            }
        }

        return true;
    }

    private static LinearFit Line(RandomSource random, int rows)
    {
        var moments = new Moments(1, 1);
        for (var i = 0; i < rows; i++)
        {
            var x = random.NextNormal();
            moments.Add([x], [1 + 2 * x + random.NextNormal()]);
        }

        return new LeastSquares().Fit(moments);
    }

    private static void AssertClose(double expected, double actual, double share) =>
        Assert.True(expected.Equals(actual) || Math.Abs(actual - expected) <= share * Math.Abs(expected),
            $"{actual:r}, not {expected:r}");
}

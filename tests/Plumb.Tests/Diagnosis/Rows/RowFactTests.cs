using Plumb.Numerics;

namespace Plumb.Tests.Rows;

/// <summary>Data whose facts are known.</summary>
public sealed class RowFactTests
{
    [Fact]
    public void Numbers_as_far_apart_as_doubles_go_are_looked_at_in_finite_time()
    {
        double[] sizes = [1e300, 1e308, 1e-300, 1, -1e308, 1e-300, 1e-300, 1e-300];
        var random = new RandomSource(1);
        var x = Matrix.Create(sizes.Length, 3, (i, j) =>
            j == 0 ? sizes[i] : j == 1 ? Math.BitDecrement(sizes[i]) : random.NextNormal());
        RowSamples.Look(new Dataset(x, Matrix.Create(sizes.Length, 1, (i, _) => x[i, 2] + 1e-9 * random.NextNormal())));
        Assert.True(double.IsNaN(QuadraticFormTail.Positive([1, -1, double.NaN])));
    }

    [Fact]
    public void Reset_of_anscombes_parabola_has_12_digits()
    {
        // In fractions, from the doubles of the file: 2154694.500000086.
        var data = RowSamples.Of("anscombe2", "y2");
        foreach (var weights in (RowWeights?[])[null, RowWeights.Precisions([.. Enumerable.Repeat(1.0, 11)]),
            RowWeights.Precisions([.. Enumerable.Repeat(0.1, 11)])])
        {
            var report = RowSamples.Look(new Dataset(data.Inputs, data.Targets, data.Names) { Weights = weights });
            Reference.AssertDigits(12, report.Tests.Single(test => test.Code == "reset").Statistic, "2154694.500000086",
                "RESET");
            Assert.Equal(["reset"], report.Codes());
            Assert.Equal("x2", report.Tests.Single(test => test.Code == "bends").Input);
            Assert.Contains("'x2'", report.Findings[0].Message, StringComparison.Ordinal);
            Assert.Equal(Answer.Fails, report.AnswerTo(Question.Affine));
            Assert.Equal(Answer.Holds, report.AnswerTo(Question.Rows));
        }
    }

    [Fact]
    public void A_row_alone_decides_the_slope_of_anscombes_fourth()
    {
        var report = RowSamples.Look(RowSamples.Of("anscombe4", "y4"));
        Assert.Equal(["deciding-row"], report.Codes());
        Assert.Equal((8, 1.0), (report.Deciding.Single().Row, report.Deciding.Single().Leverage));
        Assert.Equal(["x4"], report.Deciding[0].Inputs);
        Assert.Equal(Answer.Fails, report.AnswerTo(Question.Rows));
        Assert.Equal(1, report.RobustErrors!.RowsLeftOut);
    }

    [Fact]
    public void Anscombes_third_has_one_outlier_that_matters()
    {
        var report = RowSamples.Look(RowSamples.Of("anscombe3", "y3"));
        Assert.Equal(["influential-row", "outlier"], report.Codes());
        Assert.Equal(3, report.Outliers.Single().Row);
        Assert.Equal(Answer.Fails, report.AnswerTo(Question.Rows));
    }

    [Fact]
    public void Growing_noise_has_no_outliers()
    {
        var report = RowSamples.Look(RowSamples.Of("growing_noise", "y"));
        Assert.Equal(["breusch-pagan"], report.Codes());
        Assert.Equal((0, 0L), (report.Outliers.Count, report.OutlierCount));
        Assert.Equal(Answer.Fails, report.AnswerTo(Question.Errors));
        Assert.Equal(Answer.Holds, report.AnswerTo(Question.Affine));
        Assert.Equal(Answer.Holds, report.AnswerTo(Question.Rows));
    }

    [Theory]
    [InlineData("drifting", false)]
    [InlineData("drifting", true)]
    [InlineData("random_walks", false)]
    public void Rows_that_hang_together_are_not_called_curved(string name, bool inOrder)
    {
        var report = RowSamples.Look(RowSamples.Of(name, "y"), inOrder);
        Assert.Equal(["durbin-watson"], report.Codes());
        Assert.Equal(Answer.Fails, report.AnswerTo(Question.Order));
        Assert.Equal(Answer.Fails, report.AnswerTo(Question.Errors));
        Assert.Equal(Answer.Holds, report.AnswerTo(Question.Affine));
    }

    /// <summary>Neighbours may be alike because they are copies, or because they are correlated.</summary>
    [Fact]
    public void Rows_that_hang_together_are_not_called_independent_because_some_are_copies()
    {
        var data = RowSamples.Of("drifting", "y");
        var rows = data.Rows;
        var report = RowSamples.Look(new Dataset(
            Matrix.Create(rows + rows / 5, data.Inputs.Columns, (i, j) => data.Inputs[i % rows, j]),
            Matrix.Create(rows + rows / 5, 1, (i, _) => data.Targets[i % rows, 0])));
        Assert.NotNull(report.Copied);
        Assert.True(report.Tests.Single(test => test.Code == "durbin-watson").PValue < 1e-8);
        Assert.Equal(Answer.NotLookedAt, report.AnswerTo(Question.Order));
    }

    [Fact]
    public void A_curve_in_sorted_rows_is_called_a_curve()
    {
        var random = new RandomSource(3);
        var x = Matrix.Create(200, 1, (i, _) => i / 20.0);
        var report =
            RowSamples.Look(new Dataset(x, Matrix.Create(200, 1, (i, _) => x[i, 0] * x[i, 0] + random.NextNormal())));
        Assert.True(report.Tests.Single(test => test.Code == "durbin-watson").PValue < 1e-8);
        Assert.Equal(["reset"], report.Codes());
        Assert.Equal(Answer.Holds, report.AnswerTo(Question.Order));
    }

    [Fact]
    public void One_outlier_is_not_called_uneven_noise()
    {
        var random = new RandomSource(5);
        var x = Matrix.Create(100, 1, (i, _) => i);
        var report =
            RowSamples.Look(
                new Dataset(x, Matrix.Create(100, 1, (i, _) => x[i, 0] + random.NextNormal() + (i == 96 ? 40 : 0))));
        Assert.Contains("outlier", report.Codes());
        Assert.DoesNotContain("breusch-pagan", report.Codes());
        Assert.Equal(97, report.Outliers[0].Row);
    }

    [Fact]
    public void Two_outliers_side_by_side_are_no_correlated_rows()
    {
        var random = new RandomSource(6);
        var x = Matrix.Create(300, 1, (_, _) => random.NextDouble());
        var report =
            RowSamples.Look(
                new Dataset(x,
                    Matrix.Create(300, 1, (i, _) => x[i, 0] + random.NextNormal() + (i is 150 or 151 ? 20 : 0))));
        Assert.True(report.Tests.Single(test => test.Code == "durbin-watson").PValue < 1e-8);
        Assert.Equal(["outlier"], report.Codes());
        Assert.Equal(Answer.Holds, report.AnswerTo(Question.Order));
    }

    [Fact]
    public void Four_typed_points_say_nothing()
    {
        double[,] x = { { 1 }, { 2 }, { 3 }, { 4 } };
        foreach (var data in (Dataset[])
            [
                new(x, new double[,] { { 2 }, { 3.9 }, { 6.1 }, { 7.9 } }),
                new(x, new double[,] { { 1.1 }, { 1.2 }, { 1.3 }, { 1.4 } }),
                new(x, new double[,] { { 1.1 }, { 1.2 }, { 1.3 }, { 1.4000001 } }),
            ])
        {
            var report = RowSamples.Look(data);
            Assert.Empty(report.Findings);
            Assert.All(report.Evidence, evidence => Assert.NotEqual(Answer.Fails, evidence.Answer));
        }

        var few = RowSamples.Look(RowSamples.Of("known_errors", "y").Only("x"));
        Assert.All(few.Evidence,
            evidence =>
                Assert.Equal((Answer.NotLookedAt, "too few rows to tell: 2 degrees of freedom"),
                    (evidence.Answer, evidence.Method)));
    }

    [Fact]
    public void Rounding_to_single_precision_is_not_noise()
    {
        var random = new RandomSource(9);
        var x = Matrix.Create(400, 2, (_, _) => (double)(float)random.NextDouble());
        var rounded =
            RowSamples.Look(
                new Dataset(x, Matrix.Create(400, 1, (i, _) => (double)(float)(3 * x[i, 0] + x[i, 1] - 1.5))));
        Assert.Empty(rounded.Findings);
        Assert.All(rounded.Evidence.Skip(1),
            evidence =>
                Assert.Equal((Answer.Holds, "no more than the rounding of single precision is left"),
                    (evidence.Answer, evidence.Method)));

        // Whole numbers are singles too, and not rounded.
        var whole = Matrix.Create(400, 2, (_, _) => Math.Round(1e6 * random.NextDouble()));
        var kept =
            RowSamples.Look(
                new Dataset(whole,
                    Matrix.Create(400, 1, (i, _) => whole[i, 0] + 2 * whole[i, 1] + Math.Round(random.NextDouble()))));
        Assert.NotEmpty(kept.Tests);
    }

    [Theory]
    [InlineData("anscombe4", "y4")]
    [InlineData("cars", "dist")]
    public void Robust_errors_are_HC3(string name, string target)
    {
        var data = RowSamples.Of(name, target);
        var random = new RandomSource(2);
        double[] weights = [.. Enumerable.Range(0, data.Rows).Select(_ => 0.5 + random.NextDouble())];
        double[] counts = [.. Enumerable.Range(0, data.Rows).Select(i => (double)(1 + i % 3))];
        AreHc3(data, weights: null);
        AreHc3(new Dataset(data.Inputs, data.Targets, data.Names) { Weights = RowWeights.Precisions(weights) },
            weights);
        var counted =
            RowSamples.Look(
                new Dataset(data.Inputs, data.Targets, data.Names) { Weights = RowWeights.Frequencies(counts) });
        var repeated =
            RowSamples.Look(data.Pick([.. counts.SelectMany((count, i) => Enumerable.Repeat(i, (int)count))]));
        Assert.Equal(repeated.RobustErrors!.Weights, counted.RobustErrors!.Weights);
    }

    [Fact]
    public void Robust_errors_of_many_rows_are_those_of_plain_arithmetic()
    {
        const int Rows = (1 << 16) + 1000;
        var random = new RandomSource(3);
        var x = Matrix.Create(Rows, 1, (_, _) => random.NextNormal());
        var y = Matrix.Create(Rows, 1, (i, _) => x[i, 0] + (1 + Math.Abs(x[i, 0])) * Math.Pow(random.NextNormal(), 3));
        AreHc3(new Dataset(x, y), weights: null, tolerance: 1e-8);
    }

    // By plain arithmetic, from the formula of R's sandwich::vcovHC(type = "HC3"): one input and a bias.
    private static void AreHc3(Dataset data, double[]? weights, double tolerance = 1e-10)
    {
        var fit = new LeastSquares().Fit(Moments.Of(data));
        double W(int i) => weights?[i] ?? 1;
        double X(int i) => data.Inputs[i, 0];
        var rows = Enumerable.Range(0, data.Rows).ToArray();
        var (s0, s1, s2) = (rows.Sum(W), rows.Sum(i => W(i) * X(i)), rows.Sum(i => W(i) * X(i) * X(i)));
        var determinant = s0 * s2 - s1 * s1;
        double Slope(double a, double b) => (s0 * b - s1 * a) / determinant; // M^-1 [a; b]
        double Bias(double a, double b) => (s2 * a - s1 * b) / determinant;
        var (slope, bias) = (0.0, 0.0);
        foreach (var i in rows)
        {
            var leverage = W(i) * (Bias(1, X(i)) + X(i) * Slope(1, X(i)));
            if (leverage < 1 - 1e-9)
            {
                var residual = W(i) * (data.Targets[i, 0] - fit.Map.Apply(data.Inputs.Row(i))[0]) / (1 - leverage);
                slope += Math.Pow(residual * Slope(1, X(i)), 2);
                bias += Math.Pow(residual * Bias(1, X(i)), 2);
            }
        }

        var errors = RowSamples.Look(data).RobustErrors!;
        Assert.Equal("HC3", errors.Kind);
        Assert.Equal(1, errors.Weights[0, 0] / Math.Sqrt(slope), tolerance);
        Assert.Equal(1, errors.Bias[0] / Math.Sqrt(bias), tolerance);
    }
}

namespace Plumb.Tests;

/// <summary>Predictions and tests by other errors than classical ones: of means, or a refusal.</summary>
public sealed class OtherErrorsTests
{
    [Fact]
    public void Intervals_of_means_go_by_the_errors_asked_for()
    {
        var (fit, inference) = Look(targets: 1);
        double[] point = [0.5, -2];
        var (classical, robust) = (fit.Predict(point)[0], inference.Predict(point, new PredictionInterval())[0]);
        var covariance = inference.Covariance(0);
        var error = Math.Sqrt(covariance.Variance(1, 0.5, -2));
        Assert.Equal(classical.Value, robust.Value);
        Assert.InRange(robust.StandardError / error, 1 - 1e-14, 1 + 1e-14);
        Assert.NotEqual(classical.StandardError, robust.StandardError, 1e-3);
        var half = (robust.MeanHigh - robust.MeanLow) / 2;
        Assert.InRange(half / error, fit.IntervalFactor * (1 - 1e-12), fit.IntervalFactor * (1 + 1e-12));
        Assert.True(double.IsNaN(robust.NewLow) && double.IsNaN(robust.NewHigh)
            && double.IsNaN(robust.NewStandardError));
    }

    [Fact]
    public void All_targets_are_not_tested_at_once()
    {
        var (fit, inference) = Look(targets: 2);
        var hypothesis = Hypothesis.Parse($"{fit.Names.Inputs[0]} = 0", fit.Moments.Design);
        Assert.NotNull(fit.Inference.TestAllTargets(hypothesis));
        Assert.Contains("HC3 errors are known target by target",
            Assert.Throws<InvalidOperationException>(() => inference.TestAllTargets(hypothesis)).Message,
            StringComparison.Ordinal);
    }

    private static (LinearFit Fit, Inference Inference) Look(int targets)
    {
        var random = new RandomSource(4);
        var (x, y) = (new Matrix(80, 2), new Matrix(80, targets));
        for (var i = 0; i < 80; i++)
        {
            (x[i, 0], x[i, 1]) = (random.NextNormal(), random.NextNormal());
            for (var t = 0; t < targets; t++)
            {
                y[i, t] = 1 + x[i, 0] - 2 * x[i, 1] + x[i, 0] * x[i, 0] * random.NextNormal();
            }
        }

        var rows = new Dataset(x, y);
        var moments = new Moments(rows.Names);
        moments.Add(rows);
        var fit = new LeastSquares().Fit(moments);
        var tests = new RowTests(fit, errors: new HeteroskedasticErrors(HeteroskedasticKind.HC3));
        tests.Add(rows);
        return (fit, tests.Report().InferenceOf(fit));
    }
}

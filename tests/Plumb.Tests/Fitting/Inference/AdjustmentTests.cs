namespace Plumb.Tests;

/// <summary>How often one of several true hypotheses is rejected.</summary>
public sealed class AdjustmentTests
{
    private const int Runs = 2000;
    private const double ThreeErrors = 0.015; // of a share near 0.05 in as many runs

    [Theory]
    [InlineData(AdjustmentMethod.Bonferroni, false)]
    [InlineData(AdjustmentMethod.Holm, false)]
    [InlineData(AdjustmentMethod.Scheffe, false)]
    [InlineData(AdjustmentMethod.Tukey, true)] // exact for groups of one size
    public void Some_true_hypothesis_is_rejected_as_rarely_as_asked(AdjustmentMethod method, bool isExact)
    {
        var random = new RandomSource(5);
        Hypothesis[] hypotheses = [.. ((string[])["x1 = x2", "x1 = x3", "x2 = x3"]).Select(text =>
            Hypothesis.Parse(text, Design.Of(VariableNames.Default(3, 1))))];
        var (plain, adjusted) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var moments = new Moments(3, 1);
            for (var i = 0; i < 12; i++)
            {
                moments.Add([i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0], [random.NextNormal()]);
            }

            var tests = new LeastSquares { Bias = false }.Fit(moments).Inference.Test(hypotheses, method);
            plain += tests.Any(test => test.PValue < 0.05) ? 1 : 0;
            adjusted += tests.Any(test => test.AdjustedPValue < 0.05) ? 1 : 0;
        }

        Assert.InRange((double)plain / Runs, 0.08, 0.15); // what has to be adjusted for
        Assert.InRange((double)adjusted / Runs, isExact ? 0.05 - ThreeErrors : 0, 0.05 + ThreeErrors);
    }

    [Fact]
    public void Holms_values_rise_and_stay_below_Bonferronis()
    {
        var fit = RandomRegressions.Fit([[1, 2], [2, 1], [3, 5], [5, 5], [0, 2], [4, 1]],
            [[1], [2], [3], [4], [5], [7]], bias: true);
        Hypothesis[] hypotheses = [.. ((string[])["x1 = 0", "x2 = 0", "bias = 0", "x1 = x2"]).Select(text =>
            Hypothesis.Parse(text, Design.Of(fit.Names)))];
        var (holm, bonferroni) = (fit.Inference.Test(hypotheses, AdjustmentMethod.Holm),
            fit.Inference.Test(hypotheses, AdjustmentMethod.Bonferroni));
        var sorted = holm.OrderBy(test => test.PValue).Select(test => test.AdjustedPValue!.Value).ToArray();
        Assert.Equal(sorted.Order(), sorted);
        Assert.All(holm.Zip(bonferroni), pair => Assert.InRange(pair.First.AdjustedPValue!.Value, pair.First.PValue,
            pair.Second.AdjustedPValue!.Value));
    }

    [Fact]
    public void Adjustments_for_single_equations_refuse_several()
    {
        var fit = RandomRegressions.Fit([[1, 2], [2, 1], [3, 5], [5, 5], [0, 2]], [[1], [2], [3], [4], [5]],
            bias: true);
        Hypothesis[] both = [Hypothesis.Parse("x1 = 0, x2 = 0", Design.Of(fit.Names))];
        Hypothesis[] sum = [Hypothesis.Parse("x1 + x2 = 1", Design.Of(fit.Names))];
        Assert.Throws<FormatException>(() => fit.Inference.Test(both, AdjustmentMethod.Scheffe));
        Assert.Throws<FormatException>(() => fit.Inference.Test(sum, AdjustmentMethod.Tukey));
    }
}

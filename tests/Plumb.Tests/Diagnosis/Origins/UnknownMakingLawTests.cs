namespace Plumb.Tests.Origins;

/// <summary>
/// Maps that are the best by another measure have been trained to the end: nothing says that they have not.
/// </summary>
public sealed class UnknownMakingLawTests
{
    [Theory]
    [InlineData("weighted")]
    [InlineData("least absolute deviations")]
    [InlineData("fewer combinations of the inputs")]
    public void Nothing_says_that_training_is_unfinished(string making)
    {
        var told = 0;
        for (var k = 0; k < 60; k++)
        {
            var (random, rows, inputs) = (new RandomSource(k, 41), 30 + 10 * k, 2 + k % 3);
            var x = Matrix.Create(rows, inputs, (_, _) => random.NextNormal());
            var truth = new AffineMap(Matrix.Create(1, inputs, (_, j) => j + 1), [3]);
            var data = new Dataset(x, Matrix.Create(rows, 1,
                (i, _) => truth.Apply(x.Row(i).ToArray())[0] + random.NextNormal() * (i % 5 == 0 ? 3 : 1)));
            var map = making switch
            {
                "weighted" => Weighted(data, (i, _) => i % 5 == 0 ? 1 : 9),
                "least absolute deviations" => Enumerable.Range(0, 40).Aggregate(Weighted(data, (_, _) => 1),
                    (last, _) => Weighted(data, (i, rest) => 1 / Math.Max(1e-6, Math.Abs(rest)), last)),
                _ => OfCombinations(data, random),
            };
            var fit = new LeastSquares().Fit(Moments.Of(data));
            foreach (var known in (AffineMap?[])[null, truth])
            {
                var explanation = Explanation.Of(map, fit, new Background { Truth = known, IsForeign = true },
                    TestContext.Current.CancellationToken);
                string[] said = [explanation.Verdict, explanation.Next,
                    .. explanation.Findings.SelectMany(finding => (string[])[finding.Message, finding.Remedy])];
                Assert.DoesNotContain(said, text => text.Contains("not converged", StringComparison.Ordinal)
                    || text.Contains("rain on", StringComparison.Ordinal));
                told += explanation.Findings.Any(finding => finding.Code == "origin-unknown") ? 1 : 0;
            }
        }

        Assert.InRange(told, 100, 120);
    }

    private static AffineMap Weighted(Dataset data, Func<int, double, double> weight, AffineMap? last = null)
    {
        double Rest(int i) => last is null ? 0 : data.Targets[i, 0] - last.Apply(data.Inputs.Row(i).ToArray())[0];
        var weighted = new Dataset(data.Inputs, data.Targets, data.Names)
        {
            Weights = RowWeights.Precisions([.. Enumerable.Range(0, data.Rows).Select(i => weight(i, Rest(i)))]),
        };
        return new LeastSquares().Fit(Moments.Of(weighted)).Map;
    }

    // Of all combinations but one.
    private static AffineMap OfCombinations(Dataset data, RandomSource random)
    {
        var inputs = data.Inputs.Columns;
        var combinations = Matrix.Create(inputs - 1, inputs, (_, _) => random.NextNormal());
        double Combined(int i, int k) =>
            Enumerable.Range(0, inputs).Sum(j => combinations[k, j] * data.Inputs[i, j]);
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(
            Matrix.Create(data.Rows, inputs - 1, Combined), data.Targets)));
        return new AffineMap(Matrix.Create(1, inputs, (_, j) =>
            Enumerable.Range(0, inputs - 1).Sum(k => fit.Map.Weights[0, k] * combinations[k, j])), [fit.Map.Bias[0]]);
    }
}

namespace Plumb.Tests;

/// <summary>What a verdict says of inputs that move together holds of those that it names, and of no others.</summary>
public sealed class EntangledWordsTests
{
    private const int Inputs = 6;

    [Fact]
    public void Input_beside_one_whose_weight_stands_is_spoken_of_alone()
    {
        // The square root moves with its number (variance inflation 25), and has no effect.
        var random = new RandomSource(1);
        var x = Matrix.Create(5000, 2, (i, j) => j == 0 ? i : Math.Sqrt(i));
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x,
            Matrix.Create(5000, 1, (i, _) => (2 * i) + random.NextNormal()))));
        Assert.Equal(ParameterStatus.Stands, fit.Collinearity.OfWeight(0, 0));
        Assert.Equal(ParameterStatus.Entangled, fit.Collinearity.OfWeight(0, 1));
        Assert.StartsWith("x2 cannot be told apart from x1: its weight has no known sign.",
            Assessment.Of(fit).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_matter_together_only_where_the_others_leave_that_to_them()
    {
        var (said, notSaid) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomSource(seed);
            var (effect, ofOne) = (2 * random.NextDouble(), seed % 2 * 3 * random.NextDouble());
            var factor = Matrix.Create(32, 1, (_, _) => random.NextNormal());
            var loadings = Matrix.Create(1, Inputs, (_, _) => 0.5 + random.NextDouble());
            var x = Matrix.Create(32, Inputs,
                (i, j) => (factor[i, 0] * loadings[0, j]) + (0.3 * random.NextNormal()));
            var y = Matrix.Create(32, 1, (i, _) =>
                (effect * factor[i, 0]) + (ofOne * x[i, 0]) + random.NextNormal());
            var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));
            var verdict = Assessment.Of(fit).Verdict;
            string[] entangled = [.. Enumerable.Range(0, Inputs)
                .Where(j => fit.Collinearity.OfWeight(0, j) == ParameterStatus.Entangled).Select(j => $"x{j + 1}")];
            if (!verdict.Contains("together they matter", StringComparison.Ordinal))
            {
                notSaid++;
                continue;
            }

            said++;
            string[] kept = [.. Enumerable.Range(1, Inputs).Select(j => $"x{j}").Except(entangled)];
            Assert.True(fit.TestAgainst(kept)[0].PValue < 0.001, verdict);
        }

        Assert.True(said > 20 && notSaid > 20, $"said {said} times, not said {notSaid} times");
    }
}

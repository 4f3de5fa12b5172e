namespace Plumb.Tests;

/// <summary>Each slip is found by its name and undone; maps without one are left alone.</summary>
public sealed class MistakeTests
{
    private static readonly Gen<(Dataset Data, AffineMap Truth)> s_problem =
        from size in Gen.Int[2, 5]
        from noise in Gen.Int[0, 1].Select(i => 0.1 * i)
        from seed in Gen.Long
        select Problem(size, noise, new RandomSource(seed));

    [Theory]
    [InlineData("transposed")]
    [InlineData("inputs-permuted")]
    [InlineData("targets-permuted")]
    [InlineData("inputs-standardized")]
    [InlineData("targets-standardized")]
    [InlineData("standardized")]
    [InlineData("inputs-centred")]
    [InlineData("targets-centred")]
    [InlineData("bias-missing")]
    [InlineData("bias-doubled")]
    public void Slip_is_found_and_undone(string code) => s_problem.Sample(
        problem =>
        {
            var best = new LeastSquares().Fit(Moments.Of(problem.Data));
            var mistake = Mistake.Find(Slip(code, best.Map, problem.Data), best);
            return mistake?.Code == code && (mistake.Repaired - best.Map).Norm <= 1e-9 * best.Map.Norm
                && mistake.UnexplainedAfter < mistake.UnexplainedBefore;
        },
        iter: 30);

    [Fact]
    public void Best_fits_have_none() => s_problem.Sample(problem =>
    {
        var best = new LeastSquares().Fit(Moments.Of(problem.Data));
        return Mistake.Find(best.Map, best) is null;
    });

    [Fact]
    public void Maps_on_their_way_have_none()
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var (data, _) = Problem(2 + seed % 4, 0.1, new RandomSource(seed));
            var best = new LeastSquares().Fit(Moments.Of(data));
            var start = AffineMap.Random(best.Map.InputCount, best.Map.TargetCount, new RandomSource(seed, 1));
            var plan = new LearningPlan(best.Spectrum, Loss.Mse, best.Rows, best.Map.TargetCount);
            Assert.Null(Mistake.Find(start, best));
            Assert.Null(
                Mistake.Find(new GradientDescent(plan.BestLearningRate).Train(start, best, 30).Last().Map, best));
        }
    }

    [Fact]
    public void Explanation_of_a_foreign_map_begins_with_its_slip()
    {
        var (data, _) = Problem(3, 0.1, new RandomSource(1));
        var best = new LeastSquares().Fit(Moments.Of(data));
        var turned = Slip("transposed", best.Map, data);
        var explanation = Explanation.Of(turned, best, new Background { IsForeign = true });
        Assert.Equal("transposed", explanation.Findings[0].Code);
        Assert.Equal("The weights appear to be stored or used wrongly: the map fits once W is transposed.",
            explanation.Verdict);
        Assert.Contains("repaired", explanation.Next);
        Assert.Null(Explanation.Of(turned, Moments.Of(data)).Mistake); // our own maps are not suspected
    }

    private static AffineMap Slip(string code, AffineMap map, Dataset data)
    {
        var (p, q) = (map.InputCount, map.TargetCount);
        var (xMean, xUnit) = Standard(data.Inputs);
        var (yMean, yUnit) = Standard(data.Targets);
        double W(int t, int j) => map.WeightsOf(t)[j];
        double B(int t) => map.Bias[t];
        double AtMeans(int t) => B(t) + Enumerable.Range(0, p).Sum(j => W(t, j) * xMean[j]);
        return code switch
        {
            "transposed" => Of((t, j) => W(j, t), B),
            "inputs-permuted" => Of((t, j) => W(t, (j + 1) % p), B),
            "targets-permuted" => Of((t, j) => W((t + 1) % q, j), t => B((t + 1) % q)),
            "inputs-standardized" => Of((t, j) => W(t, j) * xUnit[j], AtMeans),
            "targets-standardized" => Of((t, j) => W(t, j) / yUnit[t], t => (B(t) - yMean[t]) / yUnit[t]),
            "standardized" => Of((t, j) => W(t, j) * xUnit[j] / yUnit[t], t => (AtMeans(t) - yMean[t]) / yUnit[t]),
            "inputs-centred" => Of(W, AtMeans),
            "targets-centred" => Of(W, t => B(t) - yMean[t]),
            "bias-missing" => Of(W, _ => 0),
            _ => Of(W, t => 2 * B(t)),
        };

        AffineMap Of(Func<int, int, double> weight,
            Func<int, double> bias) => new(Matrix.Create(q, p, weight), [.. Enumerable.Range(0, q).Select(bias)]);
    }

    private static (double[] Means, double[] Deviations) Standard(Matrix columns)
    {
        var means = Enumerable.Range(0, columns.Columns)
            .Select(j => Enumerable.Range(0, columns.Rows).Average(i => columns[i, j])).ToArray();
        return (means,
            [.. means.Select((mean, j) =>
                Math.Sqrt(Enumerable.Range(0, columns.Rows).Average(i => Math.Pow(columns[i, j] - mean, 2))))]);
    }

    /// <summary>
    /// Weights that no slip leaves as they are: all far from each other, and from those of standardized data.
    /// </summary>
    private static (Dataset Data, AffineMap Truth) Problem(int size, double noise, RandomSource random)
    {
        var truth =
            new AffineMap(
                Matrix.Create(size, size, (t, j) => 1 + 3 * t + 7 * j * (t % 2 == 0 ? 1 : -1) + random.NextDouble()),
                [.. Enumerable.Range(0, size).Select(t => 40.0 + 11 * t)]);
        var x = Matrix.Create(60, size, (_, j) => 3 + 2 * j + (2 + j) * random.NextNormal());
        return (new Dataset(x,
            Matrix.Create(60, size, (i, t) => truth.Apply(x.Row(i))[t] + noise * random.NextNormal())), truth);
    }
}

namespace Plumb.Tests.Rows;

/// <summary>Laws of standard errors that allow for uneven noise and for groups of rows.</summary>
public sealed class AskedErrorsTests
{
    private static readonly ClusteredErrors s_clustered = new("store");
    private static readonly ClusteredErrors s_twoWays = new("store", "month");

    [Fact]
    public void A_group_of_each_row_is_HC2_and_by_CR1_HC1() => s_data.Sample(data =>
    {
        var alone = With(data, (i, _) => i);
        var (reduced, leveraged) = (Errors(alone, s_clustered),
            Errors(data, new HeteroskedasticErrors(HeteroskedasticKind.HC2)));
        Assert.Equal(leveraged.Weights[0, 0], reduced.Weights[0, 0], 1e-9 * leveraged.Weights[0, 0]);
        Assert.Equal(leveraged.Bias[0], reduced.Bias[0], 1e-9 * leveraged.Bias[0]);
        var (clustered, uneven) = (Errors(alone, s_clustered with { Kind = ClusterKind.CR1 }),
            Errors(data, new HeteroskedasticErrors(HeteroskedasticKind.HC1)));
        Assert.Equal(uneven.Weights[0, 0], clustered.Weights[0, 0], 1e-11 * uneven.Weights[0, 0]);
        Assert.Equal(uneven.Bias[0], clustered.Bias[0], 1e-11 * uneven.Bias[0]);
    });

    [Fact]
    public void A_frequency_is_that_many_rows() => s_data.Sample(data =>
    {
        var grouped = With(data, (i, k) => i % (5 + k));
        double[] counts = [.. Enumerable.Range(0, data.Rows).Select(i => (double)(1 + i % 3))];
        var counted = new Dataset(data.Inputs, data.Targets, data.Names)
        {
            Groups = grouped.Groups,
            Weights = RowWeights.Frequencies(counts),
        };
        int[] rows = [.. counts.SelectMany((count, i) => Enumerable.Repeat(i, (int)count))];
        var repeated = With(data.Pick(rows), (i, k) => rows[i] % (5 + k));
        foreach (var method in (ErrorMethod[])[s_clustered, s_twoWays, .. Enum.GetValues<HeteroskedasticKind>()
            .Select(kind => new HeteroskedasticErrors(kind))])
        {
            var expected = RowSamples.Look(repeated, method).AskedErrors; // none where a variance is negative
            Assert.Equal(expected?.Weights, RowSamples.Look(counted, method).AskedErrors?.Weights);
            Assert.True(expected is not null || method == s_twoWays);
        }
    });

    [Fact]
    public async Task Order_blocks_and_threads_change_no_bit()
    {
        var data = Random(new RandomSource(3), 3000, 2);
        var grouped = With(data, (i, k) => k == 0 ? i / 40 : i % 17);
        var (expected, reduced) = (Errors(grouped, s_twoWays), Errors(grouped, s_clustered));
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var random = new RandomSource(5);
        int[] order = [.. Enumerable.Range(0, data.Rows).OrderBy(_ => random.NextDouble())];
        foreach (var (size, threads) in ((int, int)[])[(3000, 1), (200, 3), (37, 2)])
        {
            var blocks = order.Chunk(size).Select(rows => With(data.Pick(rows),
                (i, k) => k == 0 ? rows[i] / 40 : rows[i] % 17));
            var report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
                s_twoWays, threads, TestContext.Current.CancellationToken);
            Assert.Equal(expected.Weights, report.AskedErrors!.Weights);
            Assert.Equal(expected.Bias, report.AskedErrors.Bias);
            Assert.Equal([75L, 17L], report.AskedErrors.Groups);
            report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
                s_clustered, threads, TestContext.Current.CancellationToken);
            Assert.Equal(reduced.Weights, report.AskedErrors!.Weights);
            Assert.Equal(reduced.Freedoms, report.AskedErrors.Freedoms);
        }
    }

    // Of one input: the variance of its weight is the sum over groups of their squared sums of (x - mean) r, over the
    // squared sum of squares of x - mean.
    [Fact]
    public async Task Many_pairs_have_the_sums_of_plain_arithmetic_in_any_order()
    {
        const int Rows = 40_000;
        var random = new RandomSource(12);
        var data = Random(random, Rows, 1);
        double[][] labels = [.. ((int[])[300, 200]).Select(groups =>
            Enumerable.Range(0, Rows).Select(_ => (double)random.NextIndex(groups) - 100.5).ToArray())];
        var mean = data.Inputs.Values.ToArray().Average();
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var weight = fit.Map.Weights[0, 0];
        double[] scores = [.. Enumerable.Range(0, Rows).Select(i => (data.Inputs[i, 0] - mean)
            * (data.Targets[i, 0] - fit.Map.Bias[0] - weight * data.Inputs[i, 0]))];
        var squares = data.Inputs.Values.ToArray().Sum(x => (x - mean) * (x - mean));
        double Variance<T>(Func<int, T> label)
        {
            double[] groups =
                [.. Enumerable.Range(0, Rows).GroupBy(label, i => scores[i]).Select(group => group.Sum())];
            return groups.Sum(sum => sum * sum) * groups.Length / (groups.Length - 1.0) * (Rows - 1) / (Rows - 2)
                / (squares * squares);
        }

        var expected = Math.Sqrt(Variance(i => labels[0][i]) + Variance(i => labels[1][i])
            - Variance(i => (labels[0][i], labels[1][i])));
        var found = Errors(With(data, (i, k) => labels[k][i]), s_twoWays);
        Assert.Equal(expected, found.Weights[0, 0], 1e-9 * expected);
        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(_ => random.NextDouble())];
        var blocks = order.Chunk(1777).Select(rows => With(data.Pick(rows), (i, k) => labels[k][rows[i]]));
        var report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
            s_twoWays, threads: 4, TestContext.Current.CancellationToken);
        Assert.Equal(found.Weights, report.AskedErrors!.Weights);
        Assert.Equal(found.Bias, report.AskedErrors.Bias);
    }

    // What pairs have is taken away: of residuals that alternate within both groupings all of it, and more.
    [Fact]
    public void A_variance_of_two_groupings_that_comes_out_negative_is_refused()
    {
        var random = new RandomSource(14);
        var x = Matrix.Create(36, 1, (_, _) => random.NextNormal());
        var data = With(new Dataset(x, Matrix.Create(36, 1, (i, _) =>
            ((i / 6 + i % 6) % 2 == 0 ? 1 : -1) + 0.01 * random.NextNormal())), (i, k) => k == 0 ? i / 6 : i % 6);
        var report = RowSamples.Look(data, s_twoWays);
        Assert.Null(report.AskedErrors);
        Assert.Contains("a weight's variance comes out negative", report.WhyNoAskedErrors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_by_two_groupings_is_of_a_positive_covariance_or_refused()
    {
        var (made, refused, none) = (0, 0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new RandomSource(seed, 15);
            var data = With(Random(random, 40, 3), (_, _) => random.NextIndex(4));
            var fit = new LeastSquares().Fit(Moments.Of(data));
            var report = RowSamples.Look(data, s_twoWays);
            if (report.AskedErrors is not { } errors)
            {
                none++;
                continue;
            }

            Assert.All(errors.Weights.Values.ToArray().Concat(errors.Bias), error => Assert.InRange(error, 1e-9, 10));
            try
            {
                Assert.InRange(report.InferenceOf(fit).Test("x1 = 0, x2 = 0, x3 = 0")[0].F, 0, 1e9);
                made++;
            }
            catch (InvalidOperationException refusal)
            {
                Assert.Contains("no covariance that is positive definite", refusal.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(made > 0 && refused > 0 && none > 0, $"{made}, {refused}, {none}");
    }

    [Fact]
    public void Rows_without_groups_are_refused_and_evidence_is_the_same_whatever_is_asked_for()
    {
        var data = Random(new RandomSource(4), 60, 2);
        var refusal = Assert.Throws<ArgumentException>(() => Errors(data, s_clustered));
        Assert.Contains("give Dataset.Groups", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(RowSamples.Look(data).Bits(), RowSamples.Look(With(data, (i, _) => i % 9), s_clustered).Bits());
    }

    // 95 % and four standard deviations of what 1000 runs vary by, and what clustered errors are known to lack at 50.
    [Fact]
    public void Intervals_cover_the_truth_where_classical_ones_do_not()
    {
        const int Runs = 1000;
        var (uneven, clustered, classical) = (0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new RandomSource(run, 8);
            var x = Matrix.Create(100, 1, (_, _) => random.NextNormal());
            var noisy = new Dataset(x, Matrix.Create(100, 1, (i, _) => x[i, 0] * random.NextNormal()));
            uneven += Covers(noisy, new HeteroskedasticErrors(HeteroskedasticKind.HC3)) ? 1 : 0;
            classical += Covers(noisy, new ClassicalErrors()) ? 1 : 0;
            var shared = Enumerable.Range(0, 100).Select(_ => random.NextNormal()).ToArray();
            var grouped = Matrix.Create(500, 1, (i, _) => shared[i % 50] + 0.3 * random.NextNormal());
            var together = new Dataset(grouped,
                Matrix.Create(500, 1, (i, _) => shared[50 + i % 50] + random.NextNormal()));
            clustered += Covers(With(together, (i, _) => i % 50), s_clustered) ? 1 : 0;
        }

        Assert.InRange(uneven, 0.91 * Runs, 0.98 * Runs);
        Assert.InRange(clustered, 0.91 * Runs, 0.98 * Runs);
        Assert.InRange(classical, 0, 0.8 * Runs);
    }

    // Ten groups of uneven size, and an input that is the same within each: 95 % and four standard deviations of what
    // 1000 runs vary by.
    [Fact]
    public void Intervals_of_ten_groups_cover_the_truth_as_CR2_and_not_as_CR1()
    {
        const int Runs = 1000;
        var (reduced, scaled) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new RandomSource(run, 9);
            var shared = Enumerable.Range(0, 20).Select(_ => random.NextNormal()).ToArray();
            int[] groups = [.. Enumerable.Range(0, 10).SelectMany(g => Enumerable.Repeat(g, 4 + 4 * g))];
            var x = Matrix.Create(groups.Length, 1, (i, _) => shared[groups[i]]);
            var data = With(new Dataset(x, Matrix.Create(groups.Length, 1, (i, _) =>
                shared[10 + groups[i]] + random.NextNormal())), (i, _) => groups[i]);
            reduced += Covers(data, s_clustered) ? 1 : 0;
            scaled += Covers(data, s_clustered with { Kind = ClusterKind.CR1 }) ? 1 : 0;
        }

        Assert.InRange(reduced, 0.922 * Runs, 0.985 * Runs);
        Assert.InRange(scaled, 0, 0.92 * Runs);
    }

    [Fact]
    public void Groups_beyond_the_bound_of_products_have_CR1()
    {
        const int Groups = 1_500_000; // three products each
        var random = new RandomSource(6);
        var x = Matrix.Create(Groups, 1, (_, _) => random.NextNormal());
        var data = With(new Dataset(x, Matrix.Create(Groups, 1, (i, _) => x[i, 0] + random.NextNormal())), (i, _) => i);
        var (many, plain) = (Errors(data, s_clustered), Errors(data, s_clustered with { Kind = ClusterKind.CR1 }));
        Assert.Empty(many.Freedoms);
        Assert.Equal(plain.Weights, many.Weights);
    }

    // Whether the interval of the weight holds its truth, 0.
    private static bool Covers(Dataset data, ErrorMethod method)
    {
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var errors = ReportedErrors.Of(fit, method is ClassicalErrors ? null : RowSamples.Look(data, method));
        return errors.Interval(0, 0) is var (low, high) && low < 0 && high > 0;
    }

    private static readonly Gen<Dataset> s_data = Gen.Select(Gen.Int[12, 60],
        Gen.Int[1, 3], Gen.Long, (rows, inputs, seed) => Random(new RandomSource(seed), rows, inputs));

    private static Dataset Random(RandomSource random, int rows, int inputs)
    {
        var x = Matrix.Create(rows, inputs, (_, _) => random.NextNormal());
        return new Dataset(x, Matrix.Create(rows, 1, (i, _) => 1 + x[i, 0] + random.NextNormal()));
    }

    private static Dataset With(Dataset data, Func<int, int, double> groups) =>
        new(data.Inputs, data.Targets, data.Names)
        {
            Weights = data.Weights,
            Groups = Matrix.Create(data.Rows, 2, groups),
        };

    private static RobustErrors Errors(Dataset data, ErrorMethod method) => RowSamples.Look(data, method).AskedErrors!;
}

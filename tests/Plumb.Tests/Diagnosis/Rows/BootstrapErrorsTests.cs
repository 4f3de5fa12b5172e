namespace Plumb.Tests.Rows;

/// <summary>Laws of errors by fits to resampled rows.</summary>
public sealed class BootstrapErrorsTests
{
    [Fact]
    public void Counts_are_Poisson_numbers_that_know_nothing_of_each_other()
    {
        const int Rows = 400_000;
        var sums = new BootstrapSums(1, Rows, 2, seed: 7);
        var counts = new int[8];
        var (first, product, next) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Rows; i++)
        {
            var (own, other) = (BootstrapSums.CountOf(sums.KeyOf(0), (ulong)i),
                BootstrapSums.CountOf(sums.KeyOf(1), (ulong)i));
            counts[Math.Min(own, 7)]++;
            first += own - 1;
            product += (own - 1.0) * (other - 1);
            next += (own - 1.0) * (BootstrapSums.CountOf(sums.KeyOf(0), (ulong)i + 1) - 1);
        }

        var p = Math.Exp(-1);
        for (var k = 0; k < 7; k++)
        {
            Assert.InRange(counts[k], Rows * p - 4 * Math.Sqrt(Rows * p), Rows * p + 4 * Math.Sqrt(Rows * p));
            p /= k + 1;
        }

        var four = 4 * Math.Sqrt(Rows);
        Assert.InRange(first, -four, four);
        Assert.InRange(product, -four, four);
        Assert.InRange(next, -four, four);
    }

    // Each replicate against an exact fit of the rows as often as it counts them.
    [Fact]
    public void A_replicate_is_the_fit_of_its_rows()
    {
        var data = Random(new RandomSource(2), 90, 3);
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var sums = new BootstrapSums(1, data.Rows, 100, seed: 5);
        var weights = new double[100];
        for (var r = 0; r < weights.Length; r++)
        {
            var resampled = new Dataset(data.Inputs, data.Targets, data.Names)
            {
                Weights = RowWeights.Frequencies([.. Enumerable.Range(0, data.Rows).Select(i =>
                    (double)BootstrapSums.CountOf(sums.KeyOf(r), (ulong)i))]),
            };
            weights[r] = new LeastSquares().Fit(Moments.Of(resampled)).Map.Weights[0, 1] - fit.Map.Weights[0, 1];
        }

        var errors = RowSamples.Look(data, new BootstrapErrors(100, 5)).AskedErrors!;
        var mean = weights.Average();
        var expected = Math.Sqrt(weights.Sum(weight => (weight - mean) * (weight - mean)) / 99);
        Assert.Equal(expected, errors.Weights[0, 1], 1e-10 * expected);
        var interval = ReportedErrors.Of(fit, RowSamples.Look(data, new BootstrapErrors(100, 5))).Interval(0, 1, 0.8);
        double[] sorted = [.. weights.Order()];
        Assert.Equal(fit.Map.Weights[0, 1] + sorted[9] + 0.1 * (sorted[10] - sorted[9]), interval.Low, 1e-10);
        Assert.Equal(fit.Map.Weights[0, 1] + sorted[90] - 0.1 * (sorted[90] - sorted[89]), interval.High, 1e-10);
    }

    [Fact]
    public async Task Blocks_and_threads_change_no_bit_and_a_frequency_is_that_many_rows()
    {
        var data = Random(new RandomSource(3), 1500, 2);
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var method = new BootstrapErrors(100, 3);
        var expected = RowSamples.Look(data, method).AskedErrors!;
        foreach (var (size, threads) in ((int, int)[])[(200, 3), (37, 2)])
        {
            var blocks = Enumerable.Range(0, data.Rows).Chunk(size).Select(rows => data.Pick(rows));
            var report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
                method, threads, TestContext.Current.CancellationToken);
            Assert.Equal(expected.Weights, report.AskedErrors!.Weights);
            Assert.Equal(expected.Bias, report.AskedErrors.Bias);
        }

        double[] counts = [.. Enumerable.Range(0, data.Rows).Select(i => (double)(i % 3))];
        var counted = new Dataset(data.Inputs, data.Targets, data.Names) { Weights = RowWeights.Frequencies(counts) };
        int[] repeated = [.. counts.SelectMany((count, i) => Enumerable.Repeat(i, (int)count))];
        Assert.Equal(RowSamples.Look(data.Pick(repeated), method).AskedErrors!.Weights,
            RowSamples.Look(counted, method).AskedErrors!.Weights);
        Assert.NotEqual(expected.Weights, RowSamples.Look(data, new BootstrapErrors(100, 4)).AskedErrors!.Weights);
    }

    // A category of two rows is missing in one replicate of seven.
    [Fact]
    public void Replicates_that_determine_less_are_left_out_and_said()
    {
        var random = new RandomSource(4);
        var x = Matrix.Create(60, 1, (i, _) => i < 2 ? 1 : 0);
        var report = RowSamples.Look(new Dataset(x, Matrix.Create(60, 1, (_, _) => random.NextNormal())),
            new BootstrapErrors(400));
        Assert.InRange(report.AskedErrors!.ReplicatesLeftOut, 30, 80);
        Assert.Equal(400, report.AskedErrors.Replicates + report.AskedErrors.ReplicatesLeftOut);
        Assert.Contains("replicates-left-out", report.Codes());
    }

    [Fact]
    public async Task What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapErrors(99));
        var fit = new LeastSquares().Fit(Moments.Of(Random(new RandomSource(5), 40, 1)));
        Assert.InRange(BootstrapErrors.MostFor(fit), 1000, 100_000);
        var refusal = await Assert.ThrowsAsync<ArgumentException>(() =>
            RowTests.OfChunksAsync(fit, _ => Task.CompletedTask, errors: new BootstrapErrors()));
        Assert.Contains("call OfAsync", refusal.Message, StringComparison.Ordinal);
    }

    // 95 % and four standard deviations of what 500 runs vary by, and what percentiles are known to lack at 100 rows.
    [Fact]
    public void Intervals_cover_the_truth_where_classical_ones_do_not()
    {
        const int Runs = 500;
        var (resampled, classical) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new RandomSource(run, 8);
            var x = Matrix.Create(100, 1, (_, _) => random.NextNormal());
            var noisy = new Dataset(x, Matrix.Create(100, 1, (i, _) => x[i, 0] * random.NextNormal()));
            var fit = new LeastSquares().Fit(Moments.Of(noisy));
            var errors = ReportedErrors.Of(fit, RowSamples.Look(noisy, new BootstrapErrors(400, run)));
            resampled += errors.Interval(0, 0) is var (low, high) && low < 0 && high > 0 ? 1 : 0;
            classical += ReportedErrors.OnlyClassical(fit).Interval(0, 0) is var (least, most) && least < 0 && most > 0
                ? 1 : 0;
        }

        Assert.InRange(resampled, 0.89 * Runs, 0.98 * Runs);
        Assert.InRange(classical, 0, 0.8 * Runs);
    }

    private static Dataset Random(RandomSource random, int rows, int inputs)
    {
        var x = Matrix.Create(rows, inputs, (_, _) => random.NextNormal());
        return new Dataset(x, Matrix.Create(rows, 1, (i, _) => 1 + x[i, 0] + random.NextNormal()));
    }
}

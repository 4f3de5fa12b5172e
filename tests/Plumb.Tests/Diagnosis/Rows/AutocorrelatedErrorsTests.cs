namespace Plumb.Tests.Rows;

/// <summary>Laws of standard errors that allow for neighbouring rows that are correlated.</summary>
public sealed class AutocorrelatedErrorsTests
{
    [Fact]
    public void No_lags_are_HC1() => s_data.Sample(data =>
    {
        var (none, uneven) = (Errors(data, 0), RowSamples.Look(data, new HeteroskedasticErrors(HeteroskedasticKind.HC1))
            .AskedErrors!);
        Assert.Equal(uneven.Weights[0, 0], none.Weights[0, 0], 1e-11 * uneven.Weights[0, 0]);
        Assert.Equal(uneven.Bias[0], none.Bias[0], 1e-11 * uneven.Bias[0]);
    });

    // Lag by lag, as the formula is written, in the coordinates that one input leaves.
    [Fact]
    public void Windows_are_weighted_lags() => s_data.Sample(data =>
    {
        var fit = new LeastSquares().Fit(Moments.Of(data.Only("x1")));
        var (one, rows) = (data.Only("x1"), data.Rows);
        var mean = Enumerable.Range(0, rows).Average(i => one.Inputs[i, 0]);
        double[] scores = [.. Enumerable.Range(0, rows).Select(i => (one.Inputs[i, 0] - mean)
            * (one.Targets[i, 0] - fit.Map.Apply(one.Inputs.Row(i))[0]))];
        var length = Enumerable.Range(0, rows).Sum(i => (one.Inputs[i, 0] - mean) * (one.Inputs[i, 0] - mean));
        foreach (var lags in (int[])[1, 2, 5, rows - 1])
        {
            var sum = 0.0;
            for (var l = -lags; l <= lags; l++)
            {
                var weight = 1 - Math.Abs(l) / (lags + 1.0);
                sum += weight * Enumerable.Range(0, rows).Where(i => i - l >= 0 && i - l < rows)
                    .Sum(i => scores[i] * scores[i - l]);
            }

            var expected = Math.Sqrt(Math.Max(sum, 0) * rows / (rows - 2)) / length;
            Assert.Equal(expected, Errors(one, lags).Weights[0, 0], 1e-7 * expected + 1e-9);
        }
    });

    [Fact]
    public async Task Blocks_and_threads_change_no_bit()
    {
        var data = Autoregressive(new RandomSource(3), 3000, 0.6);
        var fit = new LeastSquares().Fit(Moments.Of(data));
        foreach (var lags in (int?[])[0, 1, 7, 300, null])
        {
            RobustErrors? expected = null;
            foreach (var (size, threads) in ((int, int)[])[(3000, 1), (200, 3), (37, 2), (1, 3)])
            {
                var blocks = Enumerable.Range(0, data.Rows).Chunk(size).Select(rows => data.Pick(rows));
                var report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
                    new AutocorrelatedErrors(lags), threads, TestContext.Current.CancellationToken);
                expected ??= report.AskedErrors!;
                Assert.Equal(expected.Weights, report.AskedErrors!.Weights);
                Assert.Equal(expected.Bias, report.AskedErrors.Bias);
                Assert.Equal(expected.Lags, report.AskedErrors.Lags);
            }
        }
    }

    [Fact]
    public async Task Lags_are_more_where_rows_hang_together_and_know_no_units()
    {
        Task<RobustErrors> Chosen(Dataset data) => ChosenAsync(data);
        var together = Autoregressive(new RandomSource(4), 2000, 0.8);
        var apart = Autoregressive(new RandomSource(4), 2000, 0);
        var (many, few) = (await Chosen(together), await Chosen(apart));
        Assert.InRange(many.Lags[0], 10, 60);
        Assert.InRange(few.Lags[0], 0, 4);
        var other = new Dataset(
            Matrix.Create(together.Rows, 1, (i, _) => 1024 * together.Inputs[i, 0] + 4096),
            Matrix.Create(together.Rows, 2, (i, t) => t == 0 ? apart.Targets[i, 0] : together.Targets[i, 0] / 64 - 8));
        Assert.Equal(many.Lags[0], (await Chosen(other)).Lags[1]);
    }

    [Fact]
    public void A_row_of_weight_0_is_left_out()
    {
        var data = Autoregressive(new RandomSource(5), 60, 0.5);
        int[] kept = [.. Enumerable.Range(0, 60).Where(i => i % 7 != 3)];
        var weighted = new Dataset(data.Inputs, data.Targets, data.Names)
        {
            Weights = RowWeights.Precisions([.. Enumerable.Range(0, 60).Select(i => i % 7 == 3 ? 0.0 : 1)]),
        };
        Assert.Equal(Errors(data.Pick(kept), 3).Weights[0, 0], Errors(weighted, 3).Weights[0, 0], 1e-13);
    }

    [Fact]
    public void What_has_no_order_or_too_few_rows_is_refused()
    {
        var data = Autoregressive(new RandomSource(6), 30, 0.5);
        var counted = new Dataset(data.Inputs, data.Targets, data.Names)
        {
            Weights = RowWeights.Frequencies([.. Enumerable.Range(0, 30).Select(i => 1.0 + i % 2)]),
        };
        Assert.Contains("have no order", Assert.Throws<ArgumentException>(() => Errors(counted, 2)).Message,
            StringComparison.Ordinal);
        Assert.Contains("30 lags for 30 rows", Assert.Throws<ArgumentException>(() => Errors(data, 30)).Message,
            StringComparison.Ordinal);
        var fit = new LeastSquares().Fit(Moments.Of(data));
        Assert.Contains("call OfAsync", Assert.Throws<ArgumentException>(() =>
            new RowTests(fit, errors: new AutocorrelatedErrors())).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutocorrelatedErrors(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AutocorrelatedErrors(4) with { Lags = 20_000 });
    }

    // Input and noise are autoregressions with rho = 0.6: these intervals are known to lack a little at 200 rows, and
    // classical ones lack much.
    [Fact]
    public async Task Intervals_cover_the_truth_where_classical_ones_do_not()
    {
        const int Runs = 600;
        var (lagged, classical) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var data = Autoregressive(new RandomSource(run, 9), 200, 0.6);
            var fit = new LeastSquares().Fit(Moments.Of(data));
            var report = await RowTests.OfAsync(fit, new[] { data }.ToAsyncEnumerable(),
                errors: new AutocorrelatedErrors(), cancellationToken: TestContext.Current.CancellationToken);
            lagged += Covers(fit, ReportedErrors.Of(fit, report)) ? 1 : 0;
            classical += Covers(fit, ReportedErrors.OnlyClassical(fit)) ? 1 : 0;
        }

        Assert.InRange(lagged, 0.88 * Runs, 0.97 * Runs);
        Assert.InRange(classical, 0, 0.86 * Runs);
    }

    private static bool Covers(LinearFit fit, ReportedErrors errors) =>
        errors.Interval(0, 0) is var (low, high) && low < 0 && high > 0;

    private static readonly Gen<Dataset> s_data = Gen.Select(Gen.Int[12, 60], Gen.Int[1, 3], Gen.Long,
        (rows, inputs, seed) =>
        {
            var random = new RandomSource(seed);
            var x = Matrix.Create(rows, inputs, (_, _) => random.NextNormal());
            return new Dataset(x, Matrix.Create(rows, 1, (i, _) => 1 + x[i, 0] + random.NextNormal()));
        });

    private static Dataset Autoregressive(RandomSource random, int rows, double rho)
    {
        var columns = new Matrix(rows, 2);
        for (var i = 0; i < rows; i++)
        {
            for (var k = 0; k < 2; k++)
            {
                columns[i, k] = i == 0 ? random.NextNormal() / Math.Sqrt(1 - rho * rho)
                    : rho * columns[i - 1, k] + random.NextNormal();
            }
        }

        return new Dataset(Matrix.Create(rows, 1, (i, _) => columns[i, 0]),
            Matrix.Create(rows, 1, (i, _) => columns[i, 1]));
    }

    private static RobustErrors Errors(Dataset data, int lags) =>
        RowSamples.Look(data, new AutocorrelatedErrors(lags)).AskedErrors!;

    private static async Task<RobustErrors> ChosenAsync(Dataset data) => (await RowTests.OfAsync(
        new LeastSquares().Fit(Moments.Of(data)), new[] { data }.ToAsyncEnumerable(),
        errors: new AutocorrelatedErrors())).AskedErrors!;
}

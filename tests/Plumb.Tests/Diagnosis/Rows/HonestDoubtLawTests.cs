namespace Plumb.Tests.Rows;

/// <summary>
/// Where rows leave a doubt, W and b are not called trustworthy; where their noise is as it should be, nothing is said
/// against it.
/// </summary>
public sealed class HonestDoubtLawTests
{
    [Fact]
    public void Neighbours_that_are_alike_are_never_said_to_be_independent()
    {
        var doubted = 0;
        for (var k = 0; k < 200; k++)
        {
            var (random, rows) = (new RandomSource(k, 11), 20 + k % 100);
            double[] noise = Walk(random, rows, 0.9), input = Walk(random, rows, k % 2 == 0 ? 0.9 : 0);
            var report = RowSamples.Look(Of(rows, 1, (i, _) => input[i], i => input[i] + noise[i]));
            var p = report.Tests.Single(test => test.Code == "durbin-watson").PValue;
            Assert.False(p < HypothesisTest.Level && report.AnswerTo(Question.Order) == Answer.Holds
                && !report.Codes().Any(code => code is "reset" or "bends" or "masked-outliers"), $"{k}: p = {p}");
            doubted += report.AnswerTo(Question.Order) == Answer.NotLookedAt ? 1 : 0;
        }

        Assert.InRange(doubted, 20, 200);
    }

    [Fact]
    public void Rows_that_are_sorted_by_the_target_are_not_said_to_depend_on_each_other()
    {
        for (var k = 0; k < 60; k++)
        {
            var (random, rows) = (new RandomSource(k, 12), 40 + 5 * k);
            var levels = k % 3 == 0 ? 3 : int.MaxValue; // few: the table is sorted by its inputs, then by the target
            var drawn = Enumerable.Range(0, rows).Select(_ => levels == 3 ? random.NextIndex(3) : random.NextNormal())
                .Select(x => (X: x, Y: 0.3 * x + random.NextNormal())).ToArray();
            var sorted = (levels == 3 ? drawn.OrderBy(row => row.X).ThenBy(row => row.Y)
                : k % 3 == 1 ? drawn.OrderBy(row => row.Y) : drawn.OrderByDescending(row => row.Y)).ToArray();
            var data = Of(rows, 1, (i, _) => sorted[i].X, i => sorted[i].Y);
            var report = RowSamples.Look(data);
            Assert.True(report.AnswerTo(Question.Order) != Answer.Fails, $"{k}: {string.Join(' ', report.Codes())}");
            Assert.DoesNotContain(report.Findings, finding => finding.Severity >= Severity.Warning);
        }
    }

    [Fact]
    public void Independent_rows_raise_no_doubt_about_their_order()
    {
        var doubted = 0;
        for (var k = 0; k < 600; k++)
        {
            var (random, rows) = (new RandomSource(k, 13), 8 + k % 120);
            double Draw() => k % 3 == 0 ? -Math.Log(1 - random.NextDouble()) : random.NextNormal();
            var report = RowSamples.Look(Of(rows, 2, (_, _) => random.NextNormal(), _ => Draw()));
            doubted += report.Codes().Contains("order-in-doubt") || report.Codes().Contains("durbin-watson") ? 1 : 0;
        }

        Assert.InRange(doubted, 0, 3); // one in a thousand, by the level of the test
    }

    [Fact]
    public void Row_of_high_leverage_that_disagrees_is_said_to_decide()
    {
        var wrong = 0;
        for (var k = 0; k < 100; k++)
        {
            var (random, rows) = (new RandomSource(k, 14), 60 + 2 * k);
            double[] x = [8, .. Enumerable.Range(1, rows - 1).Select(_ => random.NextNormal())];
            var data = Of(rows, 1, (i, _) => x[i], i => x[i] + (i == 0 ? 5 : random.NextNormal()));
            var fit = new LeastSquares().Fit(Moments.Of(data), TestContext.Current.CancellationToken);
            var isOff = Math.Abs(fit.Map.Weights[0, 0] - 1) > 3.3 * fit.WeightErrors[0, 0];
            wrong += isOff && RowSamples.Look(data).AnswerTo(Question.Rows) == Answer.Holds ? 1 : 0;
        }

        Assert.InRange(wrong, 0, 3); // where even the row itself is not far off: one in a hundred such rows
    }

    /// <summary>Of one-sided noise the far end lies next to the rest: nothing hides, nothing looks curved.</summary>
    [Fact]
    public void Long_tails_are_no_rows_that_hide_each_other()
    {
        var (hiding, distrusted) = (0, 0);
        for (var k = 0; k < 60; k++)
        {
            var (random, rows) = (new RandomSource(k, 15), 200 + 10 * k);
            var report = RowSamples.Look(Of(rows, 2, (_, _) => random.NextNormal(),
                _ => -Math.Log(1 - random.NextDouble())));
            hiding += report.Codes().Contains("masked-outliers") ? 1 : 0;
            distrusted += report.AnswerTo(Question.Rows) == Answer.Fails ? 1 : 0;
        }

        Assert.InRange(hiding, 0, 2);
        Assert.InRange(distrusted, 0, 2);
    }

    [Fact]
    public void Repeats_that_share_an_error_are_not_called_a_curve()
    {
        var curved = 0;
        for (var k = 0; k < 60; k++)
        {
            var random = new RandomSource(k, 16);
            double[] shared = [.. Enumerable.Range(0, 12).Select(_ => random.NextNormal())];
            var report = RowSamples.Look(Of(48, 1, (i, _) => i % 12,
                i => 2.0 * (i % 12) + shared[i % 12] + 0.2 * random.NextNormal()));
            curved += report.Codes().Any(code => code is "reset" or "bends") ? 1 : 0;
            Assert.Contains("lack-of-fit", report.Codes());
        }

        Assert.InRange(curved, 0, 1);
    }

    [Fact]
    public void Rows_that_occur_many_times_are_copies()
    {
        for (var k = 0; k < 40; k++)
        {
            var random = new RandomSource(k, 17);
            (double X, double Y)[] rows = [.. Enumerable.Range(0, 46).Select(_ => (random.NextNormal(),
                random.NextNormal()))];
            rows = [.. rows, .. Enumerable.Range(0, 45).Select(i => rows[i % 5])];
            Assert.NotNull(RowSamples.Look(Of(rows.Length, 1, (i, _) => rows[i].X, i => rows[i].X + rows[i].Y)).Copied);
        }
    }

    private static Dataset Of(int rows, int inputs, Func<int, int, double> x, Func<int, double> y) =>
        new(Matrix.Create(rows, inputs, x), Matrix.Create(rows, 1, (i, _) => y(i)));

    private static double[] Walk(RandomSource random, int rows, double part)
    {
        var (values, last) = (new double[rows], random.NextNormal());
        for (var i = 0; i < rows; i++)
        {
            values[i] = last = part * last + Math.Sqrt(1 - part * part) * random.NextNormal();
        }

        return values;
    }
}

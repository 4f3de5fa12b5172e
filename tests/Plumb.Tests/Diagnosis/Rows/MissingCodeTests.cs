namespace Plumb.Tests;

/// <summary>
/// A value that repeats far from all others is told as a code for missing values; ordinary data hold none.
/// </summary>
public sealed class MissingCodeTests
{
    private static readonly Dictionary<string, Func<Random, double>> s_ordinary = new()
    {
        ["normal"] = random => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(6.28 * random.NextDouble()),
        ["lognormal"] = random => Math.Exp(4 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)),
        ["heavy tails"] = random => 1 / (1 - random.NextDouble()),
        ["very heavy tails"] = random => Math.Pow(1 - random.NextDouble(), -2),
        ["counts"] = random => Math.Floor(-3 * Math.Log(1 - random.NextDouble())),
        ["heavy counts"] = random => Math.Floor(1 / (1 - random.NextDouble())),
        ["indicator"] = random => random.NextDouble() < 0.1 ? 1 : 0,
        ["rare indicator"] = random => random.NextDouble() < 0.02 ? 1 : 0,
        ["three levels"] = random => random.NextDouble() < 0.1 ? 1000 : random.Next(2),
        ["mostly zero"] = random => random.NextDouble() < 0.9 ? 0 : 1000 * random.NextDouble(),
        ["money"] = random => Math.Round(Math.Exp(3 + 6 * random.NextDouble()), 2),
        ["hundreds"] = random => 100 * random.Next(1, 11),
    };

    [Fact]
    public void Ordinary_data_hold_no_code() => Gen.Select(Gen.OneOf([.. s_ordinary.Keys]), Gen.Int[5, 400], Gen.Int)
        .Sample((kind, rows, seed) =>
        {
            var random = new Random(seed);
            Assert.Empty(CodesIn([.. Enumerable.Range(0, rows).Select(_ => s_ordinary[kind](random))]));
        });

    [Theory]
    [InlineData(-9999, 2)]
    [InlineData(-9999, 20)]
    [InlineData(-999, 3)]
    [InlineData(99999, 2)]
    [InlineData(1e20, 2)]
    [InlineData(-99.99, 0)]
    [InlineData(1e9, 2)]
    [InlineData(-1234567, 3)]
    public void Value_that_repeats_far_from_others_is_a_code(double code, int count)
    {
        var values = Enumerable.Range(0, 30).Select(i => 1 + 0.5 * i).Concat(Enumerable.Repeat(code, count));
        var found = CodesIn([.. values]);
        Assert.Equal(count > 0 ? [new SuspectCode("y", code, count, 30 + count, 1, 15.5)] : [], found);
    }

    [Theory]
    [InlineData(-9999, 1)]
    [InlineData(-99, 5)]
    [InlineData(-12345, 2)]
    public void Value_that_is_alone_or_near_or_no_code_in_two_rows_is_none(double value, int count) =>
        Assert.Empty(CodesIn(
            [.. Enumerable.Range(0, 30).Select(i => 1 + 0.5 * i), .. Enumerable.Repeat(value, count)]));

    [Fact]
    public async Task Report_is_the_same_for_every_number_of_threads_and_weakens_the_verdict()
    {
        var random = new Random(1);
        var x = Enumerable.Range(0, 5000).Select(_ => random.NextDouble()).ToArray();
        var y = x.Select((value, i) => i % 1700 == 5 ? -9999 : 2 * value + random.NextDouble()).ToArray();
        var data = Dataset(x, y);
        var moments = new Moments(data.Names);
        moments.Add(data);
        var fit = new LeastSquares().Fit(moments);
        foreach (var threads in new[] { 1, 3 })
        {
            var report = await RowTests.OfAsync(fit, Blocks(data), false, withClouds: false, errors: null, threads,
                TestContext.Current.CancellationToken);
            Assert.Equal(3, Assert.Single(report.SuspectCodes).Rows);
            Assert.Contains(report.Findings, finding => finding.Code == "missing-code"
                && finding.Message.StartsWith("'y' holds -9999 in 3 of 5000 rows, far from all other values (0.0",
                    StringComparison.Ordinal)
                && finding.Remedy == "If it is, take -9999 for a missing value, and leave out rows that lack a value.");
            Assert.Equal("First see to missing values: while 'y' is -9999 in 3 rows, don't trust W and b.",
                Assessment.Of(fit, fit.Accuracy, report).Verdict);
        }
    }

    private static IReadOnlyList<SuspectCode> CodesIn(double[] values)
    {
        var data = Dataset([.. values.Select((_, i) => (double)i)], values);
        var moments = new Moments(data.Names);
        moments.Add(data);
        var tests = new RowTests(new LeastSquares().Fit(moments));
        tests.Add(data);
        return tests.Report().SuspectCodes;
    }

    private static Dataset Dataset(double[] x, double[] y) => new(
        Matrix.Create(x.Length, 1, (i, _) => x[i]), Matrix.Create(y.Length, 1, (i, _) => y[i]),
        new VariableNames(["x"], ["y"]));

    private static async IAsyncEnumerable<Dataset> Blocks(Dataset data)
    {
        await Task.CompletedTask;
        const int Rows = 700;
        for (var start = 0; start < data.Rows; start += Rows)
        {
            var (from, count) = (start, Math.Min(Rows, data.Rows - start));
            yield return Dataset([.. Enumerable.Range(from, count).Select(i => data.Inputs[i, 0])],
                [.. Enumerable.Range(from, count).Select(i => data.Targets[i, 0])]);
        }
    }
}

using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>Copies of rows are told from rows that coincide because their columns take few values.</summary>
public sealed class CopiesTests
{
    private delegate Dataset Maker(int rows, RandomSource random);

    private static readonly (string Name, Maker Make)[] s_coarse =
    [
        ("dice", (n, random) => Draw(n, 1, random, () => 1 + random.NextIndex(6), _ => 1 + random.NextIndex(6))),
        ("the sum of two dice", (n, random) => Draw(n, 2, random, () => 1 + random.NextIndex(6), x => x[0] + x[1])),
        ("a sum with one die seen", (n, random) =>
            Draw(n, 1, random, () => 1 + random.NextIndex(6), x => x[0] + 1 + random.NextIndex(6))),
        ("one question", (n, random) =>
            Draw(n, 1, random, () => 1 + random.NextIndex(5), x => Scale(x[0] + 0.5 * random.NextNormal()))),
        ("three questions", (n, random) =>
            Draw(n, 3, random, () => 1 + random.NextIndex(5), x =>
            Scale((x[0] + x[1] + x[2]) / 3 + 0.5 * random.NextNormal()))),
        ("three that most agree to", (n, random) =>
            Draw(n, 3, random, () => Scale(4.5 + random.NextNormal()), x =>
            Scale((x[0] + x[1] + x[2]) / 3 + 0.3 * random.NextNormal()))),
        ("a function of whole numbers", (n, random) => Draw(n, 3, random, () => 1 + random.NextIndex(5), x => x.Max())),
        ("another, of many", (n, random) =>
            Draw(n, 3, random, () => 1 + random.NextIndex(10), x => x[0] * x[1] + x[2])),
        ("levels twice, read coarsely", (n, random) =>
            Levels(n, random, x => Math.Clamp(Math.Round(9 * x + 0.5 * random.NextNormal()), 0, 9))),
        ("levels twice, to a decimal", (n, random) =>
            Levels(n, random, x => Math.Round(9 * x + 0.5 * random.NextNormal(), 1))),
        ("levels twice, yes or no", (n, random) => Levels(n, random, x => random.NextDouble() < x ? 1 : 0)),
        ("yes or no", (n, random) => Draw(n, 1, random, random.NextNormal, x => random.NextNormal() < x[0] ? 1 : 0)),
        ("three groups", (n, random) => Draw(n, 1, random, () => random.NextIndex(3), x => x[0] + random.NextNormal())),
        ("three groups, to two decimals", (n, random) =>
            Draw(n, 1, random, () => random.NextIndex(3), x => Math.Round(x[0] + random.NextNormal(), 2))),
        ("to a decimal", (n, random) =>
            Draw(n, 1, random, () => Math.Round(random.NextNormal(), 1), x =>
            Math.Round(x[0] + random.NextNormal(), 1))),
        ("to a decimal, with little noise", (n, random) =>
            Draw(n, 1, random, () => Math.Round(random.NextNormal(), 1), x =>
            Math.Round(x[0] + 0.1 * random.NextNormal(), 1))),
        ("many zeros", (n, random) =>
            Draw(n, 1, random, () => random.NextDouble() < 0.3 ? 0 : random.NextNormal(), x => x[0] == 0 ? 0
            : x[0] + random.NextNormal())),
        ("counts", (n, random) => Draw(n, 2, random, () => Count(3, random), x => Count(1 + x[0], random))),
        ("ages and thousands", (n, random) =>
            Draw(n, 1, random, () => 20 + random.NextIndex(45), x =>
            1000 * Math.Round(x[0] + 8 * random.NextNormal()))),
    ];

    [Fact]
    public void Forty_rows_five_times_are_found()
    {
        var report = ReportOf(Verdict("copies.csv"))!;
        Assert.Equal((200, 40, 160, 5, false),
            (report.Rows, report.Distinct, report.Copies, report.Multiplicity, report.IsEstimate));
        Assert.Equal(Math.Sqrt(5), report.ErrorFactor, 1e-15);
        Assert.Equal(
            "160 of 200 rows are copies of others: standard errors count each as new, "
                + "so they are too small by a factor of about 2.2.",
            report.ToFinding().Message);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1000)]
    public void Rows_that_coincide_are_no_copies(int rows)
    {
        foreach (var (name, make) in s_coarse)
        {
            for (var seed = 0; seed < 10; seed++)
            {
                Assert.True(ReportOf(make(rows, new RandomSource(seed))) is null, name);
            }
        }
    }

    [Fact]
    public void Copies_of_continuous_rows_are_found_all_or_some_of_them()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new RandomSource(seed);
            var data = Draw(60 + random.NextIndex(200), 1 + random.NextIndex(4), random, random.NextNormal, x =>
                x[0] + random.NextNormal());
            Assert.Null(ReportOf(data));
            var twice = ReportOf(Repeat(data, _ => 2))!;
            Assert.Equal((2 * data.Rows, data.Rows, 2), (twice.Rows, twice.Distinct, twice.Multiplicity));
            Assert.Equal((data.Rows + 9) / 10, ReportOf(Repeat(data, i => i % 10 == 0 ? 2 : 1))!.Copies);
            Assert.Null(ReportOf(Repeat(data, i => i == 0 ? 2 : 1)));
        }
    }

    [Fact]
    public void Copies_of_groups_and_of_yes_and_no_are_found()
    {
        var random = new RandomSource(1);
        Assert.Equal(100,
            ReportOf(Repeat(Draw(100, 1, random, () => random.NextIndex(3), x => x[0] + random.NextNormal()), _ =>
            2))!.Copies);
        Assert.Equal(300,
            ReportOf(Repeat(Draw(300, 1, random, random.NextNormal, x => random.NextNormal() < x[0] ? 1 : 0), _ =>
            2))!.Copies);
    }

    [Fact]
    public void Order_units_and_other_targets_change_nothing() =>
        Gen.Int[0, 1000].Sample(seed =>
        {
            var random = new RandomSource(seed);
            var data = Repeat(Draw(50, 2, random, random.NextNormal, x => x[0] + random.NextNormal()), i => i < 20 ? 3
                : 1);
            var report = ReportOf(data)!;
            var reversed =
                new Dataset(Matrix.Create(data.Rows, 2, (i, j) => data.Inputs[data.Rows - 1 - i, j]),
                Matrix.Create(data.Rows, 1, (i, _) => data.Targets[data.Rows - 1 - i, 0]));
            var scaled =
                new Dataset(Matrix.Create(data.Rows, 2, (i, j) => 1024 * data.Inputs[i, j]),
                Matrix.Create(data.Rows, 1, (i, _) => -data.Targets[i, 0] / 1024));
            var more = new Dataset(data.Inputs, Matrix.Create(data.Rows, 2, (i, t) => t == 0 ? data.Targets[i, 0] : 1));
            return report == ReportOf(reversed)! && report with { PValue = 0 } == ReportOf(scaled)! with { PValue = 0 }
                && ReportOf(more)!.Copies == report.Copies;
        }, iter: 20);

    [Fact]
    public void Bounded_memory_gives_the_same_estimate_in_any_order()
    {
        var random = new RandomSource(1);
        var data = Repeat(Draw(20_000, 1, random, random.NextNormal, x => x[0] + random.NextNormal()), i => i % 4 == 0
            ? 3 : 1);
        var (forwards, backwards) = (new CopyCounts(1, 1, mostNumbers: 2048), new CopyCounts(1, 1, mostNumbers: 2048));
        for (var i = 0; i < data.Rows; i++)
        {
            Add(forwards, data, i);
            Add(backwards, data, data.Rows - 1 - i);
        }

        var report = forwards.Report([0.5])!;
        Assert.Equal(report, backwards.Report([0.5]));
        Assert.Equal((30_000, 3, true), (report.Rows, report.Multiplicity, report.IsEstimate));
        Assert.InRange(report.Distinct, 18_500, 21_500);
        Assert.StartsWith("About ", report.ToFinding().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Estimates_are_right_in_the_mean()
    {
        var sum = 0.0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new RandomSource(seed);
            var data = Repeat(Draw(3000, 1, random, random.NextNormal, x => x[0] + random.NextNormal()), i => i % 2 == 0
                ? 2 : 1);
            var copies = new CopyCounts(1, 1, mostNumbers: 2048);
            for (var i = 0; i < data.Rows; i++)
            {
                Add(copies, data, i);
            }

            sum += copies.Report([0.5])!.Distinct;
        }

        Assert.InRange(sum / 40, 2985, 3015); // each is off by about 20
    }

    private static void Add(CopyCounts copies, Dataset data, int row)
    {
        var hash = new RowHash();
        hash.Add(data.Inputs.Row(row));
        var ofInputs = hash.Value;
        hash.Add(data.Targets.Row(row));
        if (copies.Takes(hash.Value))
        {
            copies.Add(ofInputs, hash.Value, data.Inputs.Row(row), data.Targets.Row(row));
        }
        else
        {
            copies.Skip(ofInputs);
        }
    }

    private static CopiedRows? ReportOf(Dataset data)
    {
        var copies = new CopyCounts(data.Inputs.Columns, data.Targets.Columns);
        for (var i = 0; i < data.Rows; i++)
        {
            Add(copies, data, i);
        }

        return copies.Report(new LeastSquares().Fit(Moments.Of(data)).RSquared);
    }

    private static Dataset Verdict(string name)
    {
        var (names, rows) = Reference.Csv("verdicts", name);
        return Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])],
            new VariableNames(names[..^1], names[^1..]));
    }

    private static Dataset Draw(int rows, int inputs, RandomSource random, Func<double> x, Func<double[], double> y)
    {
        var values = Matrix.Create(rows, inputs, (_, _) => x());
        return new Dataset(values, Matrix.Create(rows, 1, (i, _) => y(values.Row(i).ToArray())));
    }

    private static Dataset Levels(int rows, RandomSource random, Func<double, double> y)
    {
        var place = 0;
        return Draw(rows, 1, random, () => place++ % (rows / 2) / (rows / 2.0), x => y(x[0]));
    }

    private static Dataset Repeat(Dataset data, Func<int, int> times)
    {
        int[] rows = [.. Enumerable.Range(0, data.Rows).SelectMany(i => Enumerable.Repeat(i, times(i)))];
        return new Dataset(Matrix.Create(rows.Length, data.Inputs.Columns, (i, j) => data.Inputs[rows[i], j]),
            Matrix.Create(rows.Length, 1, (i, _) => data.Targets[rows[i], 0]));
    }

    private static double Scale(double value) => Math.Clamp(Math.Round(value), 1, 5);

    private static double Count(double mean, RandomSource random) =>
        Math.Floor(-mean * Math.Log(1 - random.NextDouble()));
}

namespace Plumb.Tests;

/// <summary>Columns whose groups of rows have residuals in common: found where they do, and not by chance.</summary>
public sealed class CorrelatedGroupsTests
{
    public static TheoryData<string> Noises => ["normal", "heavy", "uneven", "noisy groups", "unequal groups"];

    [Theory]
    [MemberData(nameof(Noises))]
    public async Task Groups_that_mean_nothing_are_not_found(string noise)
    {
        var (random, found) = (new RandomSource(11), 0);
        for (var run = 0; run < 120; run++)
        {
            var sets = run % 3 == 0 ? 12 : run % 3 == 1 ? 2 : 50;
            var rows = Rows(random, 300, (i, x) =>
            {
                var group = noise == "unequal groups" && random.NextDouble() < 0.9 ? 0
                    : (int)(sets * random.NextDouble());
                var e = random.NextNormal();
                e = noise == "heavy" ? e / Math.Sqrt(0.01 + random.NextDouble()) : noise == "uneven" ? e * x[0] * x[0]
                    : noise == "noisy groups" ? e * (group % 4 == 0 ? 3 : 1)
                    : noise == "unequal groups" && group > 0 ? 4 * e : e;
                return (e, [group, i % sets, (int)(60 * random.NextDouble())]);
            });
            found += (await Look(rows)).Findings.Count(finding => finding.Code == "groups");
        }

        Assert.InRange(found, 0, 0); // of 600 data sets and 1800 columns in all
    }

    [Theory]
    [InlineData(12, 25, 0.7)]
    [InlineData(12, 25, 1.5)]
    [InlineData(60, 5, 1)]
    [InlineData(3, 100, 1)]
    public async Task Groups_that_share_noise_are_found(int sets, int each, double shared)
    {
        var (random, found) = (new RandomSource(7), 0);
        for (var run = 0; run < 20; run++)
        {
            double[] effects = [.. Enumerable.Range(0, sets).Select(_ => shared * random.NextNormal())];
            effects[0] = shared; // three groups may be alike by chance
            effects[^1] = -shared;
            var rows = Rows(random, sets * each, (i, _) => (effects[i % sets] + random.NextNormal(),
                [i % sets, (int)(9 * random.NextDouble()), i]));
            var report = await Look(rows);
            var finding = report.Findings.SingleOrDefault(finding => finding.Code == "groups");
            found += finding is null ? 0 : 1;
            Assert.True(finding is null || finding.Message.StartsWith("Rows of the same 'g0' have residuals of 'y' in "
                + "common", StringComparison.Ordinal));
            Assert.True(finding is null || finding.Remedy.Contains("cluster the errors by 'g0'",
                StringComparison.Ordinal));
            Assert.Equal(finding is not null, report.Evidence.Single(item => item.Question == Question.Errors)
                .Answer == Answer.Fails);
        }

        Assert.InRange(found, shared < 1 ? 16 : 19, 20);
    }

    [Fact]
    public async Task A_curve_that_is_level_within_groups_does_not_pose_as_groups()
    {
        var random = new RandomSource(3);
        for (var run = 0; run < 20; run++)
        {
            var rows = Rows(random, 300, (i, x) =>
            {
                x[0] = i % 12;
                return (0.1 * x[0] * x[0] + random.NextNormal(), [i % 12, i % 5, 0]);
            });
            var codes = (await Look(rows)).Findings.Select(finding => finding.Code).ToArray();
            Assert.Contains("reset", codes);
            Assert.DoesNotContain("groups", codes);
        }
    }

    [Fact]
    public async Task Order_of_rows_blocks_and_threads_change_no_bit()
    {
        var random = new RandomSource(9);
        var rows = Rows(random, 3000, (i, _) => (0.3 * (i % 40 % 3) + random.NextNormal(), [i % 40, i % 7, i % 300]));
        var (fit, first) = (Fit(rows), await Look(rows));
        int[] places = [.. Enumerable.Range(0, 3000).OrderBy(_ => random.NextDouble())];
        var shuffled = places.Chunk(77).Select(chunk => Pick(rows, chunk)).ToArray();
        var second = await RowTests.OfAsync(fit, shuffled.ToAsyncEnumerable(), false, false, null, 3,
            TestContext.Current.CancellationToken);
        HypothesisTest TestIn(RowReport report) => Assert.Single(report.Tests, test => test.Code == "groups");
        Assert.Equal(TestIn(first), TestIn(second));
        Assert.Equal("g0", TestIn(first).Input);
    }

    [Fact]
    public async Task Test_is_F_of_the_fit_with_an_indicator_per_group()
    {
        var random = new RandomSource(5);
        var rows = Rows(random, 200, (i, _) => (i % 8 == 3 ? 2 : i % 8 == 5 ? -2 : random.NextNormal(),
            [i % 8, 0, 0]));
        var test = Assert.Single((await Look(rows)).Tests, test => test.Code == "groups");
        var fit = Fit(rows);
        var predicted = Enumerable.Range(0, 200).Select(i => fit.Map.Apply(rows.Inputs.Row(i))[0]).ToArray();
        double[][] smaller = [.. Enumerable.Range(0, 200).Select(i => (double[])[.. rows.Inputs.Row(i),
            .. rows.Inputs.Row(i).ToArray().Select(x => x * x), Math.Pow(predicted[i], 2), Math.Pow(predicted[i], 3)])];
        double[][] larger = [.. smaller.Select((row, i) => (double[])[.. row,
            .. Enumerable.Range(1, 7).Select(g => rows.Groups![i, 0] == g ? 1.0 : 0)])];
        double[][] y = [.. Enumerable.Range(0, 200).Select(i => (double[])[rows.Targets[i, 0]])];
        var (before, after) = (RandomRegressions.Fit(smaller, y, true), RandomRegressions.Fit(larger, y, true));
        Assert.Equal([before.ResidualDegreesOfFreedom - after.ResidualDegreesOfFreedom, after.ResidualDegreesOfFreedom],
            test.Freedom);
        var f = (before.ResidualSumOfSquares[0] - after.ResidualSumOfSquares[0]) / test.Freedom[0]
            / (after.ResidualSumOfSquares[0] / test.Freedom[1]);
        Assert.InRange(test.Statistic, f * (1 - 1e-7), f * (1 + 1e-7));
    }

    private static Dataset Rows(RandomSource random, int count, Func<int, double[], (double Noise, int[] Groups)> next)
    {
        var (x, y, groups) = (new Matrix(count, 2), new Matrix(count, 1), new Matrix(count, 3));
        for (var i = 0; i < count; i++)
        {
            double[] row = [random.NextNormal(), random.NextNormal()];
            var (noise, labels) = next(i, row);
            (x[i, 0], x[i, 1], y[i, 0]) = (row[0], row[1], 1 + 2 * row[0] - row[1] + noise);
            for (var k = 0; k < 3; k++)
            {
                groups[i, k] = labels[k];
            }
        }

        return new Dataset(x, y, new VariableNames(["a", "b"], ["y"]))
        {
            Groups = groups,
            GroupNames = ["g0", "g1", "g2"],
        };
    }

    private static Dataset Pick(Dataset rows, int[] places) => new(
        Matrix.Create(places.Length, 2, (i, j) => rows.Inputs[places[i], j]),
        Matrix.Create(places.Length, 1, (i, t) => rows.Targets[places[i], t]), rows.Names)
    {
        Groups = Matrix.Create(places.Length, 3, (i, k) => rows.Groups![places[i], k]),
        GroupNames = rows.GroupNames,
    };

    private static LinearFit Fit(Dataset rows)
    {
        var moments = new Moments(rows.Names);
        moments.Add(rows);
        return new LeastSquares().Fit(moments);
    }

    private static Task<RowReport> Look(Dataset rows) => RowTests.OfAsync(Fit(rows),
        new[] { rows }.ToAsyncEnumerable(), cancellationToken: TestContext.Current.CancellationToken);
}

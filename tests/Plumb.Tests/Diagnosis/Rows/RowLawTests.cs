using System.Globalization;

namespace Plumb.Tests.Rows;

/// <summary>
/// What must not show in what rows say: weights of 1, how often rows are written, their order, blocks, threads, other
/// targets, units.
/// </summary>
public sealed class RowLawTests
{
    private static readonly Gen<Dataset> s_data =
        from inputs in Gen.Int[1, 4]
        from targets in Gen.Int[1, 2]
        from rows in Gen.Int[12, 300]
        from discrete in Gen.Bool
        from seed in Gen.Long
        select Random(inputs, targets, rows, discrete, new RandomSource(seed));

    [Fact]
    public void Weights_of_1_are_no_weights() => s_data.Sample(data =>
    {
        var weighted = new Dataset(data.Inputs, data.Targets,
            data.Names)
        { Weights = RowWeights.Precisions([.. Enumerable.Repeat(1.0, data.Rows)]) };
        Assert.Equal(RowSamples.Look(data).Bits(), RowSamples.Look(weighted).Bits());
    }, iter: 60);

    [Fact]
    public void Weights_that_are_all_alike_change_no_answer() => s_data.Sample(data =>
    {
        var weighted = new Dataset(data.Inputs, data.Targets,
            data.Names)
        { Weights = RowWeights.Precisions([.. Enumerable.Repeat(100.0, data.Rows)]) };
        var (plain, other) = (RowSamples.Look(data), RowSamples.Look(weighted));
        Assert.Equal(plain.Codes(), other.Codes());
        foreach (var (first, second) in plain.Tests.Zip(other.Tests))
        {
            Assert.Equal(first.Code, second.Code);
            Assert.Equal(1, (1 + second.Statistic) / (1 + first.Statistic), 1e-9);
        }
    }, iter: 60);

    [Fact]
    public void A_frequency_is_that_many_rows() => s_data.Sample(data =>
    {
        int[] counts = [.. Enumerable.Range(0, data.Rows).Select(i => i * 7 % 4)];
        var counted = new Dataset(data.Inputs, data.Targets,
            data.Names)
        { Weights = RowWeights.Frequencies([.. counts.Select(count => (double)count)]) };
        int[] repeated = [.. counts.SelectMany((count, i) => Enumerable.Repeat(i, count))];
        var (report, spelledOut) = (RowSamples.Look(counted), RowSamples.Look(data.Pick(repeated)));
        // Rows given again may be copies, which a frequency says they are not.
        var areTakenForCopies = spelledOut.Copied is not null;
        string[] Numbers(RowReport report) => (report with
        {
            Evidence = areTakenForCopies ? [] : report.Evidence,
            Findings = areTakenForCopies ? [] : report.Findings,
            OutlierCount = areTakenForCopies ? 0 : report.OutlierCount,
            Copied = null,
            LargestLeverageRow = 0,
            Outliers = [],
            Influential = [.. report.Influential.Select(row => row with { Row = 0 })],
            Deciding = [],
        }).Bits();
        Assert.Null(report.Copied);
        Assert.Equal(counts.Count(count => count == 0), report.RowsWithoutWeight);
        Assert.Equal(Numbers(spelledOut), Numbers(report));
    }, iter: 60);

    [Fact]
    public void The_order_of_the_rows_shows_only_in_what_is_about_it() => s_data.Sample(data =>
    {
        int[] shuffled = [.. Enumerable.Range(0, data.Rows).OrderBy(i => i * 7919 % 211).ThenBy(i => -i)];
        Assert.Equal(RowSamples.Look(data).Bits(withOrder: false),
            RowSamples.Look(data.Pick(shuffled)).Bits(withOrder: false));
    }, iter: 60);

    [Fact]
    public Task Blocks_threads_and_chunks_do_not_show() =>
        (from data in s_data
         from size in Gen.Int[1, 200]
         from threads in Gen.Int[1, 4]
         from kind in Gen.Int[0, 2]
         select (data, size, threads, kind)).SampleAsync(async given =>
 {
     var (data, size, threads, kind) = given;
     double[] weights = [.. Enumerable.Range(0, data.Rows).Select(i => (double)(i % 3))];
     data =
         new Dataset(data.Inputs, data.Targets,
             data.Names)
         {
             Weights = kind == 0 ? null : kind == 1 ? RowWeights.Frequencies(weights)
                 : RowWeights.Precisions(weights)
         };
     var fit = new LeastSquares().Fit(Moments.Of(data));
     Dataset[] blocks = [.. Enumerable.Range(0, data.Rows).Chunk(size).Select(rows => data.Pick(rows))];
     var whole = RowSamples.Look(data).Bits();
     Assert.Equal(whole,
         (await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false, withClouds: false,
             errors: null, threads, TestContext.Current.CancellationToken)).Bits());
     var inChunks = await RowTests.OfChunksAsync(fit, newConsumer =>
     {
         var consumers = Enumerable.Range(0, threads).Select(_ => newConsumer()).ToArray();
         for (var chunk = blocks.Length - 1; chunk >= 0; chunk--)
         {
             consumers[chunk % threads](chunk, blocks[chunk]);
             consumers[chunk % threads](chunk, null);
         }

         return Task.CompletedTask;
     });
     Assert.Equal(whole, inChunks.Bits());
 }, iter: 60);

    [Fact]
    public void Many_rows_are_as_few_are()
    {
        // Beyond 65,536 rows columns are rounded to a grid; each row three times must hardly show.
        var data = Random(3, 1, 30_000, discrete: false, new RandomSource(11));
        int[] thrice = [.. Enumerable.Range(0, 3 * data.Rows).Select(i => i / 3)];
        var few =
            RowSamples.Look(
                new Dataset(data.Inputs, data.Targets,
                    data.Names)
                { Weights = RowWeights.Precisions([.. Enumerable.Repeat(3.0, data.Rows)]) });
        var many = RowSamples.Look(data.Pick(thrice));
        var (first, second) = (few.RobustErrors!.Weights[0, 1], many.RobustErrors!.Weights[0, 1] * Math.Sqrt(3));
        Assert.Equal(1, second / first, 1e-3); // but for 1 - leverage
        Assert.Equal(3,
            many.Tests.Single(test => test.Code == "breusch-pagan").Statistic
                / few.Tests.Single(test => test.Code == "breusch-pagan").Statistic, 1e-9);
    }

    [Fact]
    public void Another_target_and_other_units_change_no_answer_about_a_target() => s_data.Sample(data =>
    {
        var scaled = new Dataset(
            Matrix.Create(data.Rows, data.Inputs.Columns, (i, j) => data.Inputs[i, j] * Math.ScaleB(1, 40 - 20 * j)),
            Matrix.Create(data.Rows, data.Targets.Columns, (i, t) => data.Targets[i, t] * Math.ScaleB(1, 30 * t - 50)),
            data.Names);
        string[] Statistics(RowReport report) =>
            [.. report.Tests.Select(test => string.Create(CultureInfo.InvariantCulture, $"{test.Code} {test.Target} "
                + $"{test.Statistic:g9}")), .. report.Codes()];
        Assert.Equal(Statistics(RowSamples.Look(data)), Statistics(RowSamples.Look(scaled)));
    }, iter: 60);

    private static Dataset Random(int inputs, int targets, int rows, bool discrete, RandomSource random)
    {
        var x = Matrix.Create(rows, inputs,
            (_, _) => discrete ? Math.Round(3 * random.NextNormal()) : 10 + random.NextNormal());
        return new Dataset(x,
            Matrix.Create(rows, targets,
                (i, t) => x[i, 0] * (t + 1) + random.NextNormal() + (random.NextDouble() < 0.01 ? 30 : 0)));
    }
}

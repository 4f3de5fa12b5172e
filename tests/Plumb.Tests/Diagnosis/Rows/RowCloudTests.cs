namespace Plumb.Tests.Rows;

/// <summary>Rows for pictures: each one against plain formulas, and counts that add up.</summary>
public sealed class RowCloudTests
{
    private const double Digits = 1e-9;

    private static readonly Gen<Dataset> s_data =
        from inputs in Gen.Int[1, 4]
        from targets in Gen.Int[1, 2]
        from rows in Gen.Int[12, 300]
        from seed in Gen.Long
        select Random(inputs, targets, rows, new RandomSource(seed));

    [Fact]
    public void Nobody_asked_there_are_none() => Assert.Empty(RowSamples.Look(Random(2, 1, 20, new(1))).Clouds);

    [Fact]
    public void Three_rows_of_the_readme()
    {
        var cloud = Assert.Single(Look(Reference.Dataset([[0], [1], [2]], [[1], [2], [4]])));
        Assert.Equal([1, 2, 3], cloud.Points.Select(point => point.Row));
        Near([5.0 / 6, 7.0 / 3, 23.0 / 6], cloud.Points.Select(point => point.Fitted));
        Near([1.0 / 6, -1.0 / 3, 1.0 / 6], cloud.Points.Select(point => point.Residual));
        Near([5.0 / 6, 1.0 / 3, 5.0 / 6], cloud.Points.Select(point => point.Leverage));
        Near([1, -1, 1], cloud.Points.Select(point => point.Standardized));
        Near([2.5, 0.25, 2.5], cloud.Points.Select(point => point.CooksDistance));
        Assert.Equal([1, 3, 2], cloud.LargestLeverages.Select(point => point.Row));
        Assert.Null(cloud.FittedAndResidual);
    }

    [Theory]
    [InlineData("anscombe1")]
    [InlineData("anscombe2")]
    [InlineData("anscombe3")]
    [InlineData("mtcars")]
    public void Points_are_those_of_plain_formulas(string name)
    {
        var data = name == "mtcars" ? Cars() : Anscombe(name[^1] - '1');
        Judge(data, Assert.Single(Look(data)), 0);
    }

    [Fact]
    public void Points_of_random_rows_and_weights_are_those_of_plain_formulas() => s_data.Sample(data =>
    {
        double[] weights = [.. Enumerable.Range(0, data.Rows).Select(i => i % 4 / 2.0)];
        var weighted = new Dataset(data.Inputs, data.Targets, data.Names) { Weights = RowWeights.Precisions(weights) };
        foreach (var each in (Dataset[])[data, weighted])
        {
            var clouds = Look(each);
            Assert.Equal(data.Targets.Columns, clouds.Count);
            for (var t = 0; t < clouds.Count; t++)
            {
                Assert.Equal(each.Weights is not null, clouds[t].HasWeights);
                Judge(each, clouds[t], t);
            }
        }
    }, iter: 40);

    [Fact]
    public void A_row_that_stands_for_several_is_one_point_that_says_so()
    {
        var data = Random(2, 1, 40, new(3));
        double[] counts = [.. Enumerable.Range(0, data.Rows).Select(i => (double)(i % 3))];
        var cloud = Assert.Single(Look(
            new Dataset(data.Inputs, data.Targets, data.Names) { Weights = RowWeights.Frequencies(counts) }));
        int[] repeated = [.. counts.SelectMany((count, i) => Enumerable.Repeat(i, (int)count))];
        var spelledOut = Assert.Single(Look(data.Pick(repeated)));
        Assert.Equal((counts.Sum(), false), (cloud.Rows, cloud.HasWeights));
        Assert.Equal(counts.Where(count => count > 0), cloud.Points.Select(point => (double)point.Count));
        Assert.Equal(spelledOut.Points.Select(point => point.Standardized),
            cloud.Points.SelectMany(point => Enumerable.Repeat(point.Standardized, (int)point.Count)));
    }

    [Fact]
    public void A_row_that_decides_alone_has_no_standardized_residual()
    {
        double[][] x = [.. Enumerable.Range(0, 12).Select(i => new double[] { i == 7 ? 1 : 0 })];
        var cloud = Assert.Single(Look(Reference.Dataset(x, [.. x.Select((_, i) => new double[] { i * i % 5 })])));
        Assert.Equal(1, cloud.RowsWithoutStandardized);
        Assert.True(double.IsNaN(cloud.Points[7].Standardized));
        Assert.Equal(8, cloud.LargestLeverages[0].Row);
        Assert.DoesNotContain(cloud.LargestDistances, point => point.Row == 8);
    }

    [Fact]
    public async Task Blocks_threads_and_chunks_do_not_show()
    {
        foreach (var rows in (int[])[700, 20_000])
        {
            var data = Random(3, 2, rows, new(rows));
            var fit = new LeastSquares().Fit(Moments.Of(data));
            var whole = Look(data).SelectMany(Bits).ToArray();
            foreach (var (size, threads) in ((int, int)[])[(1000, 1), (317, 3), (64, 4), (rows, 2)])
            {
                Dataset[] blocks = [.. Enumerable.Range(0, rows).Chunk(size).Select(chunk => data.Pick(chunk))];
                var report = await RowTests.OfAsync(fit, blocks.ToAsyncEnumerable(), inOrder: false,
                    withClouds: true, errors: null, threads, TestContext.Current.CancellationToken);
                Assert.Equal(whole, report.Clouds.SelectMany(Bits));
                var inChunks = await RowTests.OfChunksAsync(fit, newConsumer =>
                {
                    var consumers = Enumerable.Range(0, threads).Select(_ => newConsumer()).ToArray();
                    for (var chunk = blocks.Length - 1; chunk >= 0; chunk--)
                    {
                        consumers[chunk % threads](chunk, blocks[chunk]);
                        consumers[chunk % threads](chunk, null);
                    }

                    return Task.CompletedTask;
                }, withClouds: true);
                Assert.Equal(whole, inChunks.Clouds.SelectMany(Bits));
            }
        }
    }

    [Fact]
    public void Counts_of_many_rows_are_the_rows()
    {
        const int Rows = 200_000;
        var data = Random(2, 1, Rows, new(5));
        var cloud = Assert.Single(Look(data));
        Assert.Empty(cloud.Points);
        Assert.Equal(Rows, cloud.Rows);
        Assert.Equal(Rows, cloud.FittedAndResidual!.Total);
        Assert.Equal(Rows, cloud.FittedAndMeasured!.Total);
        Assert.Equal(Rows, cloud.FittedAndScale!.Total);
        Assert.Equal(Rows, cloud.LeverageAndStandardized!.Total);
        Assert.Equal(Rows, cloud.Standardized!.Total);

        var plain = new PlainRows(data, 0);
        var histogram = new long[cloud.Standardized.Axis.Cells];
        var grid = new long[cloud.FittedAndResidual.X.Cells, cloud.FittedAndResidual.Y.Cells];
        for (var i = 0; i < Rows; i++)
        {
            histogram[cloud.Standardized.Axis.CellOf(plain.Standardized[i])]++;
            grid[cloud.FittedAndResidual.X.CellOf(plain.Fitted[i]),
                cloud.FittedAndResidual.Y.CellOf(plain.Residuals[i])]++;
        }

        // Rounding may put a row that lies on the border of two cells into the other.
        const int Border = 4;
        Assert.True(Enumerable.Range(0, histogram.Length)
            .Sum(k => Math.Abs(histogram[k] - cloud.Standardized[k])) <= Border);
        Assert.True(Enumerable.Range(0, grid.GetLength(0)).Sum(i => Enumerable.Range(0, grid.GetLength(1))
            .Sum(j => Math.Abs(grid[i, j] - cloud.FittedAndResidual[i, j]))) <= Border);
        var farthest = Enumerable.Range(0, Rows).OrderByDescending(i => Math.Abs(plain.Standardized[i])).Take(10);
        Assert.Equal(farthest.Select(i => i + 1L), cloud.LargestResiduals.Select(point => point.Row));
        Assert.Equal(Enumerable.Range(0, Rows).OrderByDescending(i => plain.Leverages[i]).Take(10)
            .Select(i => i + 1L), cloud.LargestLeverages.Select(point => point.Row));
    }

    [Fact]
    public void Only_the_first_targets_have_clouds() =>
        Assert.Equal(["y1", "y2", "y3", "y4", "y5", "y6"],
            Look(Random(2, 8, 50, new(7))).Select(cloud => cloud.Target));

    private static void Judge(Dataset data, RowCloud cloud, int target)
    {
        var plain = new PlainRows(data, target);
        int[] seen = [.. Enumerable.Range(0, data.Rows).Where(i => plain.Roots[i] > 0)];
        Assert.Equal(seen.Select(i => i + 1L), cloud.Points.Select(point => point.Row));
        double[] Of(double[] all) => [.. seen.Select(i => all[i])];
        Near(Of(plain.Fitted), cloud.Points.Select(point => point.Fitted));
        Near(Of(plain.Residuals), cloud.Points.Select(point => point.Residual));
        Near(Of(plain.Leverages), cloud.Points.Select(point => point.Leverage));
        Near(Of(plain.Standardized), cloud.Points.Select(point => point.Standardized));
        Near(Of(plain.Distances), cloud.Points.Select(point => point.CooksDistance));
        Assert.Equal(cloud.Points.OrderByDescending(point => point.CooksDistance).ThenBy(point => point.Row).Take(10),
            cloud.LargestDistances);
    }

    private static void Near(IEnumerable<double> expected, IEnumerable<double> found) =>
        Assert.All(expected.Zip(found, (first, second) => Math.Abs(first - second) / Math.Max(1, Math.Abs(first))),
            gap => Assert.InRange(gap, 0, Digits));

    private static IReadOnlyList<RowCloud> Look(Dataset data)
    {
        var tests = new RowTests(new LeastSquares().Fit(Moments.Of(data)), withClouds: true);
        tests.Add(data);
        return tests.Report().Clouds;
    }

    private static IEnumerable<string> Bits(RowCloud cloud)
    {
        static IEnumerable<long> Counts(CloudGrid? grid) => grid is null ? [] : Enumerable.Range(0, grid.X.Cells)
            .SelectMany(i => Enumerable.Range(0, grid.Y.Cells).Select(j => grid[i, j]));
        return
        [
            cloud.Target,
            .. cloud.Points.Concat(cloud.LargestResiduals).Concat(cloud.LargestLeverages)
                .Concat(cloud.LargestDistances).Select(point => point.ToString()),
            string.Join(' ', Counts(cloud.FittedAndResidual)),
            string.Join(' ', Counts(cloud.FittedAndMeasured)),
            string.Join(' ', Counts(cloud.FittedAndScale)),
            string.Join(' ', Counts(cloud.LeverageAndStandardized)),
            string.Join(' ', Enumerable.Range(0, cloud.Standardized?.Axis.Cells ?? 0)
                .Select(k => cloud.Standardized![k])),
        ];
    }

    private static Dataset Random(int inputs, int targets, int rows, RandomSource random)
    {
        var x = Matrix.Create(rows, inputs, (_, _) => 10 + random.NextNormal());
        return new Dataset(x, Matrix.Create(rows, targets, (i, t) => x[i, 0] * (t + 1) + random.NextNormal()));
    }

    private static Dataset Anscombe(int set)
    {
        double[] x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
        double[][] y =
        [
            [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68],
            [9.14, 8.14, 8.74, 8.77, 9.26, 8.10, 6.13, 3.10, 9.13, 7.26, 4.74],
            [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73],
        ];
        return Reference.Dataset([.. x.Select(value => new[] { value })], [.. y[set].Select(value => new[] { value })]);
    }

    // Miles a gallon from weight and horsepower: the first rows of Motor Trend's cars of 1974.
    private static Dataset Cars() => Reference.Dataset(
        [
            [2.62, 110], [2.875, 110], [2.32, 93], [3.215, 110], [3.44, 175], [3.46, 105], [3.57, 245], [3.19, 62],
            [3.15, 95], [3.44, 123], [4.07, 180], [5.25, 205], [5.424, 215], [5.345, 230], [2.2, 66], [1.615, 52],
        ],
        [
            [21], [21], [22.8], [21.4], [18.7], [18.1], [14.3], [24.4], [22.8], [19.2], [16.4], [10.4], [10.4], [14.7],
            [32.4], [30.4],
        ]);
}

namespace Plumb.Tests;

/// <summary>
/// Statistics of rows against R and lmtest (data/rows/reference.R; statsmodels 0.13.5 says the same), and against fits
/// without the row.
/// </summary>
public sealed class RowTestsTests
{
    private const double Digits = 9; // lmtest's own rounding

    [Theory]
    [InlineData("cars")]
    [InlineData("stackloss")]
    public void Statistics_are_those_of_R(string name)
    {
        var reference = Reference.Json("rows", "reference.json").GetProperty(name);
        var (names, rows) = Reference.Csv("rows", name + ".csv");
        var report =
            ReportOf(
                Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])],
                    new VariableNames(names[..^1], names[^1..])), inOrder: true);
        Close(report.LargestLeverageRow, report.LargestLeverage, reference.GetProperty("leverage"));
        Close(report.Influential.Single().Row, report.Influential.Single().CooksDistance,
            reference.GetProperty("cook"));
        foreach (var code in (string[])["reset", "breusch-pagan", "durbin-watson",
            .. name == "cars" ? (string[])["lack-of-fit"] : []])
        {
            var test = report.Tests.Single(found => found.Code == code);
            Close(test.Statistic, test.PValue, reference.GetProperty(code));
        }
    }

    [Fact]
    public void Outlier_is_as_far_as_R_says()
    {
        // Row 21 of stackloss, made the outlier that it nearly is.
        var (names, rows) = Reference.Csv("rows", "stackloss.csv");
        rows[20][^1] -= 10;
        var data = Reference.Dataset([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1..])],
            new VariableNames(names[..^1], names[^1..]));
        var report = ReportOf(data);
        var outlier = report.Outliers.Single();
        Assert.Equal((21, 1), (outlier.Row, report.OutlierCount));
        Assert.Equal(StudentizedByRefit(data, 20), outlier.StudentizedResidual, 1e-9);
        Assert.Contains(report.Findings,
            finding => finding.Code == "outlier" && finding.Message.Contains("Row 21", StringComparison.Ordinal));
    }

    [Fact]
    public void Influence_is_what_a_fit_without_the_row_shows() =>
        s_noisy.Sample(data =>
        {
            var report = ReportOf(data);
            var (moments, row) = (Moments.Of(data), report.Influential[0]);
            var fit = new LeastSquares().Fit(moments);
            moments.Remove(RowsOf(data, (int)row.Row - 1));
            var without = new LeastSquares().Fit(moments);
            if (without.Rank < fit.Rank)
            {
                return true;
            }

            var moved = new Moments(data.Names);
            moved.Add(new Dataset(data.Inputs, new Matrix(data.Rows, 1)));
            var cook = moved.SquaredResiduals(fit.Map - without.Map)[0]
                / (fit.Rank * fit.ResidualSumOfSquares[0] / fit.ResidualDegreesOfFreedom);
            return Math.Abs(cook - row.CooksDistance) <= 1e-8 * cook
                && Math.Abs(StudentizedByRefit(data, (int)row.Row - 1) - row.StudentizedResidual)
                    <= 1e-7 * Math.Abs(row.StudentizedResidual);
        });

    [Fact]
    public void Reset_is_the_F_of_a_fit_with_the_powers() =>
        s_noisy.Sample(data =>
        {
            var fit = new LeastSquares().Fit(Moments.Of(data));
            if (ReportOf(data).Tests.SingleOrDefault(test => test.Code == "reset") is not { } reset
                || reset.Freedom[0] < 2)
            {
                return true;
            }

            var predictions = Enumerable.Range(0, data.Rows).Select(i => fit.Map.Apply(data.Inputs.Row(i))[0])
                .ToArray();
            var centre = predictions.Average();
            var p = data.Inputs.Columns;
            var wider = Matrix.Create(data.Rows, p + 2,
                (i, j) => j < p ? data.Inputs[i, j] : Math.Pow(predictions[i] - centre, j - p + 2));
            var wide = new LeastSquares().Fit(Moments.Of(new Dataset(wider, data.Targets)));
            var f = (fit.ResidualSumOfSquares[0] - wide.ResidualSumOfSquares[0]) / 2
                / (wide.ResidualSumOfSquares[0] / wide.ResidualDegreesOfFreedom);
            return Math.Abs(f - reset.Statistic) <= 1e-6 * Math.Max(1, f);
        });

    [Fact]
    public async Task Blocks_and_dependent_columns_change_nothing()
    {
        var data = s_noisy.Single();
        var names = VariableNames.Default(data.Inputs.Columns + 1, 1);
        var doubled =
            new Dataset(
                Matrix.Create(data.Rows, names.Inputs.Count,
                    (i, j) => j < data.Inputs.Columns ? data.Inputs[i, j] : 2 * data.Inputs[i, 0] - 1), data.Targets,
                names);
        var (once, twice) = (ReportOf(data), ReportOf(doubled));
        Assert.Equal(once.LargestLeverage, twice.LargestLeverage, 1e-10);
        // Weights that are not determined have no standard errors to compare.
        double[] PValues(RowReport report) =>
            [.. report.Tests.Where(test => test.Code != "white").Select(test => Math.Round(test.PValue, 8))];
        Assert.Equal(PValues(once), PValues(twice));
        var moments = Moments.Of(data);
        var inBlocks =
            await RowTests.OfAsync(new LeastSquares().Fit(moments),
                Enumerable.Range(0, data.Rows).Select(i => RowsOf(data, i)).ToAsyncEnumerable(),
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(once.Tests.Select(test => test.Statistic), inBlocks.Tests.Select(test => test.Statistic));
    }

    [Fact]
    public void Curved_truth_unequal_noise_and_order_are_noticed_and_plain_data_are_not()
    {
        var random = new RandomSource(1);
        var x = Matrix.Create(400, 1, (_, _) => Math.Round(random.NextDouble(), 1));
        string[] Codes(Func<int, double, double> truth) =>
            [.. ReportOf(new Dataset(x, Matrix.Create(400, 1, (i, _) => truth(i, x[i, 0]))),
                inOrder: true).Findings.Select(finding => finding.Code)];
        Assert.Empty(Codes((_, value) => value + 0.1 * random.NextNormal()));
        Assert.Equal(["lack-of-fit", "reset"], Codes((_, value) => value * value + 0.02 * random.NextNormal()).Order());
        Assert.Equal(["breusch-pagan"], Codes((_, value) => value + (0.2 + value) * (random.NextDouble() - 0.5)));
        Assert.Equal(["durbin-watson"], Codes((i, value) => value + Math.Sin(i / 20.0) + 0.1 * random.NextNormal()));
    }

    [Fact]
    public void Exact_fits_and_other_rows_are_not_tested()
    {
        var data = new Dataset(new double[,] { { 1 }, { 2 }, { 3 } }, new double[,] { { 2 }, { 4 }, { 6 } });
        Assert.Empty(ReportOf(data).Findings);
        Assert.Empty(ReportOf(data).Tests);
        var tests = new RowTests(new LeastSquares().Fit(Moments.Of(data)));
        Assert.Contains("0 rows, but the fit has 3", Assert.Throws<ArgumentException>(tests.Report).Message);
    }

    private static readonly Gen<Dataset> s_noisy =
        from inputs in Gen.Int[1, 3]
        from rows in Gen.Int[10, 30]
        from seed in Gen.Long
        select Noisy(inputs, rows, new RandomSource(seed));

    private static Dataset Noisy(int inputs, int rows, RandomSource random)
    {
        var x = Matrix.Create(rows, inputs, (_, _) => 10 + random.NextNormal());
        return new Dataset(x, Matrix.Create(rows, 1, (i, _) => x[i, 0] + random.NextNormal()));
    }

    private static RowReport ReportOf(Dataset data, bool inOrder = false)
    {
        var tests = new RowTests(new LeastSquares().Fit(Moments.Of(data)), inOrder);
        tests.Add(data);
        return tests.Report();
    }

    private static double StudentizedByRefit(Dataset data, int row)
    {
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        moments.Remove(RowsOf(data, row));
        var without = new LeastSquares().Fit(moments);
        var (residual, deleted) =
            (data.Targets[row, 0] - fit.Map.Apply(data.Inputs.Row(row))[0],
                data.Targets[row, 0] - without.Map.Apply(data.Inputs.Row(row))[0]);
        // Residual = (1 - h) deleted.
        return residual / (without.ResidualStandardDeviation[0] * Math.Sqrt(residual / deleted));
    }

    private static Dataset RowsOf(Dataset data, int row) =>
        new(Matrix.Create(1, data.Inputs.Columns, (_, j) => data.Inputs[row, j]),
            Matrix.Create(1, data.Targets.Columns, (_, t) => data.Targets[row, t]), data.Names);

    private static void Close(double first, double second, System.Text.Json.JsonElement reference)
    {
        Assert.InRange(Reference.Digits(first, reference[0].GetRawText()), Digits, 17);
        Assert.InRange(Reference.Digits(second, reference[1].GetRawText()), Digits, 17);
    }
}

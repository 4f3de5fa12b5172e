namespace Plumb.Tests.Cli;

/// <summary>plumb fit --influence, and PRESS: those of R, and of fits without each row.</summary>
public sealed class InfluenceOptionTests
{
    private static readonly string s_file = Reference.PathOf("influence", "stackloss.csv");

    [Fact]
    public async Task Rows_that_move_the_fit_most_come_first()
    {
        var found = (await CliRun.Of("fit", s_file, "--target", "loss", "--influence", "3", "--json")).Json();
        var rows = found.GetProperty("influence").EnumerateArray().ToArray();
        Assert.Equal([21, 1, 4], rows.Select(row => row.GetProperty("row").GetInt32())); // R: cooks.distance
        Assert.Equal(0.6919999, rows[0].GetProperty("cooksDistance").GetDouble(), 1e-6);
        Assert.Equal(-3.3304933, rows[0].GetProperty("studentizedResidual").GetDouble(), 1e-6);
        var all = (await CliRun.Of("fit", s_file, "--target", "loss", "--influence", "all", "--json")).Json();
        Assert.Equal(21, all.GetProperty("influence").GetArrayLength());
    }

    [Fact]
    public async Task Report_has_them_as_a_table()
    {
        using var folder = new TemporaryFolder();
        var run = await CliRun.Of("fit", s_file, "--target", "loss", "--influence", "2", "--statistics", "--report",
            folder["r.html"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("DFFITS", run.Output, StringComparison.Ordinal);
        Assert.Contains("PRESS", run.Output, StringComparison.Ordinal);
        Assert.Contains("Rows that move the fit of loss most",
            await File.ReadAllTextAsync(folder["r.html"], TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stackloss", "loss", "air,water,acid", "")]
    [InlineData("weighed", "mpg", "wt,hp", "--weight")]
    [InlineData("weighed", "mpg", "wt,hp", "--frequency")]
    public async Task Press_is_the_sum_over_fits_without_each_row(string file, string target, string inputs,
        string option)
    {
        var (names, rows) = Reference.Csv("influence", file + ".csv");
        string[] columns = inputs.Split(',');
        var weight = option.Length > 0 ? "gear" : "";
        var found = (await CliRun.Of(["fit", Reference.PathOf("influence", file + ".csv"), "--target", target,
            "--input", inputs, .. option.Length > 0 ? (string[])[option, weight] : [], "--json"])).Json();
        double[] Of(string name) => [.. rows.Select(row => row[Array.IndexOf(names, name)])];
        double[] weights = weight.Length > 0 ? Of(weight) : [.. rows.Select(_ => 1.0)];
        var isCounted = option == "--frequency";
        var (x, y) = (columns.Select(Of).ToArray(), Of(target));
        var press = 0.0;
        for (var without = 0; without < rows.Length; without++)
        {
            double[] others = [.. weights.Select((own, i) => i != without ? own : isCounted ? own - 1 : 0)];
            var moments = new Moments(columns.Length, 1);
            moments.Add(new Dataset(Matrix.Create(rows.Length, columns.Length, (i, j) => x[j][i]),
                Matrix.Create(rows.Length, 1, (i, _) => y[i]))
            {
                Weights = isCounted ? RowWeights.Frequencies(others) : RowWeights.Precisions(others),
            });
            var map = new LeastSquares().Fit(moments).Map;
            var residual = y[without] - map.Apply([.. x.Select(column => column[without])])[0];
            press += weights[without] * residual * residual;
        }

        var statistics = found.GetProperty("statistics");
        var own = statistics.GetProperty("press")[0].GetDouble();
        Assert.InRange(own / press, 1 - 1e-11, 1 + 1e-11);
        Assert.InRange(statistics.GetProperty("predictedRSquared")[0].GetDouble(), 0,
            found.GetProperty("rSquared")[0].GetDouble());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("some")]
    public async Task What_is_no_number_of_rows_is_refused(string text) => Assert.Contains(
        "expected a whole number above 0, or all",
        string.Join(' ', (await CliRun.Of("fit", s_file, "--target", "loss", "--influence", text)).Error.Split('\n')),
        StringComparison.Ordinal);
}

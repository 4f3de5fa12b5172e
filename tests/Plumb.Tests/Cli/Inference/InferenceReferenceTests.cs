using System.Globalization;
using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>What R says of the same data, as bench/validation/run wrote it.</summary>
public sealed class InferenceReferenceTests
{
    private const double Share = 1e-11; // of each number; R's own last digits are fewer than a double's
    private static readonly string s_folder =
        Path.Combine(Repository.Root, "tests", "Plumb.Tests", "data", "inference");
    private static readonly JsonElement[] s_cases = [.. JsonDocument.Parse(
        File.ReadAllText(Path.Combine(s_folder, "inference.json"))).RootElement.EnumerateArray()];

    public static TheoryData<string> WithOneTarget() => ["plain", "weighted", "frequencies", "origin", "factor"];

    [Theory]
    [MemberData(nameof(WithOneTarget))]
    public async Task Covariances_and_criteria_are_Rs(string name)
    {
        var (own, data, options) = Case(name);
        var fit = (await CliRun.Of(["fit", data, .. options, "--covariance", "--json"])).Json();
        var covariance = fit.GetProperty("covariance")[0];
        Assert.Equal([.. own.GetProperty("covariance").Rows().SelectMany(row => row)],
            [.. covariance.GetProperty("matrix").Rows().SelectMany(row => row)], new Near(Share));
        if (name is "plain" or "origin" or "factor" or "frequencies")
        {
            var statistics = fit.GetProperty("statistics");
            Assert.Equal(own.Number("logLikelihood"), statistics.GetProperty("logLikelihood")[0].Number(),
                new Near(Share));
            Assert.Equal(own.Number("aic"), statistics.GetProperty("aic")[0].Number(), new Near(Share));
            Assert.Equal(own.Number("bic"), statistics.GetProperty("bic")[0].Number(), new Near(Share));
        }
    }

    [Theory]
    [MemberData(nameof(WithOneTarget))]
    public async Task Tests_are_Rs(string name)
    {
        var (own, data, options) = Case(name);
        JsonElement[] expected = [.. own.GetProperty("tests").EnumerateArray()];
        var tests = (await CliRun.Of(["test", data, "--errors", "classical", .. options,
            .. expected.Select(test => test.Text("hypothesis")),
            "--json"])).Json().GetProperty("tests");
        foreach (var (k, test) in expected.Index())
        {
            double[] Of(JsonElement element, params string[] names) =>
                [.. names.Select(member => element.Number(member))];
            Assert.Equal(Of(test, "f", "equations", "freedom", "p"),
                Of(tests[k], "f", "numeratorDegreesOfFreedom", "denominatorDegreesOfFreedom", "pValue"),
                new Near(1e-10)); // R's F is a difference of sums
        }
    }

    [Theory]
    [MemberData(nameof(WithOneTarget))]
    public async Task Predictions_are_Rs(string name)
    {
        var (own, data, options) = Case(name);
        using var folder = new TemporaryFolder();
        await CliRun.Of(["fit", data, .. options, "-o", folder["m.json"]]);
        string[] levels = ["", "setosa", "versicolor", "virginica"];
        var inputs = options[Array.IndexOf(options, "--input") + 1].Split(',');
        JsonElement[] expected = [.. own.GetProperty("predictions").EnumerateArray()];
        var rows = expected.Select(row => string.Join(',', row.GetProperty("x").Numbers().Select((value, j) =>
            inputs[j] == "Species" ? levels[(int)value] : value.ToString("r", CultureInfo.InvariantCulture))));
        var file = folder.Write("new.csv", string.Join(',', inputs) + "\n" + string.Join('\n', rows) + "\n");
        foreach (var kind in (string[])["mean", "new"])
        {
            await CliRun.Of("predict", folder["m.json"], file, "--interval", kind, "--level",
                expected[0].Number("level").ToString(CultureInfo.InvariantCulture), "-o", folder["p.csv"]);
            string[] lines = File.ReadAllLines(folder["p.csv"])[1..];
            foreach (var (line, row) in lines.Zip(expected))
            {
                Assert.Equal([.. row.GetProperty(kind).Numbers(), row.Number("leverage")],
                    line.Split(',')[..4].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)),
                    new Near(1e-10)); // R's quantiles and sums, in doubles
            }
        }
    }

    [Theory]
    [InlineData("holm", 1e-9)]
    [InlineData("bonferroni", 1e-9)]
    [InlineData("scheffe", 1e-9)]
    [InlineData("tukey", 1e-6)] // R's ptukey is good to some ten decimals, not digits
    public async Task Adjusted_p_values_are_Rs(string method, double share)
    {
        var (own, data, options) = Case("adjusted");
        string[] hypotheses = [.. own.GetProperty("hypotheses").EnumerateArray().Select(text => text.GetString()!)];
        var tests = (await CliRun.Of(["test", data, "--errors", "classical", .. options, .. hypotheses,
            "--adjust", method, "--json"])).Json().GetProperty("tests");
        Assert.Equal(own.GetProperty("adjusted").GetProperty(method).Numbers(),
            tests.EnumerateArray().Select(test => test.Number("adjustedPValue")),
            (left, right) => Math.Abs(left - right) <= share * left + 1e-12);
    }

    [Fact]
    public async Task Several_targets_are_Rs()
    {
        var (own, data, options) = Case("multivariate");
        async Task RequireAsync(JsonElement expected, params string[] asked)
        {
            var test = (await CliRun.Of(["test", data, "--errors", "classical", .. options, .. asked, "--json"])).Json()
                .GetProperty("multivariate")[0];
            double[] Of(JsonElement statistic) => [.. ((string[])["value", "f", "numeratorDegreesOfFreedom",
                "denominatorDegreesOfFreedom", "pValue"]).Select(name => statistic.Number(name))];
            foreach (var (k, statistic) in expected.GetProperty("statistics").EnumerateArray().Index())
            {
                Assert.Equal(statistic.Numbers(), Of(test.GetProperty("statistics")[k]), new Near(1e-9));
            }
        }

        await RequireAsync(own.GetProperty("multivariate")[0], "Species = 0");
        await RequireAsync(own.GetProperty("multivariate")[0], "--against", "Petal.Length");
        await RequireAsync(own.GetProperty("whole")[0]);
        var fit = (await CliRun.Of(["fit", data, .. options, "--covariance", "--json"])).Json();
        var residual = own.GetProperty("residual").Rows();
        Assert.Equal([.. residual.SelectMany(row => row)],
            [.. fit.GetProperty("residualCovariance").Rows().SelectMany(row => row)], new Near(Share));
        var all = own.GetProperty("covariance").Rows(); // target by target
        foreach (var block in fit.GetProperty("covariance").EnumerateArray())
        {
            var places = block.GetProperty("targets").EnumerateArray().Select(target =>
                Array.IndexOf(["Sepal.Length", "Sepal.Width", "Petal.Width"], target.GetString())).ToArray();
            var matrix = block.GetProperty("matrix").Rows();
            var size = matrix.Length;
            for (var i = 0; i < size; i++)
            {
                Assert.Equal(all[size * places[0] + i][(size * places[1])..(size * (places[1] + 1))], matrix[i],
                    new Near(Share));
            }
        }
    }

    private static (JsonElement Case, string Data, string[] Options) Case(string name)
    {
        var own = s_cases.Single(element => element.Text("name") == name);
        return (own, Path.Combine(s_folder, own.Text("data") + ".csv"),
            [.. own.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)]);
    }

    private sealed class Near(double share) : IEqualityComparer<double>
    {
        public bool Equals(double left, double right) => left.Equals(right)
            || Math.Abs(left - right) <= share * Math.Max(Math.Abs(left), Math.Abs(right));

        public int GetHashCode(double value) => 0;
    }
}

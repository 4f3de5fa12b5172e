using System.Text.Json;

namespace Plumb.Tests.Cli;

/// <summary>The num_* cases of the manifest: sound data whose answer is awkward.</summary>
public sealed class AwkwardNumberTests
{
    [Fact]
    public async Task Duplicate_columns_share_one_weight_that_neither_is_given()
    {
        var fit = await Fit("num_dup_col.csv");
        Assert.Equal((2, 3), (fit.Number("rank"), fit.Number("parametersPerTarget")));
        Assert.Equal([double.NaN, double.NaN, 0.5], fit.Parameters()[0]);
        Assert.Equal([0.7, 0.7, 0.5], fit.Parameters("minimumNorm")[0]);
        Assert.Equal([double.NaN, double.NaN], fit.GetProperty("standardErrors").GetProperty("weights")[0].Numbers());
        Assert.Equal("a = b", fit.GetProperty("dependencies")[0].Text("text"));
        Assert.Equal(["not-identified"], fit.Codes());
    }

    [Fact]
    public async Task Inputs_that_are_zero_leave_the_mean()
    {
        var fit = await Fit("num_all_zero_x.csv");
        Assert.Equal([double.NaN, 7.0 / 3], fit.Parameters()[0]);
        Assert.Equal("x = 0", fit.GetProperty("dependencies")[0].Text("text"));
        Assert.Equal(0, fit.GetProperty("rSquared")[0].GetDouble());
    }

    [Fact]
    public async Task One_row_is_one_equation_for_two_unknowns()
    {
        var fit = await Fit("num_n1.csv");
        Assert.Equal((1, 2, 0),
            (fit.Number("rank"), fit.Number("parametersPerTarget"), fit.Number("residualDegreesOfFreedom")));
        Assert.Equal([double.NaN, double.NaN], fit.Parameters()[0]);
        Assert.Equal([0, 3], fit.Parameters("minimumNorm")[0]);
        Assert.Equal("x = 2", fit.GetProperty("dependencies")[0].Text("text"));
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("residualStandardDeviation")[0].ValueKind);
        Assert.Contains("Don't trust any weight", fit.Text("verdict"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_rows_as_parameters_interpolate_without_standard_errors()
    {
        var fit = await Fit("num_n_eq_p.csv");
        Assert.Equal([1.8, 0.8, -0.4], fit.Parameters()[0]);
        Assert.Equal(0, fit.Number("residualDegreesOfFreedom"));
        Assert.All(fit.Parameters("standardErrors")[0], error => Assert.True(double.IsNaN(error)));
        Assert.Equal(["no-degrees-of-freedom"], fit.Codes());
    }

    [Fact]
    public async Task Constant_target_has_no_R_squared()
    {
        var fit = await Fit("num_y_constant.csv");
        Assert.Equal([0, 5], fit.Parameters()[0]);
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("rSquared")[0].ValueKind);
        Assert.Equal(["constant-target"], fit.Codes());
    }

    [Fact]
    public async Task Perfect_fit_is_called_exact_and_boasts_no_significance()
    {
        var fit = await Fit("num_y_perfect.csv");
        Assert.Equal([2, 1], fit.Parameters()[0]);
        Assert.Equal((1, 0),
            (fit.GetProperty("rSquared")[0].GetDouble(), fit.GetProperty("residualStandardDeviation")[0].GetDouble()));
        Assert.Equal(["exact-fit"], fit.Codes());
        Assert.DoesNotContain("1e-16",
            (await CliRun.Of("fit", Reference.PathOf("badinputs", "num_y_perfect.csv"), "--target", "y")).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tiny_inputs_have_huge_weights_and_finite_errors()
    {
        var fit = await Fit("num_1e-300.csv");
        // Sum of (x - mean)(y - mean) is 5.25e-300, of (x - mean)^2 5e-600.
        Assert.Equal(1.05e300, fit.Parameters()[0][0], 1e285);
        Assert.Equal(Math.Sqrt(0.175 / 2 / 5) * 1e300,
            fit.GetProperty("standardErrors").GetProperty("weights")[0][0].GetDouble(), 1e285);
        Assert.Equal(2, fit.Number("rank"));
    }

    [Fact]
    public async Task Weight_beyond_the_range_of_doubles_is_withheld_and_where_it_is_all_there_is_no_honest_answer()
    {
        var fit = await Fit("num_overflow_coef.csv");
        Assert.Equal(JsonValueKind.Null, fit.GetProperty("weights")[0][0].ValueKind);
        Assert.Equal(-1e200 / 3, fit.Parameters()[0][1], 1e185);
        Assert.Contains("too-large", fit.Codes());
        var run = await CliRun.Of("fit", Reference.PathOf("badinputs", "num_overflow_coef.csv"), "--target", "y",
            "--no-bias", "--json");
        Assert.Equal(
            (4, "",
                "plumb: the coefficient of 'x' for target 'y' is about 1.1e400, which no double holds; give 'x' or the "
                    + "target in other units.\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Target_among_the_inputs_is_found()
    {
        var fit = await Fit("num_target_equals_feature.csv");
        Assert.Equal([0, 1, 0], fit.Parameters()[0]);
        Assert.Equal(["target-is-input"], fit.Codes());
        Assert.Contains("'y' equals input 'leak'", fit.GetProperty("findings")[0].Text("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Huge_outlier_costs_no_digits()
    {
        var fit = await Fit("num_outlier_1e15.csv"); // y = 2 x on 20 rows, and (20, 1e15)
        // The doubles nearest to the exact quotients.
        Assert.Equal([12987012987014.467, -82251082251078.97], fit.Parameters()[0]);
        Assert.InRange(fit.GetProperty("rSquared")[0].GetDouble(), 0.13, 0.14);
        Assert.Equal(["influential-row", "outlier"], fit.Codes());
        Assert.Contains("One row decides", fit.Text("verdict"), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Fit(string file)
    {
        var run = await CliRun.Of("fit", Reference.PathOf("badinputs", file), "--target", "y", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Json();
    }
}

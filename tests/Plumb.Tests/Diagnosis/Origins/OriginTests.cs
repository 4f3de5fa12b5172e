using System.Text.Json;
using Plumb.Tests.Cli;
using Plumb.Tests.Origins;

namespace Plumb.Tests;

/// <summary>Where maps of the diabetes data come from, and maps behind public questions: a claim is right, or none is
/// made.</summary>
public sealed class OriginTests : IDisposable
{
    private static readonly ForeignData s_diabetes = ForeignData.OfCsv("diabetes.csv", ["target"]);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a01", "ridge", 10,
        "scikit-learn Ridge(alpha=10), glmnet lambda 0.0226 * sd(y) = 1.74 with standardize = FALSE, Keras l2(0.0226) "
            + "on the kernel, PyTorch weight_decay 0.0452 on the weights alone, under a mean loss")]
    [InlineData("a02", "ridge", 1000, "scikit-learn Ridge(alpha=1000)")]
    [InlineData("a03", "ridge-standardized", 10,
        "scikit-learn StandardScaler and Ridge(alpha=10), glmnet lambda 0.0226 * sd(y) = 1.74")]
    [InlineData("a04", "lasso", 442, "scikit-learn Lasso(alpha=1), glmnet lambda 1 with standardize = FALSE")]
    [InlineData("a05", "no-bias", double.NaN, "")]
    [InlineData("a06", "inputs-left-out", double.NaN, "")]
    [InlineData("a07", "first-rows", double.NaN, "")]
    [InlineData("a08", "ridge", 10, "scikit-learn Ridge(alpha=10)")]
    public void Objective_is_recognised_with_its_penalty(string file, string code, double penalty, string others)
    {
        var explanation = Explain(file);
        var origin = explanation.Origin!;
        Assert.Equal((code, true, Answer.Holds), (origin.Code, origin.IsClaimed, explanation.OriginEvidence!.Answer));
        Assert.Equal(penalty,
            origin.Parameters.Select(parameter => parameter.Value).DefaultIfEmpty(double.NaN).Single(), 1e-3);
        Assert.StartsWith(others, string.Join(", ", origin.Others), StringComparison.Ordinal);
        Assert.InRange(origin.Leaves, 0, 1e-6);
        Assert.InRange(origin.Share, 0.9999, 1);
        Assert.StartsWith("Your W and b are " + origin.Text, explanation.Verdict, StringComparison.Ordinal);
        Assert.EndsWith((code == "first-rows" ? "of the first 300 of 442 rows, not the least-squares fit of all rows"
            : "not the least-squares fit") + ": that explains all of the gap.", explanation.Verdict,
            StringComparison.Ordinal);
        Assert.DoesNotContain(explanation.Findings, finding =>
            finding.Remedy.Contains("rain on", StringComparison.Ordinal));
        Assert.Null(explanation.Mistake);
    }

    [Theory]
    [InlineData("a09", "inputs-min-max")]
    [InlineData("a10", "inputs-robust")]
    [InlineData("a11", "target-scaled")]
    public void Slip_is_repaired_to_the_best_fit(string file, string code)
    {
        var explanation = Explain(file);
        Assert.Equal(code, explanation.Mistake!.Code);
        Assert.InRange((explanation.Mistake.Repaired - explanation.Fit.Map).Norm, 0, 1e-9 * explanation.Fit.Map.Norm);
    }

    [Theory]
    [InlineData("a12", "Plumb does not recognise where your W and b come from.",
        "training has not converged, or they were never trained on these data")]
    [InlineData("a13", "Plumb does not recognise where your W and b come from.",
        "Plumb does not recognise where they come from")]
    public void Nothing_is_claimed_where_nothing_is_known(string file, string finding, string verdict)
    {
        var explanation = Explain(file);
        Assert.Null(explanation.Origin);
        Assert.Null(explanation.Mistake);
        Assert.Equal(Answer.Fails, explanation.OriginEvidence!.Answer);
        Assert.Contains(finding, explanation.Findings.Single(found => found.Code == "origin-unknown").Message,
            StringComparison.Ordinal);
        Assert.Contains(verdict, explanation.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_of_other_rows_is_possible_where_moments_are_all_there_is()
    {
        var explanation = Explain("a07", withRows: false);
        Assert.Null(explanation.Origin);
        Assert.Contains(explanation.Findings, finding =>
            finding.Message.EndsWith("A best fit of other rows of the same kind would lie as far away.",
            StringComparison.Ordinal));
        Assert.Contains("these rows cannot distinguish the two", explanation.Verdict, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("last-rows")]
    [InlineData("row-left-out")]
    public void Rows_that_a_map_was_fitted_to_are_named(string code)
    {
        var data = s_diabetes.ToDataset();
        var (moments, left) = (Moments.Of(data), new Dataset(data.Inputs, data.Targets));
        bool IsIn(int row) => code == "last-rows" ? row >= 100 : row != 41;
        int[] rows = [.. Enumerable.Range(0, data.Rows).Where(IsIn)];
        var part = new Dataset(Matrix.Create(rows.Length, 10, (i, j) => data.Inputs[rows[i], j]),
            Matrix.Create(rows.Length, 1, (i, _) => data.Targets[rows[i], 0]));
        var map = new LeastSquares().Fit(Moments.Of(part)).Map;
        var found = RowHints.Of(map, moments, left).Part!;
        Assert.Equal((code, code == "last-rows" ? "the last 342 of 442 rows" : "all rows but row 42"),
            (found.Code, found.Text));
        Assert.Equal(code,
            Explanation.Of(map, new LeastSquares().Fit(moments),
            new Background { IsForeign = true, Hints = RowHints.Of(map, moments, data) }).Origin!.Code);
    }

    [Theory]
    [InlineData(3, "the best fit, rounded to 3 decimals")]
    [InlineData(-5, "the best fit, rounded to 5 digits")]
    public void Best_fit_with_fewer_digits_is_the_best_fit(int places, string text)
    {
        var fit = new LeastSquares().Fit(Moments.Of(s_diabetes.ToDataset()));
        double Round(double value) => places > 0 ? Math.Round(value, places)
            : double.Parse(value.ToString("G" + -places, System.Globalization.CultureInfo.InvariantCulture),
            System.Globalization.CultureInfo.InvariantCulture);
        var map = new AffineMap(Matrix.Create(1, 10, (_, j) => Round(fit.Map.WeightsOf(0)[j])),
            [Round(fit.Map.Bias[0])]);
        Explanation Of(AffineMap rounded) => Explanation.Of(rounded, fit, new Background { IsForeign = true });
        Assert.Equal($"Your W and b are {text}.", Of(map).Verdict);
        Assert.DoesNotContain(Of(map).Findings, finding =>
            finding.Remedy.Contains("rain on", StringComparison.Ordinal));
        var other = new AffineMap(Matrix.Create(1, 10, (_, j) => map.WeightsOf(0)[j] * (j == 2 ? 1.01 : 1)), map.Bias);
        Assert.NotEqual("rounded", Of(other).Origin?.Code);
    }

    [Fact]
    public void Early_stop_is_told_with_its_steps_and_how_many_more_converge()
    {
        var random = new RandomSource(5);
        var x = Matrix.Create(60, 3, (_, j) => (1 + j) * random.NextNormal() / 2);
        var data = new Dataset(x, Matrix.Create(60, 1, (i, _) =>
            2 + 3 * x[i, 0] - x[i, 1] + 0.5 * x[i, 2] + 0.1 * random.NextNormal()));
        var fit = new LeastSquares().Fit(Moments.Of(data));
        Explanation After(long steps) => Explanation.Of(
            Objective.EarlyStop(fit, AffineMap.Zero(3, 1), Loss.Mse, 0.3, steps).Goal, fit,
            new Background { IsForeign = true });
        var stopped = After(4);
        Assert.Equal(
            "Your W and b are those of full-batch gradient descent from zero, stopped at learning rate x steps = 1.2 "
                + "(4 steps at 0.3, loss mse: mean over rows and targets of r^2), not the least-squares fit: that "
                    + "explains all of the gap.", stopped.Verdict);
        Assert.Equal([1.2, 0.3, 4], stopped.Origin!.Parameters.Select(parameter => Math.Round(parameter.Value, 9)));
        Assert.Matches("^train on: [0-9]+ more steps would converge; or take the best fit itself", stopped.Next);
        var more = long.Parse(stopped.Next.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        Assert.False(After(4 + more - 1).Convergence.IsConverged);
        Assert.True(After(4 + more).Convergence.IsConverged);
        Assert.Null(After(4 + more).Origin);
    }

    /// <summary>The same map as that of one step of gradient descent, and far more often met.</summary>
    [Fact]
    public void Slopes_of_inputs_fitted_one_by_one_are_told()
    {
        var random = new RandomSource(3);
        var x = Matrix.Create(40, 6, (_, _) => random.NextNormal());
        for (var i = 0; i < x.Rows; i++)
        {
            x[i, 1] += 0.5 * x[i, 0];
        }

        var data = new Dataset(x, Matrix.Create(40, 1, (i, _) => x[i, 0] + x[i, 2] + 0.3 * random.NextNormal()));
        var fit = new LeastSquares().Fit(Moments.Of(data));
        LinearFit[] alone = [.. fit.Names.Inputs.Select(input => new LeastSquares().Fit(
            fit.Moments.Drop([.. fit.Names.Inputs.Where(other => other != input)])))];
        var map = new AffineMap(Matrix.Create(1, 6, (_, j) => alone[j].Map.Weights[0, 0]), [0.0]);
        map = new AffineMap(map.Weights, [Enumerable.Range(0, 40).Average(i => data.Targets[i, 0]
            - Enumerable.Range(0, 6).Sum(j => map.Weights[0, j] * x[i, j]))]);
        var explanation = Explanation.Of(map, fit, new Background { IsForeign = true });
        Assert.StartsWith("the slopes of each input when it is fitted alone or, which is the same, those of full-batch",
            explanation.Origin!.Text, StringComparison.Ordinal);
        var finding = explanation.Findings.Single(finding => finding.Code == "objective");
        Assert.Contains("due to fitting inputs one by one: what several inputs explain", finding.Message,
            StringComparison.Ordinal);
        Assert.Equal("Fit all inputs together: take the best fit itself (plumb fit).", finding.Remedy);
    }

    [Fact]
    public void Ridge_that_is_named_is_what_fitting_with_it_gives()
    {
        var origin = Explain("a02").Origin!;
        var ridge = new LeastSquares { Ridge = origin.Parameters[0].Value }.Fit(Moments.Of(s_diabetes.ToDataset())).Map;
        Assert.InRange((ridge - origin.Goal).Norm, 0, 1e-8 * ridge.Norm);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Untrained_weights_are_no_slip(int seed)
    {
        var run = (await CliRun.Of("explain", Case("45_untrained_unscaled", $"torch_init{seed}.json"),
            Case("45_untrained_unscaled", "data.csv"), "--target", "score", "--json", "-o", _folder["w.json"])).Json();
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
            (run.GetProperty("mistake").ValueKind, run.GetProperty("origin").ValueKind));
        Assert.Contains("training has not converged", run.Text("verdict"), StringComparison.Ordinal);
        var written = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["w.json"],
            TestContext.Current.CancellationToken)).RootElement;
        var given = JsonDocument.Parse(await File.ReadAllTextAsync(Case("45_untrained_unscaled",
            $"torch_init{seed}.json"), TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(given.GetProperty("weights").Rows(), written.GetProperty("weights").Rows());
    }

    [Theory]
    [InlineData("standardized_and_transposed.json", "transposed+inputs-standardized")]
    [InlineData("transposed_bias_missing.json", "transposed+bias-missing")]
    [InlineData("transposed.json", "transposed")]
    [InlineData("bias_missing.json", "bias-missing")]
    public async Task Two_slips_are_both_named(string model, string code)
    {
        var run = (await CliRun.Of("explain", Case("38_two_slips", model), Case("38_two_slips", "data.csv"),
            "--target", "u,v,w", "--input", "a,b,c", "--json")).Json();
        Assert.Equal(code, run.GetProperty("mistake").Text("code"));
        Assert.InRange(run.GetProperty("mistake").Number("unexplainedAfter"), 0, 0.001);
    }

    [Theory]
    [InlineData()]
    [InlineData("--weight-decay", "0.1")]
    [InlineData("--ridge", "0.05")]
    public async Task Penalty_on_the_kernel_only_is_told_whatever_was_guessed(params string[] guess)
    {
        var run = (await CliRun.Of(["explain", Case("46_keras_l2_kernel_only", "keras.json"),
            Case("46_keras_l2_kernel_only", "data.csv"), "--target", "y", .. guess, "--json"])).Json();
        Assert.Equal(2, run.GetProperty("origin").GetProperty("parameters").Number("penalty"), 1e-6);
        Assert.Contains("Keras l2(0.05) on the kernel",
            run.GetProperty("origin").GetProperty("others").EnumerateArray().Select(text => text.GetString()));
        Assert.StartsWith("Your W and b are the ridge solution with penalty 2 (", run.Text("verdict"),
            StringComparison.Ordinal);
        Assert.Equal(guess.Length > 0,
            run.Text("verdict").EndsWith(" 0.1, which was given, does not lead there.", StringComparison.Ordinal)
            || run.Text("verdict").EndsWith(" 0.05, which was given, does not lead there.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Scaling_that_only_rows_tell_is_found_by_reading_them_again()
    {
        var data = Path.Combine(AppContext.BaseDirectory, "data", "verdicts", "diabetes.csv");
        var run = (await CliRun.Of("explain", Model("a10"), data, "--json")).Json();
        Assert.Equal("inputs-robust", run.GetProperty("mistake").Text("code"));
        await CliRun.Of("moments", data, "-o", _folder["d.moments"]);
        var blind = (await CliRun.Of("explain", Model("a10"), _folder["d.moments"], "--json")).Json();
        Assert.Equal((JsonValueKind.Null, "fails"),
            (blind.GetProperty("mistake").ValueKind, blind.GetProperty("originEvidence").Text("answer")));
    }

    [Fact]
    public void One_weight_fits_any_penalty_and_shows_only_round_ones()
    {
        var random = new RandomSource(3);
        var x = Matrix.Create(30, 1, (_, _) => random.NextNormal());
        var data = new Dataset(x, Matrix.Create(30, 1, (i, _) => 2 + 3 * x[i, 0] + 0.1 * random.NextNormal()));
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        Explanation Of(double penalty) =>
            Explanation.Of(new LeastSquares { Ridge = penalty }.Fit(moments).Map, fit,
            new Background { IsForeign = true });
        var strange = Of(7.4361982);
        Assert.False(strange.Origin!.IsClaimed);
        Assert.Contains(strange.Findings, finding => finding.Code == "origin-possible");
        Assert.DoesNotContain("ridge", strange.Verdict, StringComparison.Ordinal);
        Assert.True(Of(5).Origin!.IsClaimed);
    }

    private static Explanation Explain(string file, bool withRows = true)
    {
        var data = s_diabetes.ToDataset();
        var moments = Moments.Of(data);
        var stored = JsonDocument.Parse(File.ReadAllText(Model(file))).RootElement;
        var weights = stored.GetProperty("weights").Rows();
        var map = new AffineMap(Matrix.Create(1, 10, (_, j) => weights[0][j]), stored.GetProperty("bias").Numbers());
        return Explanation.Of(map, new LeastSquares().Fit(moments),
            new Background { IsForeign = true, Hints = withRows ? RowHints.Of(map, moments, data) : null });
    }

    private static string Model(string file) =>
        Path.Combine(AppContext.BaseDirectory, "data", "verdicts", "origins", file + ".json");

    private static string Case(string folder, string file) =>
        Path.Combine(AppContext.BaseDirectory, "data", "cases", folder, file);
}

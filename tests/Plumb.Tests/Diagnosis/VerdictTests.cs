namespace Plumb.Tests;

/// <summary>
/// Whole verdicts: on data whose truth is known, on well-specified data, and by what must not change them.
/// </summary>
public sealed class VerdictTests
{
    [Theory]
    [InlineData("near_twins", "y", "", "ToldApart",
        "a and b cannot be told apart: the sum of their weights is 1.94 ± 0.13")]
    [InlineData("near_sum", "y", "", "ToldApart",
        "a, b and c cannot be told apart: only combinations of their weights are determined, such as a + 0.5 c = 0.201 "
            + "± 0.002.")]
    [InlineData("mtcars", "mpg", "", "ToldApart",
        "cyl, disp, hp, wt, qsec, vs, gear and carb cannot be told apart: together they matter")]
    [InlineData("growing_noise", "y", "", "Errors",
        "You can trust W and b to within the standard errors given, which allow for noise")]
    [InlineData("copies", "y", "", "Errors",
        "Some rows are copies of others: W and b are less certain than their standard errors show.")]
    [InlineData("drifting", "y", "", "Errors,Order", "Neighbouring rows depend on each other")]
    [InlineData("masked", "y", "", "Rows", "Rows 29 and 30 lie far from the others")]
    [InlineData("anscombe1", "y1", "x1", "", "You can trust W and b to within their standard errors.")]
    [InlineData("anscombe2", "y2", "x2", "Affine", "The relationship is not affine")]
    [InlineData("anscombe3", "y3", "x3", "Rows", "One row decides: don't trust W and b before row 3 has been checked.")]
    [InlineData("anscombe4", "y4", "x4", "Rows", "One row decides: don't trust W and b before row 8 has been checked.")]
    public async Task Data_of_known_truth_have_their_verdict(string file, string target, string inputs, string failing,
        string verdict)
    {
        var assessment =
            await AssessAsync(VerdictData.Read(file, target, inputs.Split(',', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(failing,
            string.Join(',',
                assessment.Evidence.Where(item => item.Answer == Answer.Fails).Select(item => item.Question)));
        Assert.DoesNotContain(assessment.Evidence, item => item.Answer == Answer.NotLookedAt);
        Assert.StartsWith(verdict, assessment.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Well_specified_data_raise_hardly_a_warning()
    {
        var (warned, told) = (0, new List<string>());
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomSource(seed, stream: 7);
            var inputs = 1 + (int)(10 * random.NextDouble());
            var rows = Math.Max(inputs + 6, (int)Math.Pow(10, 1 + 2 * random.NextDouble()));
            var (isUniform, isWeighted) = (random.NextDouble() < 0.5, random.NextDouble() < 0.5);
            var x = Matrix.Create(rows, inputs, (_, _) => isUniform ? random.NextDouble() : random.NextNormal());
            var weights = Enumerable.Range(0, rows).Select(_ => isWeighted ? 0.1 + random.NextDouble() : 1).ToArray();
            var y = Matrix.Create(rows, 1,
                (i, _) => 1 + Enumerable.Range(0, inputs).Sum(j => x[i, j])
                    + random.NextNormal() / Math.Sqrt(weights[i]));
            var data = new Dataset(x, y) { Weights = isWeighted ? RowWeights.Precisions(weights) : null };
            var assessment = await AssessAsync(data);
            warned += assessment.Findings.Any(finding => finding.Severity >= Severity.Warning) ? 1 : 0;
            told.AddRange(
                assessment.Findings.Where(finding => finding.Severity >= Severity.Warning)
                    .Select(finding => $"{seed}: {finding.Message}"));
        }

        Assert.True(warned <= 3, string.Join('\n', told));
    }

    [Theory]
    [InlineData("near_sum", "y", "")]
    [InlineData("masked", "y", "")]
    [InlineData("anscombe2", "y2", "x2")]
    [InlineData("anscombe4", "y4", "x4")]
    [InlineData("copies", "y", "")]
    [InlineData("growing_noise", "y", "")]
    public async Task Units_offsets_another_target_and_weights_of_one_change_no_answer(string file, string target,
        string inputs)
    {
        var data = VerdictData.Read(file, target, inputs.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var expected = Answers(await AssessAsync(data));
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new RandomSource(seed);
            var scales = Enumerable.Range(0, data.Inputs.Columns + 1)
                .Select(_ => (int)(200 * (random.NextDouble() - 0.5))).ToArray();
            var shifts = scales.Select(_ => Math.Floor(64 * (random.NextDouble() - 0.5))).ToArray();

            // Six decimals become whole numbers, so that scaling and shifting round nothing.
            double Moved(double value,
                int column) => Math.ScaleB(Math.Round(value * 1e6) + shifts[column] * 1e6, scales[column]);
            var moved = new Dataset(
                Matrix.Create(data.Rows, data.Inputs.Columns, (i, j) => Moved(data.Inputs[i, j], j)),
                Matrix.Create(data.Rows, 1, (i, _) => Moved(data.Targets[i, 0], scales.Length - 1)),
                data.Names);
            Assert.Equal(expected, Answers(await AssessAsync(moved)));
        }

        Assert.Equal(expected,
            Answers(
                await AssessAsync(
                    new Dataset(data.Inputs, data.Targets,
                        data.Names)
                    { Weights = RowWeights.Precisions([.. Enumerable.Repeat(1.0, data.Rows)]) })));
        var noise = new RandomSource(11);
        var two = new Dataset(data.Inputs,
            Matrix.Create(data.Rows, 2, (i, t) => t == 0 ? data.Targets[i, 0] : noise.NextNormal()),
            new VariableNames(data.Names.Inputs, [target, "another"]));
        Assert.Equal(expected.Where(answer => answer.Answer == Answer.Fails),
            Answers(await AssessAsync(two)).Where(answer => answer.Answer == Answer.Fails));
    }

    private static (Question Question, Answer Answer)[] Answers(Assessment assessment) =>
        [.. assessment.Evidence.Select(item => (item.Question, item.Answer))];

    private static async Task<Assessment> AssessAsync(Dataset data)
    {
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var rows =
            await RowTests.OfAsync(fit, new[] { data }.ToAsyncEnumerable(),
                cancellationToken: TestContext.Current.CancellationToken);
        return Assessment.Of(fit, fit.Accuracy, rows);
    }
}

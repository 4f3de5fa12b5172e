namespace Plumb.Tests;

public sealed class AssessmentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-200)] // squares of residuals are below every double
    [InlineData(1e200)] // and here above
    public void Noise_is_noise_in_all_units(double unit)
    {
        var fit = Fit(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } },
            new double[,] { { 1 * unit }, { 3 * unit }, { 2 * unit }, { 5 * unit } });
        Assert.Empty(Assessment.Of(fit).Findings);
        Assert.StartsWith("Nothing that was looked at speaks against W and b. Not looked at: outliers",
            Assessment.Of(fit).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Exact_relation_is_told_as_such() =>
        Assert.Equal("exact-fit",
            Assert.Single(
                Assessment.Of(
                    Fit(new double[,] { { 1 }, { 2 }, { 4 } }, new double[,] { { 3 }, { 5 }, { 9 } })).Findings).Code);

    [Fact]
    public void Targets_with_the_same_finding_share_it()
    {
        var x = Matrix.Create(4, 1, (i, _) => i + 1);
        Assert.StartsWith("'y1' and 2 other targets are exact",
            Assert.Single(Assessment.Of(Fit(x, Matrix.Create(4, 3, (i, t) => (t + 2) * (i + 1) + 1))).Findings).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("The residuals of 'y1' and 'y2' are no larger",
            Assert.Single(Assessment.Of(Fit(x, Matrix.Create(4, 2, (i, t) => 0.1 * (i + 1) + t))).Findings).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Relations_too_long_for_fractions_are_said_to_be_told_by_residues()
    {
        var random = new RandomSource(5);
        var fit = Fit(Matrix.Create(30, 60, (_, _) => random.NextNormal()),
            Matrix.Create(30, 1, (_, _) => random.NextNormal()));
        Assert.False(fit.NullSpace.IsProved);
        Assert.Contains(Assessment.Of(fit).Findings, finding => finding.Code == "told-by-residues");
    }

    [Fact]
    public void Target_among_the_inputs_is_told_as_such() =>
        Assert.Equal("target-is-input",
            Assert.Single(
                Assessment.Of(
                    Fit(new double[,] { { 1, 0 }, { 2, 3 }, { 4, 1 }, { 0, 7 } },
                        new double[,] { { 0 }, { 3 }, { 1 }, { 7 } })).Findings).Code);

    [Fact]
    public void As_many_rows_as_parameters_leave_nothing_to_believe_by()
    {
        var assessment = Assessment.Of(Fit(new double[,] { { 1 }, { 2 } }, new double[,] { { 1 }, { 3 } }));
        Assert.Equal("no-degrees-of-freedom", Assert.Single(assessment.Findings).Code);
        Assert.Equal("The data determine W and b. There is no row to spare, so there is no way to say how accurate "
            + "they are.", assessment.Verdict);
    }

    [Fact]
    public void Ridge_map_does_not_pass_through_every_row() =>
        Assert.Equal("ridge",
            Assert.Single(
                Assessment.Of(
                    Fit(new double[,] { { 1 }, { 2 } }, new double[,] { { 1 }, { 3 } }, ridge: 1)).Findings).Code);

    [Fact]
    public void Verdict_on_free_weights_warns_of_a_near_dependence_among_the_others()
    {
        var x = Matrix.Create(12, 4,
            (i, j) => j switch { 0 => i / 10.0, 1 => i * i / 7.0, 2 => (i / 10.0) + (i * i / 7.0), _ => 3 });
        var verdict = Assessment.Of(Fit(x, Matrix.Create(12, 1, (i, _) => i % 3))).Verdict;
        Assert.StartsWith(
            "Don't trust the weight of x4, nor the bias: other values fit exactly as well. The weights in 'x3 = x1 + "
                + "x2' depend on the last bit of the data: don't trust them.", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Trust_is_said_only_when_every_question_was_looked_at_and_holds()
    {
        var fit = VerdictData.Fit("anscombe1", "y1", "x1");
        Evidence Of(Question question, Answer answer) => new(question, answer, "a test", 0.5);
        Question[] ofRows = [Question.Rows, Question.Affine, Question.Errors, Question.Order];
        foreach (var answers in from question in ofRows
                                from answer in Enum.GetValues<Answer>()
                                select (question, answer))
        {
            var rows = new RowReport([], [], 0, [], 0.3,
                1)
            {
                Evidence = [.. ofRows.Select(question =>
                    Of(question, question == answers.question ? answers.answer : Answer.Holds))]
            };
            var assessment = Assessment.Of(fit, fit.Accuracy, rows);
            Assert.Equal(answers.answer == Answer.Holds, assessment.IsSound);
            Assert.Equal(answers.answer == Answer.Holds,
                assessment.Verdict.StartsWith("You can trust W and b to within their standard errors.",
                    StringComparison.Ordinal));
        }
    }

    private static LinearFit Fit(Matrix x, Matrix y, double ridge = 0) =>
        new LeastSquares { Ridge = ridge }.Fit(Moments.Of(new Dataset(x, y)));
}

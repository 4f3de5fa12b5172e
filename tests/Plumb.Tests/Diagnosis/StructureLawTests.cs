using Plumb.Tests.Structures;

namespace Plumb.Tests;

/// <summary>
/// What is said of a fit, on inputs of any structure, several at once: twins beside exact relations, several groups,
/// constants, offsets, rows alone. Judged by fractions and by the truth that made the targets.
/// </summary>
public sealed class StructureLawTests
{
    [Fact]
    public void Nothing_false_is_said_of_any_structure() =>
        StructureDraw.Any.Sample(draw => Assert.Empty(JudgeOf(draw)?.Violations() ?? []), iter: 120);

    [Fact]
    public void Order_units_another_target_and_weights_of_1_change_no_status_and_no_answer() =>
        StructureDraw.Any.Where(draw => !draw.HasCopies) // with another target, rows would no longer be copies
            .Sample(
                draw =>
                {
                    var judge = JudgeOf(draw);
                    Assert.Empty(judge is null ? [] : StructureInvariance.Violations(judge, draw.Seed));
                },
                iter: 30);

    [Fact]
    public void Much_is_trusted_where_nothing_is_wrong()
    {
        // Or the laws above would show nothing.
        var good = new StructureDraw(
            [BlockKind.Ordinary, BlockKind.Step, BlockKind.Offset], [TargetKind.Noisy], 30, 0, true, 0, true, false, 0);
        var problems = Enumerable.Range(0, 50).Select(seed => StructureProblem.Of(good with { Seed = seed }));
        StructureJudge[] judges = [.. problems.Select(problem => new StructureJudge(problem))];
        Assert.InRange(judges.Count(judge => judge.Trusts), 45, 50);
        Assert.All(judges, judge => Assert.Empty(judge.Violations()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Exact_fit_to_copies_of_as_few_rows_as_parameters_is_not_trusted(bool areCounted)
    {
        // Three rows determine three parameters whatever the noise; seen twice each, they seem to leave three to spare.
        var random = new RandomSource(1);
        var rows = Matrix.Create(3, 3, (_, _) => random.NextNormal());
        var count = areCounted ? 3 : 6;
        var y = Matrix.Create(count, 1, (i, _) => rows[i % 3, 2]);
        var data = new Dataset(Matrix.Create(count, 2, (i, j) => rows[i % 3, j]), y)
        {
            Weights = areCounted ? RowWeights.Frequencies([2, 2, 2]) : null,
        };
        var assessment = AssessmentOf(data);
        Assert.StartsWith("The data determine W and b. There is no row", assessment.Verdict, StringComparison.Ordinal);
        Assert.False(assessment.IsSound);
        Assert.Contains(assessment.Findings, finding => finding.Code == "no-row-to-spare");
    }

    [Fact]
    public void Each_target_that_inputs_are_entangled_for_is_said()
    {
        var random = new RandomSource(2);
        var x = Twins(random, 1e-3, 60, others: 1);
        var y = Matrix.Create(60, 2, (i, t) => x[i, 0] + x[i, 1] + x[i, 2] + 0.1 * random.NextNormal());
        Assert.Equal(
            "x1 and x2 cannot be told apart for 'y1' and 'y2': only combinations of their weights are determined,"
                + " such as x1 + x2. You can trust the other weights to within their standard errors.",
            AssessmentOf(new Dataset(x, y)).Verdict);
    }

    [Fact]
    public void Combination_with_an_input_that_another_copies_holds_the_copy_too()
    {
        var random = new RandomSource(3);
        var twins = Twins(random, 1e-3, 60, others: 0);
        var x = Matrix.Create(60, 3, (i, j) => twins[i, Math.Min(j, 1)]); // x3 = x2
        var y = Matrix.Create(60, 1, (i, _) => x[i, 0] + x[i, 1] + 0.1 * random.NextNormal());
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(x, y)));
        var group = Assert.Single(fit.Collinearity.Groups);
        Assert.Equal(["x1", "x2", "x3"], group.Names.Order());
        Assert.Equal([1, 1, 1], group.Determined.Coefficients); // moving weight from x2 to x3 must not change it
        Assert.Equal(2, group.Estimates[0], 6 * group.Errors[0]);
    }

    [Fact]
    public void Near_dependence_hides_no_entangled_group()
    {
        var random = new RandomSource(4);
        var x = Twins(random, 1e-3, 60, others: 2);
        for (var i = 0; i < 60; i++)
        {
            x[i, 3] = 8e15 + i % 2; // constant but for its last bit
        }

        var y = Matrix.Create(60, 1, (i, _) => x[i, 0] + x[i, 1] + x[i, 2] + 0.1 * random.NextNormal());
        var verdict = AssessmentOf(new Dataset(x, y)).Verdict;
        Assert.StartsWith("The weights in 'x4 = 8E+15' depend on the last bit", verdict, StringComparison.Ordinal);
        Assert.Contains("x1 and x2 cannot be told apart", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("The others stand", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Near_dependence_of_a_column_on_another_in_its_units_has_no_constant()
    {
        var random = new RandomSource(5);
        var x = Enumerable.Range(0, 60).Select(_ => 100 + random.NextNormal()).ToArray();
        var inputs = Matrix.Create(60, 2, (i, j) => j == 0 ? x[i] : x[i] * (Math.PI / 7));
        var y = Matrix.Create(60, 1, (_, _) => random.NextNormal());
        var fit = new LeastSquares().Fit(Moments.Of(new Dataset(inputs, y)));
        Assert.Equal(0, Assert.Single(fit.NearDependences).Bias);
        Assert.False(fit.BiasHangsOnLastBit);
    }

    [Fact]
    public void Others_that_stand_are_spoken_of_only_where_there_are_some()
    {
        var random = new RandomSource(6);
        var x = Enumerable.Range(0, 60).Select(_ => random.NextNormal()).ToArray();
        var inputs = Matrix.Create(60, 2, (i, j) => j == 0 ? x[i] : 0.1 * x[i]);
        var y = Matrix.Create(60, 1, (i, _) => 3 + x[i] + random.NextNormal());
        var verdict = AssessmentOf(new Dataset(inputs, y)).Verdict;
        Assert.Contains("You can trust the bias to within its standard error", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_are_hardly_ever_trusted_by_chance()
    {
        // At 95 %, one pair in twenty has signs that seem known: weights of 40 000 and -39 998, when both are 1.
        var trusted = Enumerable.Range(0, 400).Count(seed =>
        {
            var random = new RandomSource(seed, stream: 3);
            var x = Twins(random, 1e-6, 40, others: 0);
            var data = new Dataset(x, Matrix.Create(40, 1, (i, _) => x[i, 0] + x[i, 1] + 0.1 * random.NextNormal()));
            return new LeastSquares().Fit(Moments.Of(data)).Collinearity.Groups.Count == 0;
        });
        Assert.InRange(trusted, 0, 3); // one in a thousand
    }

    [Fact]
    public void Input_beyond_doubt_only_together_with_undetermined_ones_is_in_a_group()
    {
        // Of a year, its square and a copy of the year, only the square's weight is determined, its sign unknown.
        var random = new RandomSource(7);
        var x = Matrix.Create(40, 3, (i, j) => Math.Pow(1950 + i, j == 1 ? 2 : 1));
        var y = Matrix.Create(40, 1, (i, _) => x[i, 0] / 100 + random.NextNormal());
        var fit = new LeastSquares { Bias = false }.Fit(Moments.Of(new Dataset(x, y)));
        Assert.Equal(ParameterStatus.Entangled, fit.Collinearity.OfWeight(0, 1));
        Assert.Equal(3, Assert.Single(fit.Collinearity.Groups).Inputs.Count);
        Assert.Contains("x2 cannot be told apart from x", Assessment.Of(fit).Verdict, StringComparison.Ordinal);
    }

    /// <summary>Null where near dependence leaves no standard error: such data are refused, and told so.</summary>
    private static StructureJudge? JudgeOf(StructureDraw draw)
    {
        try
        {
            return new StructureJudge(StructureProblem.Of(draw));
        }
        catch (ArithmeticException refusal)
            when (refusal.Message.Contains("no double holds its standard error", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private static Assessment AssessmentOf(Dataset data)
    {
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var tests = new RowTests(fit);
        tests.Add(data);
        return Assessment.Of(fit, fit.Accuracy, tests.Report());
    }

    /// <summary>Two inputs that differ by a spread, and others.</summary>
    private static Matrix Twins(RandomSource random, double spread, int rows, int others)
    {
        var x = new Matrix(rows, 2 + others);
        for (var i = 0; i < rows; i++)
        {
            x[i, 0] = random.NextNormal();
            x[i, 1] = x[i, 0] + spread * random.NextNormal();
            for (var j = 2; j < 2 + others; j++)
            {
                x[i, j] = random.NextNormal();
            }
        }

        return x;
    }
}

using System.Numerics;

namespace Plumb.Tests;

/// <summary>Points to measure next: the rank they promise, the gains they claim, and what cannot be promised.</summary>
public sealed class ExperimentTests
{
    private static readonly ExperimentGoal[] s_goals = [new ExperimentGoal.FullRank(), new ExperimentGoal.Determinant(),
        new ExperimentGoal.MeanVariance(), new ExperimentGoal.OneParameter(0)];

    private static readonly Gen<(Matrix Rows, Matrix List, bool Bias, ExperimentGoal Goal)> s_problem =
        from inputs in Gen.Int[1, 4]
        from rows in Gen.Int[1, 7]
        from bias in Gen.Bool
        from goal in Gen.Int[0, s_goals.Length - 1]
        from deficient in Gen.Bool
        from seed in Gen.Long
        select Problem(inputs, rows, bias, s_goals[goal], deficient, new RandomSource(seed));

    [Fact]
    public void Rank_is_full_after_as_many_points_as_directions_are_free() => s_problem.Sample(problem =>
    {
        var moments = MomentsOf(problem.Rows);
        var free = new LeastSquares { Bias = problem.Bias }.Fit(moments).NullSpace.Count;
        var experiment = new Experiment(problem.Goal) { Bias = problem.Bias, Count = free + 1 };
        var inputs = problem.Rows.Columns;
        CandidatePoints box = new CandidatePoints.Box([.. Enumerable.Repeat(-1.0, inputs)],
            [.. Enumerable.Repeat(2.0, inputs)]);
        return ((CandidatePoints[])[box, new CandidatePoints.Listed(problem.List)]).All(candidates =>
        {
            var proposal = experiment.Propose(moments, candidates);
            var ranks = proposal.Points.Take(free).Select(point => point.Rank);
            return ranks.SequenceEqual(Enumerable.Range(proposal.Rank + 1, free))
                && proposal.Rank + free == proposal.ParametersPerTarget
                && proposal.Points.Count == (problem.Goal is ExperimentGoal.FullRank ? free : free + 1)
                && proposal.Findings.Count == 0;
        });
    });

    [Fact]
    public void Gain_of_a_point_is_the_ratio_of_determinants_and_no_candidate_has_a_larger_one() =>
        s_problem.Sample(problem =>
    {
        var proposal =
            new Experiment(new ExperimentGoal.Determinant()) { Bias = problem.Bias, Count = 8 }.Propose(
                MomentsOf(problem.Rows), new CandidatePoints.Listed(problem.List));
        var rows = Rows(problem.Rows, problem.Bias).ToList();
        var left = Rows(problem.List, problem.Bias).ToList();
        foreach (var point in proposal.Points)
        {
            BigInteger[] chosen = Row(point.Point, problem.Bias);
            if (!double.IsNaN(point.Gain))
            {
                double Ratio(BigInteger[] row) => (double)Determinant([.. rows, row]) / (double)Determinant(rows);
                if (Math.Abs(point.Gain - Ratio(chosen)) > 1e-12 * point.Gain
                    || left.Any(row => Ratio(row) > point.Gain * (1 + 1e-12)))
                {
                    return false;
                }
            }

            rows.Add(chosen);
            left.RemoveAll(row => row.SequenceEqual(chosen));
        }

        return true;
    });

    [Fact]
    public void Errors_after_a_point_are_those_of_a_fit_with_it_and_gains_are_their_ratios() =>
        s_problem.Sample(problem =>
    {
        var proposal = new Experiment(problem.Goal) { Bias = problem.Bias, Count = 8 }.Propose(MomentsOf(problem.Rows),
            new CandidatePoints.Listed(problem.List));
        var (moments, before, random) =
            (new Moments(problem.Rows.Columns, 1), proposal.UnitErrors, new RandomSource(1));
        void Add(ReadOnlySpan<double> x) => moments.Add(x, [random.NextNormal()]);
        for (var i = 0; i < problem.Rows.Rows; i++)
        {
            Add(problem.Rows.Row(i));
        }

        foreach (var point in proposal.Points)
        {
            Add([.. point.Point]);
            var fit = new LeastSquares { Bias = problem.Bias }.Fit(moments);
            if (fit.ResidualDegreesOfFreedom > 0)
            {
                double[] errors = [.. fit.WeightErrors.Row(0), problem.Bias ? fit.BiasErrors[0] : double.NaN];
                if (errors.Zip(point.UnitErrors)
                    .Any(pair => double.IsNaN(pair.First) != double.IsNaN(pair.Second)
                        || Math.Abs(pair.First / fit.ResidualStandardDeviation[0] - pair.Second) > 1e-9 * pair.Second))
                {
                    return false;
                }
            }

            double Variance(IReadOnlyList<double> errors) => problem.Goal is ExperimentGoal.OneParameter
                ? errors[0] * errors[0] : errors.Where(error => !double.IsNaN(error)).Sum(error => error * error);
            if (problem.Goal is ExperimentGoal.MeanVariance or ExperimentGoal.OneParameter && !double.IsNaN(point.Gain)
                && Math.Abs(point.Gain - Variance(before) / Variance(point.UnitErrors)) > 1e-8 * point.Gain)
            {
                return false;
            }

            before = point.UnitErrors;
        }

        return true;
    });

    [Fact]
    public void Box_is_searched_to_its_best_level() =>
        Gen.Select(Gen.Int[1, s_goals.Length - 1], Gen.Long).Sample((goal, seed) =>
        {
            var (moments, grid) =
                (MomentsOf(Problem(2, 6, true, s_goals[goal], false, new RandomSource(seed)).Rows),
                    Matrix.Create(21 * 21, 2, (i, j) => (j == 0 ? i / 21 : i % 21) / 20.0));
            var experiment = new Experiment(s_goals[goal]) { Count = 1 };
            var ofBox = experiment.Propose(moments, new CandidatePoints.Box([0, 0], [1, 1])).Points[0];
            return double.IsNaN(ofBox.Gain)
                || Math.Abs(ofBox.Gain - experiment.Propose(moments, new CandidatePoints.Listed(grid)).Points[0].Gain)
                    <= 1e-8 * ofBox.Gain;
        });

    [Fact]
    public void Best_three_points_for_a_parabola_are_the_ends_and_the_middle()
    {
        // Fedorov, section 2.3: the D-optimal design of degree 2 on [-1, 1] has equal weights at -1, 0, 1.
        var design = new Design([new Term("x"), new Term("x", 2)], ["y"]);
        var moments = new Moments(design);
        moments.Add([0.3], [0]);
        var proposal = new Experiment(new ExperimentGoal.Determinant()) { Count = 62 }.Propose(moments,
            new CandidatePoints.Box([-1], [1]), design);
        Assert.Equal(2, proposal.Points.TakeWhile(point => point.Rank < 3).Count() + 1);
        var counts = proposal.Points.Skip(2).CountBy(point => Math.Round(point.Point[0], 9)).ToDictionary();
        Assert.All((double[])[-1, 0, 1], place => Assert.InRange(counts[place], 18, 22));
    }

    [Fact]
    public void Candidates_that_hold_the_same_relation_are_told_as_such()
    {
        var moments = MomentsOf(new double[,] { { 1, 2 }, { 2, 4 }, { 3, 6 } });
        var proposal = new Experiment(new ExperimentGoal.Determinant()).Propose(moments,
            new CandidatePoints.Listed(new double[,] { { 7, 14 }, { 0, 0 } }));
        Assert.Empty(proposal.Points);
        Assert.Equal("No candidate adds to the rank 2: x2 = 2 x1 on each of them, as on every row so far.",
            Assert.Single(proposal.Findings).Message);
    }

    [Fact]
    public void Each_candidate_of_a_list_is_proposed_once()
    {
        var proposal =
            new Experiment(new ExperimentGoal.Determinant()).Propose(MomentsOf(new double[,] { { 1 }, { 2 } }),
                new CandidatePoints.Listed(new double[,] { { 5 }, { 9 } }));
        Assert.Equal([1, 0], proposal.Points.Select(point => point.Candidate!.Value));
        Assert.Equal("candidates-used-up", Assert.Single(proposal.Findings).Code);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        var moments = MomentsOf(new double[,] { { 1, 2 } });
        string Refused(ExperimentGoal goal, CandidatePoints candidates,
            bool bias = true) =>
                Assert.ThrowsAny<ArgumentException>(() =>
                    new Experiment(goal) { Bias = bias }.Propose(moments, candidates)).Message;
        Assert.Contains("3 columns", Refused(s_goals[1], new CandidatePoints.Listed(new Matrix(1, 3))));
        Assert.Contains("exchange", Refused(s_goals[1], new CandidatePoints.Box([0, 1], [1, 0])));
        Assert.Contains("not finite", Refused(s_goals[1], new CandidatePoints.Box([0, 0], [1, double.NaN])));
        Assert.Contains("parameter 2",
            Refused(new ExperimentGoal.OneParameter(2), new CandidatePoints.Box([0, 0], [1, 1]), bias: false));
    }

    private static Moments MomentsOf(Matrix rows) => Moments.Of(new Dataset(rows, new Matrix(rows.Rows, 1)));

    private static (Matrix Rows, Matrix List, bool Bias, ExperimentGoal Goal) Problem(int inputs, int rows, bool bias,
        ExperimentGoal goal, bool deficient, RandomSource random)
    {
        double Draw() => random.NextIndex(19) - 9 is var value && value != 0 ? value : 1;
        var x = Matrix.Create(rows, inputs, (_, _) => Draw());
        for (var i = 0; i < rows && deficient && inputs > 1; i++)
        {
            x[i, inputs - 1] = 2 * x[i, 0];
        }

        return (x, Matrix.Create(40, inputs, (_, _) => Draw()), bias, goal);
    }

    private static IEnumerable<BigInteger[]> Rows(Matrix matrix, bool bias) =>
        Enumerable.Range(0, matrix.Rows).Select(i => Row(matrix.Row(i).ToArray(), bias));

    private static BigInteger[] Row(IReadOnlyList<double> x, bool bias) => [.. x.Select(value => (BigInteger)value),
        .. bias ? [BigInteger.One] : Array.Empty<BigInteger>()];

    private static BigInteger Determinant(List<BigInteger[]> rows)
    {
        var size = rows[0].Length;
        var gram = new BigInteger[size, size];
        foreach (var row in rows)
        {
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < size; j++)
                {
                    gram[i, j] += row[i] * row[j];
                }
            }
        }

        return BigInteger.Abs(WholeMatrices.Solve(gram, new BigInteger[size]).Denominator);
    }
}

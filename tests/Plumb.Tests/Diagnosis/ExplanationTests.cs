namespace Plumb.Tests;

public sealed class ExplanationTests
{
    private static readonly Gen<(Dataset Data, AffineMap Truth, AffineMap Candidate)> s_problem =
        from inputs in Gen.Int[1, 4]
        from targets in Gen.Int[1, 3]
        from rows in Gen.Int[1, 8]
        from noise in Gen.OneOf(Gen.Const(0.0), Gen.Const(0.1))
        from whole in Gen.Bool
        from seed in Gen.Long
        select Problem(inputs, targets, rows, noise, whole, seed);

    [Fact]
    public void Causes_add_up_to_the_gap() =>
        Gen.Select(s_problem, Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5))).Sample((problem, ridge) =>
        {
            var explanation = Explanation.Of(problem.Candidate, Moments.Of(problem.Data), problem.Truth, ridge);
            return AddsUp(explanation);
        });

    [Fact]
    public void Causes_without_truth_add_up_to_the_distance_to_the_limit() =>
        s_problem.Sample(problem => AddsUp(Explanation.Of(problem.Candidate, Moments.Of(problem.Data))));

    [Fact]
    public void Single_point_ends_in_the_closed_form()
    {
        // W = W0 + r x' / (1 + |x|^2), b = b0 + r / (1 + |x|^2), r = y - W0 x - b0.
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new RandomSource(seed);
            var truth = AffineMap.Random(3, 3, random);
            var start = AffineMap.Random(3, 3, random);
            double[] x = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            var y = truth.Apply(x);
            var trainer = new GradientDescent(0.001) { Loss = Loss.Sum }.Start(start);
            for (var step = 0; step < 1000; step++)
            {
                trainer.Step(x, y);
            }

            var moments = new Moments(3, 3);
            moments.Add(x, y);
            var explanation = Explanation.Of(trainer.Map, moments, truth);
            Assert.Equal((9, 3), (explanation.FreeDirections * 3, explanation.IdentifiedDirections * 3));
            var length = 1 + x.Sum(value => value * value);
            var prediction = start.Apply(x);
            for (var t = 0; t < 3; t++)
            {
                var r = y[t] - prediction[t];
                for (var j = 0; j < 3; j++)
                {
                    Assert.Equal(start.WeightsOf(t)[j] + r * x[j] / length, explanation.Limit.WeightsOf(t)[j], 1e-12);
                }

                Assert.Equal(start.Bias[t] + r / length, explanation.Limit.Bias[t], 1e-12);
            }

            Assert.True(AddsUp(explanation));
            Assert.Equal(CauseCode.NotIdentified, explanation.Causes.MaxBy(cause => cause.Norm)!.Code);
            Assert.Contains("1 of 4 directions", explanation.Verdict);
        }
    }

    [Fact]
    public void Twin_predicts_the_same_and_is_another_map() =>
        s_problem.Sample(problem =>
        {
            if (Explanation.Of(problem.Candidate, Moments.Of(problem.Data)).Twin is not { } twin)
            {
                return true;
            }

            for (var i = 0; i < problem.Data.Rows; i++)
            {
                var (ours, theirs) =
                    (problem.Candidate.Apply(problem.Data.Inputs.Row(i)), twin.Map.Apply(problem.Data.Inputs.Row(i)));
                if (ours.Zip(theirs, (a, b) => Math.Abs(a - b)).Max() > twin.LargestPredictionDifference + 1e-12)
                {
                    return false;
                }
            }

            return twin.LargestPredictionDifference < 1e-12 && (twin.Map - problem.Candidate).Norm > 0.5;
        });

    [Fact]
    public void Best_fit_is_explained_as_arithmetic() =>
        s_problem.Sample(problem =>
        {
            var moments = Moments.Of(problem.Data);
            var explanation = Explanation.Of(new LeastSquares().Fit(moments).Map, moments);
            return explanation.Causes.Single().Code == CauseCode.Arithmetic;
        });

    [Fact]
    public void Ridge_fit_is_explained_by_its_objective() =>
        s_problem.Sample(problem =>
        {
            var moments = Moments.Of(problem.Data);
            if (!new LeastSquares().Fit(moments).IsIdentified)
            {
                return true; // where no row varies, the penalty changes nothing
            }

            var explanation = Explanation.Of(new LeastSquares { Ridge = 3 }.Fit(moments).Map, moments, ridge: 3);
            return explanation.Causes.Single(cause => cause.Code == CauseCode.Objective).Norm > 0
                && explanation.Causes.Single(cause => cause.Code != CauseCode.Objective).Code == CauseCode.Arithmetic;
        });

    [Fact]
    public void Candidate_of_another_shape_is_refused() =>
        Assert.Contains("2 inputs",
            Assert.Throws<ArgumentException>(() =>
                Explanation.Of(AffineMap.Zero(2, 1),
                    Moments.Of(new Dataset(new double[,] { { 1 } }, new double[,] { { 1 } })))).Message);

    [Fact]
    public void Candidate_that_is_not_finite_is_refused()
    {
        var moments = Moments.Of(new Dataset(new double[,] { { 1 }, { 2 } }, new double[,] { { 1 }, { 2 } }));
        Assert.Contains("not finite",
            Assert.Throws<ArgumentException>(() =>
                Explanation.Of(new AffineMap(new double[,] { { double.NaN } }, [0]), moments)).Message);
    }

    [Fact]
    public void Candidate_with_a_bias_is_not_explained_as_one_without()
    {
        var moments = Moments.Of(new Dataset(new double[,] { { 1 }, { 2 } }, new double[,] { { 1 }, { 2 } }));
        Assert.Contains("bias",
            Assert.Throws<ArgumentException>(() =>
                Explanation.Of(new AffineMap(new double[,] { { 1 } }, [2]), moments, bias: false)).Message);
    }

    [Fact]
    public void Candidate_far_from_arrived_is_not_called_rounding_because_inputs_nearly_depend()
    {
        var x = Matrix.Create(12, 3,
            (i, j) => j switch { 0 => i / 10.0, 1 => i * i / 7.0, _ => (i / 10.0) + (i * i / 7.0) });
        var moments = Moments.Of(new Dataset(x, Matrix.Create(12, 1, (i, _) => 5 + (i % 3))));
        Assert.Equal(CauseCode.NotConverged, Explanation.Of(AffineMap.Zero(3, 1), moments).Causes.Single().Code);
        Assert.Equal(CauseCode.Arithmetic,
            Explanation.Of(new LeastSquares().Fit(moments).Map, moments).Causes.Single().Code);
    }

    [Fact]
    public void Candidate_whose_predictions_are_right_to_rounding_is_arithmetic_whatever_the_units()
    {
        foreach (var unit in new[] { 1e-100, 1, 1e100 })
        {
            var x = Matrix.Create(9, 2, (i, j) => j == 0 ? unit * i : i * i);
            var moments = Moments.Of(new Dataset(x, Matrix.Create(9, 1, (i, _) => i % 4)));
            var fit = new LeastSquares().Fit(moments).Map;
            var close = new AffineMap(new double[,] { { fit.WeightsOf(0)[0] * (1 + 1e-15), fit.WeightsOf(0)[1] } },
                fit.Bias);
            var off = new AffineMap(new double[,] { { fit.WeightsOf(0)[0] * (1 + 1e-9), fit.WeightsOf(0)[1] } },
                fit.Bias);
            Assert.Equal(CauseCode.Arithmetic, Explanation.Of(close, moments).Causes.Single().Code);
            Assert.Equal(CauseCode.NotConverged, Explanation.Of(off, moments).Causes.Single().Code);
        }
    }

    [Theory]
    [InlineData(0.009, "Your W and b are the best fit, as far as anyone can tell", "converged",
        "nothing: W and b have converged.")]
    [InlineData(0.1, "Your W and b are", "not-converged",
        "nothing: these rows cannot distinguish W and b from the best fit.")]
    [InlineData(100, "Your W and b are", "not-converged", "train on, or take the best fit itself (plumb fit).")]
    public void Map_is_the_best_fit_just_within_a_hundredth_of_its_errors(double errors, string verdict, string code,
        string next)
    {
        var data = TrainingProblems.Noisy(30, 1, 1, 0.1, seed: 4);
        var moments = Moments.Of(data);
        var fit = new LeastSquares().Fit(moments);
        var (move, mean) = (errors * fit.WeightErrors[0, 0], Enumerable.Range(0, 30).Average(i => data.Inputs[i, 0]));
        var map = new AffineMap(new double[,] { { fit.Map.WeightsOf(0)[0] + move } }, [fit.Map.Bias[0] - move * mean]);
        var explanation = Explanation.Of(map, moments);
        Assert.StartsWith(verdict, explanation.Verdict, StringComparison.Ordinal);
        Assert.Equal((errors < 0.01, errors < 1),
            (explanation.Convergence.IsConverged, explanation.Convergence.IsWithinNoise));
        Assert.Equal((code, next), (explanation.Findings.Single().Code, explanation.Next));
    }

    [Fact]
    public void Targets_that_have_not_converged_are_named_where_others_have()
    {
        var moments = Moments.Of(TrainingProblems.Noisy(30, 2, 3, 0.1, seed: 5));
        var best = new LeastSquares().Fit(moments).Map;
        var map = new AffineMap(best.Weights, [best.Bias[0], best.Bias[1] + 1, best.Bias[2]]);
        Assert.EndsWith(": training has not converged for 'y2'.", Explanation.Of(map, moments).Verdict,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_learn_has_converged()
    {
        var moments = Moments.Of(new Dataset(new double[,] { { 0 }, { 0 } }, new double[,] { { 1 }, { 2 } }));
        Assert.EndsWith("your W and b are the best fit, to rounding.",
            Explanation.Of(AffineMap.Zero(1, 1), moments, bias: false).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Small_numbers_are_not_the_truth_because_they_are_small()
    {
        var moments = Moments.Of(new Dataset(new double[,] { { 1 }, { 2 } }, new double[,] { { 1e-15 }, { 2e-15 } }));
        Assert.StartsWith("Your W and b are 1e-15 away from the truth",
            Explanation.Of(AffineMap.Zero(1, 1), moments, new AffineMap(new double[,] { { 1e-15 } }, [0])).Verdict,
            StringComparison.Ordinal);
    }

    private static bool AddsUp(Explanation explanation)
    {
        var sum =
            explanation.Causes.Aggregate(
                AffineMap.Zero(explanation.Candidate.InputCount, explanation.Candidate.TargetCount),
                (total, cause) => total + cause.Part);
        var scale = Math.Max(1, explanation.Causes.Max(cause => cause.Norm));
        var difference = sum - explanation.Gap;
        return Enumerable.Range(0, difference.TargetCount).All(t =>
            Math.Abs(difference.Bias[t]) <= 1e-12 * scale
                && difference.WeightsOf(t).ToArray().All(value => Math.Abs(value) <= 1e-12 * scale));
    }

    private static (Dataset Data, AffineMap Truth, AffineMap Candidate) Problem(int inputs, int targets, int rows,
        double noise, bool whole, long seed)
    {
        var random = new RandomSource(seed);
        var truth = AffineMap.Random(inputs, targets, random);
        var x = Matrix.Create(rows, inputs, (_, _) => whole ? random.NextIndex(3) : random.NextNormal());
        var y = new Matrix(rows, targets);
        for (var i = 0; i < rows; i++)
        {
            truth.Apply(x.Row(i), y.WritableRow(i));
            foreach (ref var value in y.WritableRow(i))
            {
                value += noise * random.NextNormal();
            }
        }

        return (new Dataset(x, y), truth, AffineMap.Random(inputs, targets, random));
    }
}

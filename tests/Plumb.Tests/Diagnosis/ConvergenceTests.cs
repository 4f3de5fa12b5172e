namespace Plumb.Tests;

/// <summary>Where convergence begins and ends, by exact examples.</summary>
public sealed class ConvergenceTests
{
    // y = 1 + 2 x + (1, -1, -1, 1): the slope is 2 and the bias 1, s^2 = 4 / 2, and with sum (x - mean)^2 = 5 the
    // slope's standard error is sqrt(2 / 5).
    private static readonly Dataset s_line = new(
        new double[,] { { 0 }, { 1 }, { 2 }, { 3 } },
        new double[,] { { 2 }, { 2 }, { 4 }, { 8 } });

    [Theory]
    [InlineData(0, ConvergenceStatus.ToRounding)]
    [InlineData(1e-15, ConvergenceStatus.ToRounding)]
    [InlineData(1e-12, ConvergenceStatus.WithinTolerance)]
    [InlineData(0.0099, ConvergenceStatus.WithinTolerance)]
    [InlineData(0.0101, ConvergenceStatus.WithinNoise)]
    [InlineData(1, ConvergenceStatus.WithinNoise)]
    [InlineData(100, ConvergenceStatus.NotConverged)]
    public void Slope_may_be_a_hundredth_of_its_standard_error_away(double errors, ConvergenceStatus expected)
    {
        // Along with the bias that keeps the mean, the slope's distance in standard errors is |X d| / s.
        var slope = errors * Math.Sqrt(2.0 / 5);
        var target = Of(s_line, Map(2 + slope, 1 - 1.5 * slope)).Targets.Single();
        Assert.Equal(expected, target.Status);
        Assert.Equal(expected is ConvergenceStatus.ToRounding or ConvergenceStatus.WithinTolerance, target.IsConverged);
        if (errors > 1e-10)
        {
            // |X d| = errors s, over the root of 4 rows.
            Assert.Equal(errors * Math.Sqrt(2.0 / 4), target.Excess, 1e-9 * errors);
            Assert.Equal(0.01 * Math.Sqrt(2.0 / 4), target.Allowed, 1e-15);
            Assert.Equal("x1", target.Parameter);
            Assert.Equal(slope, target.Distance, 1e-3 * slope);
            Assert.Equal(Math.Sqrt(2.0 / 5), target.Scale, 1e-15);
        }
    }

    [Fact]
    public void Parameters_within_their_errors_are_not_enough_where_predictions_are_far_off()
    {
        // x is a year: a bias a hundredth of its large standard error away shifts every prediction by more than the
        // noise.
        var data = new Dataset(Matrix.Create(40, 1, (i, _) => 1980 + i),
            Matrix.Create(40, 1, (i, _) => 0.5 * i + (i % 2)));
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var map = new AffineMap(fit.Map.Weights, [fit.Map.Bias[0] + 0.01 * fit.BiasErrors[0]]);
        Assert.False(Convergence.Of(map, fit).IsConverged);
    }

    [Fact]
    public void Exact_data_leave_only_rounding()
    {
        var data = new Dataset(new double[,] { { 0 }, { 1 }, { 2 }, { 3 } },
            new double[,] { { 1 }, { 3 }, { 5 }, { 7 } });
        Assert.Equal(ConvergenceStatus.ToRounding, Of(data, Map(2 + 1e-15, 1)).Targets.Single().Status);
        var target = Of(data, Map(2 + 1e-12, 1)).Targets.Single();
        Assert.Equal((ConvergenceStatus.NotConverged, "x1", false), (target.Status, target.Parameter, target.HasNoise));
        Assert.True(target.Distance > target.Scale);
    }

    [Fact]
    public void One_row_has_converged_once_it_is_predicted()
    {
        var data = new Dataset(new double[,] { { 3, 4 } }, new double[,] { { 10 } });
        var on = Of(data, new AffineMap(new double[,] { { 1, 1 } }, [3])).Targets.Single();
        Assert.Equal((ConvergenceStatus.ToRounding, (string?)null), (on.Status, on.Parameter));
        var off = Of(data, new AffineMap(new double[,] { { 1, 1 } }, [4])).Targets.Single();
        // No parameter is determined by itself.
        Assert.Equal((ConvergenceStatus.NotConverged, (string?)null), (off.Status, off.Parameter));
        Assert.Equal(1, off.Excess, 1e-15);
    }

    [Fact]
    public void Target_of_zeros_is_reached_at_the_smallest_numbers()
    {
        var data = new Dataset(new double[,] { { 0 }, { 1 }, { 2 } }, new double[,] { { 0 }, { 0 }, { 0 } });
        Assert.True(Of(data, Map(0, 0)).IsConverged);
        Assert.True(Of(data, Map(double.Epsilon, 0)).IsConverged);
        Assert.False(Of(data, Map(1e-300, 0)).IsConverged);
    }

    [Fact]
    public void Evidence_holds_just_where_every_target_has_converged()
    {
        var evidence = Of(s_line, Map(2, 1)).ToEvidence();
        Assert.Equal((Question.Converged, Answer.Holds, 0.0), (evidence.Question, evidence.Answer, evidence.Number));
        evidence = Of(s_line, Map(2, 1.1)).ToEvidence();
        Assert.Equal(Answer.Fails, evidence.Answer);
        Assert.Equal(0.1 / (0.01 * Math.Sqrt(2.0 / 4)), evidence.Number, 1e-9);
    }

    [Fact]
    public void Minimiser_of_another_objective_may_be_the_goal()
    {
        var moments = Moments.Of(s_line);
        var test = new ConvergenceTest(new LeastSquares().Fit(moments));
        var goal = new LeastSquares { Ridge = 3 }.Fit(moments).Map;
        Assert.False(test.Of(goal).IsConverged);
        Assert.True(test.Of(goal, goal).IsToRounding);
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(0.0101)]
    [InlineData(double.NaN)]
    public void Tolerance_beyond_a_hundredth_is_refused(double tolerance)
    {
        var moments = Moments.Of(s_line);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new ConvergenceTest(new LeastSquares().Fit(moments)) { Tolerance = tolerance });
    }

    [Fact]
    public void Fit_with_a_penalty_and_map_of_another_shape_are_refused()
    {
        var moments = Moments.Of(s_line);
        Assert.Throws<ArgumentException>(() => new ConvergenceTest(new LeastSquares { Ridge = 1 }.Fit(moments)));
        Assert.Throws<ArgumentException>(() => Convergence.Of(AffineMap.Zero(2, 1), new LeastSquares().Fit(moments)));
    }

    private static Convergence Of(Dataset data, AffineMap map) =>
        Convergence.Of(map, new LeastSquares().Fit(Moments.Of(data)));

    private static AffineMap Map(double slope, double bias) => new(new double[,] { { slope } }, [bias]);
}

namespace Plumb.Tests;

public sealed class TrainingTests
{
    public static TheoryData<string> Losses { get; } = [.. Loss.All.Select(loss => loss.Name)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Full_batch_on_moments_steps_as_rows_do(string name)
    {
        var loss = Loss.All.Single(candidate => candidate.Name == name);
        var data = TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1);
        var (moments, start) = (Moments.Of(data), AffineMap.Random(3, 2, new RandomSource(2)));
        var fit = new LeastSquares().Fit(moments);
        var rate = 0.5 * new LearningPlan(fit.Spectrum, loss, moments.Rows, 2).LargestStableLearningRate;
        var settings = new GradientDescent(rate) { Loss = loss };
        var trainer = settings.Start(start);
        foreach (var epoch in settings.Train(start, fit, steps: 200))
        {
            trainer.Step(data);
            Assert.True((trainer.Map - epoch.Map).Norm < 1e-13);
        }

        Assert.Equal(200, trainer.Steps);
    }

    [Fact]
    public void Rate_ten_times_too_large_is_noticed_within_20_steps_and_leaves_a_finite_map()
    {
        var data = TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1);
        var (moments, start) = (Moments.Of(data), AffineMap.Random(3, 2, new RandomSource(2)));
        var fit = new LeastSquares().Fit(moments);
        var settings =
            new GradientDescent(
                10 * new LearningPlan(fit.Spectrum, Loss.Mse, moments.Rows, 2).LargestStableLearningRate);
        foreach (var last in new[] { settings.Train(start, fit).Last(),
            (settings with { BatchSize = 1 }).Train(start, data).Last() })
        {
            Assert.True(last.Diverged);
            Assert.InRange(last.Steps, 1, 20);
            Assert.True(double.IsFinite(last.Map.Norm));
        }
    }

    [Fact]
    public void Loss_that_overflows_is_refused_and_not_called_divergence()
    {
        var data = new Dataset(new double[,] { { 1 }, { 2 }, { 3 } },
            new double[,] { { 1e200 }, { 2e200 }, { 4e200 } });
        var (moments, start) = (Moments.Of(data), AffineMap.Zero(1, 1));
        var (fit, settings) = (new LeastSquares().Fit(moments), new GradientDescent(0.1));
        foreach (var train in new Func<Epoch>[]
        {
            () => settings.Train(start, fit).First(),
            () => settings.Train(start, data).First(),
            () => settings.Train(start, [data]).First(),
            () => settings.Jump(start, fit, 10),
            () => new ConjugateGradient().Train(start, fit).First(),
        })
        {
            Assert.Contains("beyond the range of doubles", Assert.Throws<ArgumentException>(train).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Each_direction_takes_the_steps_that_it_would_take_alone()
    {
        var data = TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1);
        var (moments, start) = (Moments.Of(data), AffineMap.Random(3, 2, new RandomSource(2)));
        var fit = new LeastSquares().Fit(moments);
        var plan = new LearningPlan(fit.Spectrum, Loss.Mse, moments.Rows, 2);
        var error = start - fit.ClosestTo(start);
        var (path, lengths) = (plan.Path(error, plan.BestLearningRate), plan.LengthsOf(error));
        var (steps, factors) = (path.StepsToEach(1e-6), path.Factors);
        for (var i = 0; i < steps.Count; i++)
        {
            Assert.Equal(Math.Abs(1 - plan.BestLearningRate * plan.Eigenvalues[i]), factors[i], 1e-14);
            Assert.Equal(Math.Max(0, Math.Ceiling(Math.Log(1e-6 / lengths[i]) / Math.Log(factors[i]))), steps[i], 1.0);
        }

        Assert.InRange(path.StepsTo(1e-6), steps.Max(), steps.Max() + 50);
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e300)]
    public void Rate_beyond_all_bounds_leaves_a_finite_map(double rate)
    {
        var data = TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1);
        var (moments, start) = (Moments.Of(data), AffineMap.Random(3, 2, new RandomSource(2)));
        var last = new GradientDescent(rate).Train(start, new LeastSquares().Fit(moments)).Last();
        Assert.True(last.Diverged && double.IsFinite(last.Map.Norm));
    }

    [Fact]
    public void Direction_that_a_step_hardly_moves_takes_its_time_but_not_forever()
    {
        // One input, no bias: the Hessian of the sum is 2 sum x^2 = 2. A step at rate 1e-18 leaves 1 - 2e-18, which no
        // double tells from 1.
        var spectrum =
            new LeastSquares { Bias = false }.Fit(
                Moments.Of(new Dataset(new double[,] { { 1 } }, new double[,] { { 0 } }))).Spectrum;
        var plan = new LearningPlan(spectrum, Loss.Sum, 1, 1);
        var expected = Math.Log(1e6) / 2e-18;
        Assert.Equal(1, plan.StepsToShrink(1e-18, 1e-6) / expected, 1e-12);
        var path = plan.Path(new AffineMap(new double[,] { { 1 } }, [0]), 1e-18);
        Assert.Equal(1, path.StepsTo(1e-6) / expected, 1e-12);
        Assert.Equal(Math.Exp(-2), path.DistanceAfter(1e18), 1e-15);
    }

    [Fact]
    public void Path_at_an_unstable_rate_stays_a_number_where_nothing_is_left_to_grow()
    {
        var spectrum =
            new LeastSquares { Bias = false }.Fit(
                Moments.Of(new Dataset(new double[,] { { 1, 0 }, { 0, 8 } }, new double[,] { { 0 }, { 0 } }))).Spectrum;
        var path = new LearningPlan(spectrum, Loss.Sum, 2, 1).Path(new AffineMap(new double[,] { { 1, 0 } }, [0]),
            0.25);
        Assert.Equal(0, path.DistanceAfter(1e6));
        Assert.Equal(20, path.StepsTo(Math.ScaleB(1, -20)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Plan_for_batches_of_no_rows_is_refused(long batch)
    {
        var fit = new LeastSquares().Fit(Moments.Of(TrainingProblems.Noisy(9, 2, 1, 0.1, seed: 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningPlan(fit.Spectrum, Loss.Mse, 9, 1, batch));
    }

    [Fact]
    public void Path_is_where_steps_go()
    {
        foreach (var rows in new[] { 1, 2, 3, 40 })
        {
            var moments = Moments.Of(TrainingProblems.Noisy(rows, 3, 2, 0.1, seed: 5));
            var start = AffineMap.Random(3, 2, new RandomSource(6));
            var fit = new LeastSquares().Fit(moments);
            var plan = new LearningPlan(fit.Spectrum, Loss.Mse, moments.Rows, 2);
            var limit = fit.ClosestTo(start);
            var path = plan.Path(start - limit, plan.BestLearningRate);
            foreach (var epoch in new GradientDescent(plan.BestLearningRate).Train(start, fit, steps: 1000))
            {
                Assert.Equal(path.DistanceAfter(epoch.Steps), (epoch.Map - limit).Norm, 1e-12);
            }

            var distance = 1e-3 * (start - limit).Norm;
            var steps = path.StepsTo(distance);
            Assert.True(
                path.DistanceAfter(steps) <= distance && (steps == 0 || path.DistanceAfter(steps - 1) > distance));
        }
    }

    [Fact]
    public void Train_gives_the_same_bits_for_the_same_seed_and_others_for_another()
    {
        var data = TrainingProblems.Noisy(50, 2, 1, 0.1, seed: 1);
        var settings = new GradientDescent(0.1) { BatchSize = 8 };
        AffineMap Run(long seed) => (settings with { Seed = seed }).Train(AffineMap.Zero(2, 1), data, 100).Last().Map;
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    [Fact]
    public void Train_takes_just_the_steps_asked_for_and_the_rest_of_the_rows_as_a_smaller_batch()
    {
        var data = TrainingProblems.Noisy(10, 2, 1, 0.1, seed: 1);
        var epochs = new GradientDescent(0.1) { BatchSize = 4 }.Train(AffineMap.Zero(2, 1), data, 7)
            .Select(epoch => epoch.Steps).ToArray();
        Assert.Equal([3, 6, 7], epochs);
    }

    [Fact]
    public void Trainer_reads_loss_and_map_at_any_moment()
    {
        var trainer = new GradientDescent(0.25) { Loss = Loss.Sum }.Start(AffineMap.Zero(1, 1));
        Assert.Equal(4, trainer.LossAt([0.0], [2.0]));
        Assert.Equal(4, trainer.Step([0.0], [2.0])); // b -= 0.25 * 2 * (0 - 2)
        Assert.Equal((0.0, 1.0, 1L), (trainer.Map.WeightsOf(0)[0], trainer.Map.Bias[0], trainer.Steps));
        Assert.Equal(1, trainer.LossAt([0.0], [2.0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Start_with_an_impossible_rate_is_refused(double rate) =>
        Assert.Contains("learning rate",
            Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDescent(rate)).Message);
}

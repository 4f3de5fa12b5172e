namespace Plumb.Tests;

/// <summary>What the spectrum says beforehand is what steps do.</summary>
public sealed class ClosedFormTests
{
    private static readonly Optimizer[] s_linear = [Optimizer.Sgd, Optimizer.Momentum(), Optimizer.Nesterov(),
        Optimizer.Momentum(0.5), Optimizer.Nesterov(0.99)];

    public static MatrixTheoryData<string, string> LossesAndOptimizers { get; } =
        new(Loss.All.Select(loss => loss.Name), ["sgd", "momentum", "nesterov"]);

    [Fact]
    public void Jump_is_where_a_thousand_steps_go() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, s_linear.Length - 1], Gen.Double[0.001, 0.9]).Sample(
            (problem, which, part) =>
            {
                var settings =
                    new GradientDescent(
                        Usable(problem.Rate(part, Loss.Mse, s_linear[which])))
                    { Optimizer = s_linear[which] };
                return settings.Train(problem.Start, problem.Fit, 1000)
                    .All(epoch => epoch.Steps % 37 != 1
                        || Distance(settings.Jump(problem.Start, problem.Fit, epoch.Steps), epoch)
                            <= 1e-12 * (1 + problem.Start.Norm + problem.Fit.Map.Norm));
            },
            iter: 40);

    [Fact]
    public void Jump_of_a_billion_steps_arrives_at_the_limit()
    {
        var problem = new TrainingProblem(TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1),
            AffineMap.Random(3, 2, new RandomSource(2)));
        foreach (var optimizer in s_linear)
        {
            var last =
                new GradientDescent(problem.Rate(0.5, Loss.Mse, optimizer)) { Optimizer = optimizer }.Jump(
                    problem.Start, problem.Fit, 1_000_000_000);
            Assert.False(last.Diverged);
            Assert.True((last.Map - problem.Fit.Map).Norm < 1e-15);
        }
    }

    [Fact]
    public void Jump_at_an_unstable_rate_diverges_and_keeps_a_finite_map()
    {
        var problem = new TrainingProblem(TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1),
            AffineMap.Random(3, 2, new RandomSource(2)));
        foreach (var optimizer in s_linear)
        {
            var last =
                new GradientDescent(problem.Rate(1.5, Loss.Mse, optimizer)) { Optimizer = optimizer }.Jump(
                    problem.Start, problem.Fit, 1_000_000_000);
            Assert.True(last.Diverged && double.IsFinite(last.Map.Norm));
        }
    }

    [Fact]
    public void Jump_without_a_closed_form_is_refused()
    {
        var problem = OptimizerTests.OnePoint();
        foreach (var settings in new[] { new GradientDescent(0.1) { Optimizer = Optimizer.Adam() },
            new GradientDescent(0.1) { Schedule = Schedule.Cosine(10) } })
        {
            Assert.False(settings.HasClosedForm);
            Assert.Contains("no closed form",
                Assert.Throws<ArgumentException>(() =>
                    settings.Jump(problem.Start, problem.Fit, 10)).Message);
        }
    }

    [Fact]
    public void Predicted_steps_are_those_taken_within_a_hundredth() =>
        Gen.Select(TrainingProblems.Any, Gen.Double[0.05, 0.9], Gen.Double[1, 6]).Sample(
            (problem, part, digits) =>
            {
                const int Most = 100_000;
                var plan = new LearningPlan(problem.Fit.Spectrum, Loss.Mean, problem.Moments.Rows,
                    problem.Moments.TargetCount);
                var rate = Usable(problem.Rate(part, Loss.Mean));
                var limit = problem.Fit.ClosestTo(problem.Start);
                var close = Math.Pow(10, -digits) * (problem.Start - limit).Norm;
                var predicted = plan.Path(problem.Start - limit, rate).StepsTo(close);
                if (predicted is 0 or > 0.99 * Most)
                {
                    return predicted == 0 ? (problem.Start - limit).Norm <= close : plan.SlowestFactor(rate) > 0.99;
                }

                var taken =
                    new GradientDescent(rate) { Loss = Loss.Mean }.Train(problem.Start, problem.Fit,
                        Most).First(epoch => (epoch.Map - limit).Norm <= close).Steps;
                return Math.Abs(taken - predicted) <= Math.Max(1, 0.01 * predicted);
            },
            iter: 40);

    [Theory]
    [MemberData(nameof(LossesAndOptimizers))]
    public void Rate_just_below_the_stable_one_converges_and_just_above_diverges(string lossName, string optimizerName)
    {
        var (loss, optimizer) =
            (Loss.All.Single(candidate => candidate.Name == lossName), OptimizerTests.Named(optimizerName));
        var problem = new TrainingProblem(TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1),
            AffineMap.Random(3, 2, new RandomSource(2)));
        Epoch Last(double part) =>
            new GradientDescent(problem.Rate(part, loss, optimizer)) { Loss = loss, Optimizer = optimizer }.Train(
                problem.Start, problem.Fit, 20_000).Last();
        var below = Last(0.99);
        Assert.False(below.Diverged);
        Assert.True((below.Map - problem.Fit.Map).Norm < 1e-10);
        Assert.True(Last(1.01).Diverged);
    }

    [Fact]
    public void At_a_stable_rate_the_loss_never_rises_and_above_it_that_is_noticed_within_20_steps() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, Loss.All.Count - 1], Gen.Double[0, 6]).Sample(
            (problem, which, power) =>
            {
                var loss = Loss.All[which];
                List<Epoch> Run(double part,
                    int steps) =>
                        [.. new GradientDescent(problem.Rate(part, loss)) { Loss = loss }.Train(problem.Start,
                            problem.Fit, steps)];
                if (!double.IsFinite(problem.Rate(1, loss)))
                {
                    return problem.Fit.Rank == 0;
                }

                var (below, above) = (Run(0.99, 300), Run(1 + Math.Pow(10, power - 2), 3000));
                return below.Count == 300
                    && below.Zip(below.Skip(1)).All(pair => pair.Second.Loss <= pair.First.Loss * (1 + 1e-13))
                    && above[^1].Diverged && double.IsFinite(above[^1].Map.Norm)
                    && above[^1].Steps - above.MinBy(epoch => epoch.Loss)!.Steps <= 20;
            },
            iter: 60);

    [Fact]
    public void Best_rate_is_better_than_its_neighbours() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, s_linear.Length - 1]).Sample((problem, which) =>
        {
            var plan = new LearningPlan(problem.Fit.Spectrum, Loss.Mse, problem.Moments.Rows,
                problem.Moments.TargetCount, optimizer: s_linear[which]);
            var best = plan.BestLearningRate;
            const double HalfTheDigits = 1e-7; // of a double root
            return plan.SlowestFactor(best)
                <= Math.Min(plan.SlowestFactor(0.99 * best), plan.SlowestFactor(1.01 * best)) + HalfTheDigits;
        });

    [Fact]
    public void Plan_of_an_optimizer_that_no_spectrum_decides_is_refused() =>
        Assert.Contains("adam",
            Assert.Throws<ArgumentException>(() =>
                new LearningPlan(OptimizerTests.OnePoint().Fit.Spectrum, Loss.Mse, 1, 3,
                    optimizer: Optimizer.Adam())).Message);

    private static double Distance(Epoch left, Epoch right) =>
        Math.Max((left.Map - right.Map).Norm, Math.Abs(left.Loss - right.Loss));

    /// <summary>Where the data teach nothing, any rate is stable.</summary>
    private static double Usable(double rate) => double.IsFinite(rate) ? rate : 1;
}

using Plumb.Cli;
using Plumb.Cli.Reports;
using Plumb.Cli.Training;

namespace Plumb.Tests;

/// <summary>
/// "Converged" is a claim that can be false: here it is judged by fractions, whatever the units, the offsets, the
/// method, or what lies beside a target.
/// </summary>
public sealed class ConvergenceLawTests
{
    private const int Problems = 500;
    private const double JustAbove = 1 + 1e-6; // of 1: what doubles lose
    private const long ManySteps = 1_000_000_000_000_000; // which are taken in closed form

    private static readonly string[] s_closed = ["sgd", "momentum", "nesterov"]; // which have closed forms

    [Fact]
    public async Task Converged_is_said_only_of_the_best_fit_and_explain_agrees()
    {
        var converged = new Dictionary<string, int>();
        var (others, exact) = (0, 0);
        for (var seed = 1; seed <= Problems; seed++)
        {
            var problem = ConvergenceProblem.Of(seed);
            if (await TrainFarAsync(problem) is not { } result)
            {
                continue; // losses beyond the range of doubles are refused
            }

            var train = new TrainingText(result).Verdict;
            var explain = Explanation.Of(result.Learned, result.Moments).Verdict;
            var says = train.StartsWith("Training has converged", StringComparison.Ordinal);
            Assert.True(result.Outcome != TrainingOutcome.Converged || says, $"{seed}: {train}");
            var agrees = says == explain.Contains("W and b are the best fit", StringComparison.Ordinal);
            Assert.True(result.Outcome == TrainingOutcome.Diverged || agrees, $"{seed}: {train} {explain}");
            if (!says)
            {
                others++;
                continue;
            }

            var kind = result.MostSteps == ManySteps ? problem.Method + " in jumps" : problem.Kind;
            converged[kind] = converged.GetValueOrDefault(kind) + 1;
            if (ExactJudge.Of(problem.Data) is not { } judge)
            {
                continue;
            }

            exact++;
            for (var t = 0; t < problem.Data.Targets.Columns; t++)
            {
                for (var j = 0; j <= problem.Data.Inputs.Columns; j++)
                {
                    var ratio = judge.Ratio(result.Learned, t, j);
                    Assert.True(ratio <= JustAbove,
                        $"{seed}, {problem.Kind}: parameter {j} of target {t} is at {ratio}");
                }
            }
        }

        Assert.True(others > 50 && exact > 100, $"{others} others, {exact} judged"); // or the test would show nothing
        bool Converged(string method) =>
            converged.Keys.Any(kind => kind.StartsWith(method + " ", StringComparison.Ordinal));
        // Whose decay keeps it away.
        Assert.All(ConvergenceProblem.Methods.Except(["adamw"]), method => Assert.True(Converged(method), method));
        Assert.Contains(converged.Keys, kind => kind.EndsWith("batches", StringComparison.Ordinal));
        Assert.Contains(converged.Keys, kind => kind.EndsWith("jumps", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Steps_that_are_advised_suffice()
    {
        var checkedCount = 0;
        for (var seed = 1; seed <= 100; seed++)
        {
            var problem = ConvergenceProblem.Of(seed) with { Method = s_closed[seed % 3], Batches = false, Steps = 0 };
            if (await TrainAsync(problem) is not { } start || start.Outcome == TrainingOutcome.Converged)
            {
                continue;
            }

            if (!(start.StepsToTolerance is < 20_000 or (> 1e9 and < 1e15)))
            {
                continue; // would take too long here, one by one
            }

            checkedCount++;
            var end = (await TrainAsync(problem with { Steps = (long)start.StepsToTolerance }))!;
            var verdict = new TrainingText(end).Verdict;
            Assert.True(end.Outcome == TrainingOutcome.Converged, $"{seed}: {start.StepsToTolerance} steps, {verdict}");
            Assert.True(end.Steps <= start.StepsToTolerance);
        }

        Assert.True(checkedCount > 30, $"{checkedCount}");
    }

    [Fact]
    public void Units_and_weights_change_no_status_and_no_ratio()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var (data, maps) = Near(seed);
            var random = new RandomSource(seed, 7);
            int[] Powers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextIndex(81) - 40)];
            var (inputs, targets) = (Powers(data.Inputs.Columns), Powers(data.Targets.Columns));
            var scaled = new Dataset(
                Matrix.Create(data.Rows, inputs.Length, (i, j) => Math.ScaleB(data.Inputs[i, j], inputs[j])),
                Matrix.Create(data.Rows, targets.Length, (i, t) => Math.ScaleB(data.Targets[i, t], targets[t])));
            RowWeights Alike(double weight) => RowWeights.Precisions([.. Enumerable.Repeat(weight, data.Rows)]);
            var weighted = new Dataset(data.Inputs, data.Targets) { Weights = Alike(1 << 20) };
            var ones = new Dataset(data.Inputs, data.Targets) { Weights = Alike(1) };
            var isIdentified = Fit(data).IsIdentified;
            foreach (var map in maps)
            {
                var other = new AffineMap(
                    Matrix.Create(
                        targets.Length,
                        inputs.Length,
                        (t, j) => Math.ScaleB(map.WeightsOf(t)[j], targets[t] - inputs[j])),
                    [.. map.Bias.ToArray().Select((value, t) => Math.ScaleB(value, targets[t]))]);
                var expected = Of(data, map);
                Assert.Equal(Statuses(expected), Statuses(Of(scaled, other)));
                if (isIdentified) // or the smallest weights depend on units, and their rounding shows
                {
                    var number = expected.ToEvidence().Number;
                    Assert.Equal(number, Of(scaled, other).ToEvidence().Number, 1e-12 * number);
                }

                Assert.Equal(Statuses(expected), Statuses(Of(weighted, map)));
                Assert.Equal(expected.Targets, Of(ones, map).Targets);
            }
        }
    }

    [Fact]
    public void Shifts_change_no_status()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new RandomSource(seed, 8);
            double Coarse() => Math.ScaleB(random.NextIndex(1 << 12) - (1 << 11), -9); // shifts of it are exact
            var (rows, inputs) = (8 + random.NextIndex(20), 1 + random.NextIndex(3));
            Matrix Columns(int count) => Matrix.Create(rows, count, (_, _) => Coarse());
            var data = new Dataset(Columns(inputs), Columns(2));
            double[] byInput = [.. Enumerable.Range(0, inputs).Select(_ => Math.ScaleB(1, random.NextIndex(16)))];
            double[] byTarget = [.. Enumerable.Range(0, 2).Select(_ => Math.ScaleB(1, random.NextIndex(16)))];
            var shifted = new Dataset(
                Matrix.Create(rows, inputs, (i, j) => data.Inputs[i, j] + byInput[j]),
                Matrix.Create(rows, 2, (i, t) => data.Targets[i, t] + byTarget[t]));
            var (fit, other) = (Fit(data), Fit(shifted));
            foreach (var errors in new[] { 0, 1e-4, 0.005, 0.02, 0.2, 100 })
            {
                // Along the first weight, the bias keeping the mean: so many standard errors, and the same move after
                // the shift.
                AffineMap Moved(LinearFit from, double[] shift)
                {
                    var mean = Mean(data, 0) + shift[0];
                    var move = new AffineMap(
                        Matrix.Create(2, inputs, (t, j) => j == 0 ? errors * fit.WeightErrors[t, 0] : 0),
                        [-errors * fit.WeightErrors[0, 0] * mean, -errors * fit.WeightErrors[1, 0] * mean]);
                    return from.Map + move;
                }

                var (before, after) = (Of(data, Moved(fit, new double[inputs])), Of(shifted, Moved(other, byInput)));
                Assert.Equal(Statuses(before), Statuses(after));
            }
        }
    }

    [Fact]
    public void Another_target_changes_nothing()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var (data, maps) = Near(seed);
            var random = new RandomSource(seed, 9);
            double Value(int i, int t) => t < data.Targets.Columns ? data.Targets[i, t] : 1e12 * random.NextNormal();
            var more = new Dataset(data.Inputs, Matrix.Create(data.Rows, data.Targets.Columns + 1, Value));
            foreach (var map in maps)
            {
                double Weight(int t, int j) => t < map.TargetCount ? map.WeightsOf(t)[j] : 1e6;
                var wider = new AffineMap(Matrix.Create(map.TargetCount + 1, map.InputCount, Weight), [.. map.Bias, 3]);
                Assert.Equal(Of(data, map).Targets, Of(more, wider).Targets.SkipLast(1));
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("nesterov")]
    [InlineData("cg")]
    [InlineData("lbfgs")]
    public async Task Training_ends_after_as_many_steps_in_any_units(string method)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var data = TrainingProblems.Noisy(20, 2, 1, seed % 2 == 0 ? 0.1 : 0, seed);
            int[] powers = [seed % 7 * 5 - 15, 12 - seed];
            var target = seed % 5 * 8 - 16;
            var scaled = new Dataset(
                Matrix.Create(20, 2, (i, j) => Math.ScaleB(data.Inputs[i, j], powers[j])),
                Matrix.Create(20, 1, (i, _) => Math.ScaleB(data.Targets[i, 0], target)));
            var start = AffineMap.Random(2, 1, new RandomSource(seed));
            var other = new AffineMap(
                Matrix.Create(1, 2, (_, j) => Math.ScaleB(start.WeightsOf(0)[j], target - powers[j])),
                [Math.ScaleB(start.Bias[0], target)]);
            var problem = new ConvergenceProblem(data, start, method, Batches: false, Standardize: true,
                Steps: 2000, seed);
            var one = (await TrainAsync(problem))!;
            var two = (await TrainAsync(problem with { Data = scaled, Start = other }))!;
            Assert.Equal((one.Outcome, one.Steps), (two.Outcome, two.Steps));
            Assert.Equal(Statuses(one.Convergence), Statuses(two.Convergence));
            Assert.Equal(TrainingOutcome.Converged, one.Outcome);
        }
    }

    /// <summary>The same; where it takes so many steps that they are taken in closed form, all of them.</summary>
    private static async Task<TrainingResult?> TrainFarAsync(ConvergenceProblem problem)
    {
        var result = await TrainAsync(problem);
        return !problem.Batches && result is { Outcome: TrainingOutcome.StepLimit, StepsToTolerance: > 2e9 and < 1e15 }
            ? await TrainAsync(problem with { Steps = ManySteps })
            : result;
    }

    /// <summary>Null where losses are beyond the range of doubles, or there is nothing to learn.</summary>
    private static async Task<TrainingResult?> TrainAsync(ConvergenceProblem problem)
    {
        var optimizer = Optimizer.All.FirstOrDefault(choice => choice.Name == problem.Method);
        var method = problem.IsAdaptive
            ? new TrainingMethod(problem.Method, optimizer, Schedule.Exponential(0.99), 0.1)
            : new TrainingMethod(problem.Method, optimizer, Schedule.Constant, null);
        using var run = new TrainingRun(
            new LoadedData(Moments.Of(problem.Data), problem.Data, []) { Design = Design.Of(problem.Data.Names) },
            new TrainingRequest(method, Loss.Mse)
            {
                BatchSize = problem.Batches ? 4 : null,
                Standardize = problem.Standardize,
            },
            new StopRule(problem.Steps))
        {
            Initial = problem.Start,
            Seed = problem.Seed,
        };
        try
        {
            return await run.RunAsync(new Progress(), TestContext.Current.CancellationToken);
        }
        catch (CommandException)
        {
            return null;
        }
    }

    /// <summary>Data, and maps near their best fit, each at another distance.</summary>
    private static (Dataset Data, AffineMap[] Maps) Near(int seed)
    {
        var problem = ConvergenceProblem.Of(seed);
        var (fit, random) = (Fit(problem.Data), new RandomSource(seed, 6));
        AffineMap[] moved =
            [.. new[] { 1e-17, 1e-13, 1e-8, 1e-4, 1e-2, 1 }.Select(part =>
                ConvergenceProblem.Moved(fit.Map, part, random))];
        return (problem.Data, [fit.Map, .. moved]);
    }

    private static double Mean(Dataset data, int input) =>
        Enumerable.Range(0, data.Rows).Average(i => data.Inputs[i, input]);

    private static LinearFit Fit(Dataset data) => new LeastSquares().Fit(Moments.Of(data));

    private static Convergence Of(Dataset data, AffineMap map) => Convergence.Of(map, Fit(data));

    private static ConvergenceStatus[] Statuses(Convergence convergence) =>
        [.. convergence.Targets.Select(target => target.Status)];
}

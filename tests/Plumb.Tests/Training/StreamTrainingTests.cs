namespace Plumb.Tests;

/// <summary>Training on fresh rows, from a generator or a stream.</summary>
public sealed class StreamTrainingTests
{
    [Fact]
    public void Where_blocks_end_makes_no_difference_to_the_map() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[1, 5], Gen.Int[1, 7], Gen.Int[0, OptimizerTests.s_chains.Length - 1])
            .Sample((problem, batch, block, chain) =>
        {
            var settings = Settings(problem, batch, chain);
            var byHand = settings.Start(problem.Start);
            foreach (var rows in Blocks(problem.Data, 0, batch))
            {
                byHand.Step(rows);
            }

            var last = settings.Train(problem.Start, Blocks(problem.Data, 0, block)).Last();
            return last.Steps == byHand.Steps && last.Map.Equals(byHand.Map);
        });

    [Fact]
    public async Task Asynchronous_stream_trains_as_a_generator_does()
    {
        var data = TrainingProblems.Noisy(70, 3, 2, 0.1, seed: 1);
        var settings = new GradientDescent(0.1) { BatchSize = 8 };
        var expected = settings.Train(AffineMap.Zero(3, 2), Blocks(data, 0, 11))
            .Select(epoch => (epoch.Steps, epoch.Loss, epoch.Map)).ToList();
        var found = new List<(long, double, AffineMap)>();
        await foreach (var epoch in settings.TrainAsync(AffineMap.Zero(3, 2), Blocks(data, 0, 11).ToAsyncEnumerable(),
            cancellationToken: TestContext.Current.CancellationToken))
        {
            found.Add((epoch.Steps, epoch.Loss, epoch.Map));
        }

        Assert.Equal(expected, found);
        // After each block, and the last 6 rows as a smaller batch.
        Assert.Equal([1, 2, 4, 5, 6, 8, 9], found.Select(epoch => epoch.Item1));
    }

    [Fact]
    public void Resumed_stream_equals_an_uninterrupted_one_to_the_bit() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[1, 3], Gen.Int[0, OptimizerTests.s_chains.Length - 1])
            .Sample((problem, batch, chain) =>
        {
            var settings = Settings(problem, batch, chain) with { ReportEvery = 1 };
            var epochs = settings.Train(problem.Start, Blocks(problem.Data, 0, 4))
                .Select(epoch => (epoch.Steps, epoch.Loss, epoch.Map, Checkpoint: epoch.ToCheckpoint())).ToList();
            var middle = epochs[epochs.Count / 2];
            var rest =
                settings.Train(problem.Start, Blocks(problem.Data, (int)middle.Steps * batch, 5),
                    from: middle.Checkpoint).Select(epoch => (epoch.Steps, epoch.Loss, epoch.Map));
            return rest.SequenceEqual(
                epochs.Where(epoch => epoch.Steps > middle.Steps)
                    .Select(epoch => (epoch.Steps, epoch.Loss, epoch.Map)));
        });

    [Fact]
    public void Checkpoint_of_another_batch_size_is_refused()
    {
        var data = TrainingProblems.Noisy(20, 3, 2, 0.1, seed: 1);
        var saved = new GradientDescent(0.01) { BatchSize = 4 }.Train(AffineMap.Zero(3, 2), Blocks(data, 0, 20)).Last()
            .ToCheckpoint();
        var refusal =
            Assert.Throws<ArgumentException>(() =>
                new GradientDescent(0.01) { BatchSize = 5 }.Train(AffineMap.Zero(3, 2), Blocks(data, 0, 20),
                    from: saved));
        Assert.Contains("made with batch 4, but this training has batch 5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fresh_points_lead_to_the_truth_and_the_distance_says_when_to_stop()
    {
        var truth = AffineMap.Random(3, 3, new RandomSource(1));
        var epochs =
            new GradientDescent(0.1) { Loss = Loss.Sum, BatchSize = 1 }.Train(
                AffineMap.Random(3, 3, new RandomSource(2)), FreshPoints(truth), 100_000)
                .TakeWhile(epoch => (epoch.Map - truth).Norm > 1e-12).ToList();
        Assert.InRange(epochs[^1].Steps, 1000, 20_000);
        Assert.All(epochs, epoch => Assert.False(epoch.Diverged));
    }

    [Fact]
    public void Rate_too_large_ends_an_endless_stream_with_a_finite_map()
    {
        var last =
            new GradientDescent(10) { Loss = Loss.Sum, BatchSize = 1 }.Train(AffineMap.Zero(3, 3),
                FreshPoints(AffineMap.Random(3, 3, new RandomSource(1)))).Last();
        Assert.True(last.Diverged && double.IsFinite(last.Map.Norm));
        Assert.InRange(last.Steps, 1, 20);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_map_and_resumes()
    {
        var split = HeldOut.Split(TrainingProblems.Noisy(40, 8, 1, 0.5, seed: 1), 0.4, seed: 1);
        var start = AffineMap.Zero(8, 1);
        var judge = new LossFunction(Loss.Mse, Moments.Of(split.Judging));
        var (whole, interrupted, resumed) =
            (new EarlyStopping(judge, 5, start), new EarlyStopping(judge, 5, start),
                new EarlyStopping(judge, 5, start));
        var epochs = new GradientDescent(0.05) { BatchSize = 4 }.Train(start, split.Training, 6000).ToList();
        foreach (var epoch in epochs.TakeWhile(_ => !whole.ShouldStop))
        {
            whole.Observe(epoch.Steps, epoch.Map);
        }

        Assert.True(whole.ShouldStop);
        Assert.Equal(epochs.TakeWhile(epoch => epoch.Steps <= whole.BestStep).Min(epoch => judge.Of(epoch.Map)),
            whole.LeastLoss);
        foreach (var epoch in epochs)
        {
            var watch = epoch.Steps <= whole.BestStep ? interrupted : resumed;
            if (watch == resumed && resumed.BestStep == 0)
            {
                resumed.Restore(interrupted.AddTo(new Checkpoint([], epoch.Steps)));
            }

            if (!watch.ShouldStop)
            {
                watch.Observe(epoch.Steps, epoch.Map);
            }
        }

        Assert.Equal((whole.BestStep, whole.LeastLoss, whole.Best, whole.ShouldStop),
            (resumed.BestStep, resumed.LeastLoss, resumed.Best, resumed.ShouldStop));
    }

    private static GradientDescent Settings(TrainingProblem problem, int batch, int chain) =>
        new(problem.Rate(0.01, Loss.Sum))
        {
            Optimizer = OptimizerTests.s_chains[chain],
            Loss = Loss.Sum,
            BatchSize = batch
        };

    private static IEnumerable<Dataset> Blocks(Dataset data, int from, int size)
    {
        for (var first = from; first < data.Rows; first += size)
        {
            var (start, rows) = (first, Math.Min(size, data.Rows - first));
            yield return new Dataset(
                Matrix.Create(rows, data.Inputs.Columns, (i, j) => data.Inputs[start + i, j]),
                Matrix.Create(rows, data.Targets.Columns, (i, t) => data.Targets[start + i, t]));
        }
    }

    private static IEnumerable<Dataset> FreshPoints(AffineMap truth)
    {
        var random = new RandomSource(3);
        while (true)
        {
            var x = Matrix.Create(50, truth.InputCount, (_, _) => random.NextDouble());
            yield return new Dataset(x,
                Matrix.Create(50, truth.TargetCount, (i, t) => truth.Apply(x.Row(i).ToArray())[t]));
        }
    }
}

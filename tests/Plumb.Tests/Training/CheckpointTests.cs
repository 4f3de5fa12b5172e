namespace Plumb.Tests;

/// <summary>Training that was interrupted continues to the same bits.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public void Resumed_training_in_batches_equals_uninterrupted_training_to_the_bit() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, OptimizerTests.s_chains.Length - 1], Gen.Int[1, 5], Gen.Long[1, 59])
            .Sample((problem, chain, batch, stop) =>
        {
            var settings =
                new GradientDescent(problem.Rate(0.01, Loss.Sum))
                {
                    Optimizer = OptimizerTests.s_chains[chain],
                    Loss = Loss.Sum,
                    BatchSize = batch,
                    ReportEvery = stop,
                    Schedule = Schedule.Cosine(100).After(20)
                };
            var whole = settings.Train(problem.Start, problem.Data, 60).Last();
            var saved =
                Saved(
                    settings.Train(problem.Start, problem.Data, 60).First(epoch => epoch.Steps == stop).ToCheckpoint());
            var rest = settings.Train(problem.Start, problem.Data, 60, saved).Last();
            return (rest.Steps, rest.Loss, rest.Map).Equals((whole.Steps, whole.Loss, whole.Map));
        });

    [Fact]
    public void Resumed_training_on_moments_equals_uninterrupted_training_to_the_bit() =>
        Gen.Select(TrainingProblems.Any, Gen.Int[0, OptimizerTests.s_chains.Length - 1], Gen.Long[1, 59])
            .Sample((problem, chain, stop) =>
        {
            var settings =
                new GradientDescent(problem.Rate(0.01, Loss.Sum))
                {
                    Optimizer = OptimizerTests.s_chains[chain],
                    Loss = Loss.Sum
                };
            var whole = settings.Train(problem.Start, problem.Fit, 60).Last();
            var saved =
                Saved(
                    settings.Train(problem.Start, problem.Fit, 60).First(epoch => epoch.Steps == stop)
                        .ToCheckpoint());
            var rest = settings.Train(problem.Start, problem.Fit, 60, saved).Last();
            return (rest.Steps, rest.Loss, rest.Map).Equals((whole.Steps, whole.Loss, whole.Map));
        });

    [Fact]
    public void Resumed_trainer_equals_uninterrupted_one_to_the_bit()
    {
        var data = TrainingProblems.Noisy(40, 3, 2, 0.1, seed: 1);
        foreach (var optimizer in OptimizerTests.s_chains)
        {
            var settings = new GradientDescent(0.01) { Optimizer = optimizer };
            var trainer = settings.Start(AffineMap.Zero(3, 2));
            Feed(trainer, 0, 17);
            var resumed = settings.Resume(AffineMap.Zero(3, 2), Saved(trainer.ToCheckpoint()));
            Feed(trainer, 17, 40);
            Feed(resumed, 17, 40);
            Assert.Equal((40L, trainer.Map), (resumed.Steps, resumed.Map));
        }

        void Feed(Trainer trainer, int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                trainer.Step(data.Inputs.Row(i), data.Targets.Row(i));
            }
        }
    }

    [Fact]
    public void Other_settings_data_or_start_are_refused_by_name()
    {
        var data = TrainingProblems.Noisy(20, 3, 2, 0.1, seed: 1);
        var start = AffineMap.Zero(3, 2);
        var settings = new GradientDescent(0.01) { BatchSize = 4 };
        var saved = settings.Train(start, data, 10).First().ToCheckpoint();
        string Refusal(GradientDescent other, AffineMap initial,
            Dataset rows) =>
                Assert.Throws<ArgumentException>(() => other.Train(initial, rows, 20, saved).Last()).Message;
        Assert.Contains("made with optimizer sgd, but this training has optimizer adam",
            Refusal(settings with { Optimizer = Optimizer.Adam() }, start, data));
        Assert.Contains("made with learning rate 0.01, but this training has learning rate 0.02",
            Refusal(settings with { LearningRate = 0.02 }, start, data));
        Assert.Contains("made with batch 4, but this training has batch 5",
            Refusal(settings with { BatchSize = 5 }, start, data));
        Assert.Contains("made with seed 1, but this training has seed 2",
            Refusal(settings with { Seed = 2 }, start, data));
        Assert.Contains("made with loss mse, but this training has loss sum",
            Refusal(settings with { Loss = Loss.Sum }, start, data));
        Assert.Contains("made with schedule constant, but this training has schedule cosine:9",
            Refusal(settings with { Schedule = Schedule.Cosine(9) }, start, data));
        Assert.Contains("made with another start",
            Refusal(settings, AffineMap.Random(3, 2, new RandomSource(1)), data));
        Assert.Contains("made with other data",
            Refusal(settings, start, TrainingProblems.Noisy(20, 3, 2, 0.1, seed: 2)));
    }

    [Fact]
    public void Load_refuses_every_single_damaged_byte_and_every_truncation()
    {
        var bytes =
            Bytes(
                new GradientDescent(0.1) { Optimizer = Optimizer.Momentum() }.Start(AffineMap.Zero(1, 1))
                    .ToCheckpoint());
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[i] ^= 1;
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream(bytes[..i])));
        }

        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(new MemoryStream([.. bytes, 0])));
    }

    private static Checkpoint Saved(Checkpoint checkpoint) => Checkpoint.Load(new MemoryStream(Bytes(checkpoint)));

    private static byte[] Bytes(Checkpoint checkpoint)
    {
        using var stream = new MemoryStream();
        checkpoint.Save(stream);
        return stream.ToArray();
    }
}

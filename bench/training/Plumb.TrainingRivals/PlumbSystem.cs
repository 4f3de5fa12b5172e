using System.Diagnostics;
using System.Globalization;

namespace Plumb.TrainingRivals;

/// <summary>Through the public trainer.</summary>
internal static class PlumbSystem
{
    private const int ManySteps = 10_000;

    public static void Run(string folder, string results)
    {
        Row(folder, results);
        Batch(folder, results);
        Full(folder, results);
    }

    private static void Row(string folder, string results)
    {
        var (task, data) = (TrainingTask.Row, TrainingTask.Row.Read(folder));
        var settings = new GradientDescent(task.Rate) { Loss = Loss.Mean };
        Contest.Measure(results, task, "Plumb", task.Steps, () =>
        {
            var trainer = settings.Start(AffineMap.Zero(task.Inputs, task.Targets));
            for (var step = 0; step < task.Steps; step++)
            {
                trainer.Step(data.Inputs.Row(step), data.Targets.Row(step));
            }

            return Contest.Sum(trainer.Map);
        });
    }

    private static void Batch(string folder, string results)
    {
        var (task, data) = (TrainingTask.Batch, TrainingTask.Batch.Read(folder));
        var settings = new GradientDescent(task.Rate) { Loss = Loss.Mean };
        Contest.Measure(results, task, "Plumb", task.Steps, () =>
        {
            var trainer = settings.Start(AffineMap.Zero(task.Inputs, task.Targets));
            for (var step = 0; step < task.Steps; step++)
            {
                trainer.Step(data);
            }

            return Contest.Sum(trainer.Map);
        });
    }

    /// <summary>One pass for the moments, then steps that do not see the rows.</summary>
    private static void Full(string folder, string results)
    {
        var (task, data) = (TrainingTask.Full, TrainingTask.Full.Read(folder));
        var start = AffineMap.Zero(task.Inputs, task.Targets);
        var settings = new GradientDescent(task.Rate) { Loss = Loss.Mean, ReportEvery = ManySteps };
        var clock = Stopwatch.GetTimestamp();
        var fit = new LeastSquares().Fit(Moments.Of(data));
        var pass = Stopwatch.GetElapsedTime(clock).TotalNanoseconds;
        Contest.Measure(results, task, "Plumb", ManySteps,
            () => Contest.Sum(settings.Train(start, fit, ManySteps).Last().Map),
            Contest.Sum(settings.Train(start, fit, task.Steps).Last().Map));
        Contest.Measure(results, task, "Plumb, in closed form", ManySteps,
            () => Contest.Sum(settings.Jump(start, fit, ManySteps).Map),
            Contest.Sum(settings.Jump(start, fit, task.Steps).Map));
        File.AppendAllText(results, string.Create(CultureInfo.InvariantCulture, $"pass\tPlumb\t{pass:R}\t0\n"));
    }
}

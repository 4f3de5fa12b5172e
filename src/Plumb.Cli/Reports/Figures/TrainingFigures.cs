using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>A training run in pictures: the loss against its prediction, and the directions.</summary>
internal static class TrainingFigures
{
    private const int MostPoints = 160; // of a predicted curve
    private const double Beyond = 10; // times the steps taken, at most

    public static IEnumerable<PageFigure> Of(TrainingResult result)
    {
        if (result.History.Count > 1)
        {
            yield return Losses(result);
        }

        // Of momentum, and of batches near the best fit, the picture would not be true.
        if (result.Task.BatchSize is null && result.Path is not null && result.Method.Linear!.Stages.Count == 0)
        {
            foreach (var figure in SpectrumFigure.Of(result.Task.Fit, result.Plan, result.Rate, "rate"))
            {
                yield return figure;
            }
        }
    }

    private static LossCurve Losses(TrainingResult result)
    {
        // Batches leave more loss than their mean map has.
        var losses = result.Task.IsStandardized || result.Task.BatchSize is not null || result.Settings is null ? null
            : result.Task.LossPath(result.Settings);
        var path = result.Task.IsStandardized ? null : result.Path;
        double[] steps =
        [
            .. Steps(result).Concat(result.History.Select(at => (double)at.Step)).Where(step => step > 0).Distinct()
                .Order(),
        ];
        var least = losses is null ? 0 : result.LeastLoss; // an exact sum: found once
        var caption = path is null ? "Dots are measured." : result.Task.BatchSize is null
            ? "Dots are measured, lines are what the spectrum of the data predicts."
            : "Dots are measured, the line is the distance that the spectrum of the data predicts in the mean.";
        return new LossCurve("Loss and distance", caption + " The loss can be nearly at its smallest while W and b are "
            + "still far from their limit.",
            [.. result.History.Select(at => new CurvePoint(at.Step, at.Loss))],
            losses is null ? [] : [.. steps.Select(step => new CurvePoint(step,
                least + Square(losses.DistanceAfter(step))))])
        {
            Distance = [.. result.History.Select(at => new CurvePoint(at.Step, at.Distance))],
            PredictedDistance = path is null ? [] :
                [.. steps.Select(step => new CurvePoint(step, path.DistanceAfter(step)))],
        };
    }

    private static double Square(double value) => value * value;

    /// <summary>From the first step to the last, or on to where training would have converged.</summary>
    private static IEnumerable<double> Steps(TrainingResult result)
    {
        var most = Math.Max(1.0, result.StepsTaken);
        var last = double.IsFinite(result.StepsToTolerance)
            ? Math.Clamp(result.StepsToTolerance, most, Beyond * most) : most;
        var growth = Math.Max(1.01, Math.Pow(last, 1.0 / MostPoints));
        for (var step = 1.0; step < last; step = Math.Max(step + 1, Math.Floor(step * growth)))
        {
            yield return step;
        }

        yield return last;
    }
}

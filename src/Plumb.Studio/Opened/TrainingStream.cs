using System.Diagnostics;

namespace Plumb.Studio;

/// <summary>Trains with full batches, and tells of few of the steps: ever fewer, as they grow many.</summary>
internal static class TrainingStream
{
    private const double Ratio = 1.05; // of one told step and the next: 260 of them for a million
    private const int Between = 64; // steps, between looks at the clock
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5); // at most, where steps take long

    /// <summary>The steps that are told of, the start not among them.</summary>
    /// <param name="ground">What is trained on.</param>
    /// <param name="question">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static IEnumerable<Epoch> Told(TrainingGround ground, TrainingQuestion question,
        CancellationToken cancellationToken)
    {
        var settings = new GradientDescent(question.Rate)
        {
            Loss = TrainingGround.Loss,
            Bias = ground.Fit.Settings.Bias,
        };
        var (next, last) = (1L, Stopwatch.GetTimestamp());
        foreach (var epoch in settings.Train(ground.Start, ground.Fit, question.Steps))
        {
            var isLate = false;
            if (epoch.Steps % Between == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                isLate = Stopwatch.GetElapsedTime(last) > s_pause;
            }

            if (epoch.Steps >= next || isLate || epoch.Diverged || epoch.Steps == question.Steps)
            {
                (next, last) = (Math.Max(epoch.Steps + 1, (long)Math.Ceiling(epoch.Steps * Ratio)),
                    Stopwatch.GetTimestamp());
                yield return epoch;
            }
        }
    }
}

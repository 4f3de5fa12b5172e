using System.Diagnostics;
using System.Globalization;

namespace Plumb.TrainingRivals;

/// <summary>
/// Runs one contender again and again, and writes a line: task, system, nanoseconds a step (median), the sum of W and b
/// after the task's steps.
/// </summary>
internal static class Contest
{
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(0.5);
    private const int Runs = 7;

    /// <param name="results">The file that the line is added to.</param>
    /// <param name="task">The task.</param>
    /// <param name="system">The contender.</param>
    /// <param name="steps">The steps of one call.</param>
    /// <param name="train">Trains from 0 and returns the sum of W and b.</param>
    /// <param name="check">The sum after the task's own steps, where those of a call are others.</param>
    public static void Measure(string results, TrainingTask task, string system, int steps, Func<double> train,
        double? check = null)
    {
        var sum = train(); // warm
        var calls = 1;
        TimeSpan Time()
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
            {
                sum = train();
            }

            return Stopwatch.GetElapsedTime(start);
        }

        while (Time() < s_least)
        {
            calls *= 2;
        }

        var times = Enumerable.Range(0, Runs).Select(_ => Time().TotalNanoseconds / calls / steps).Order().ToArray();
        File.AppendAllText(results,
            string.Create(CultureInfo.InvariantCulture,
                $"{task.Name}\t{system}\t{times[Runs / 2]:R}\t{check ?? sum:R}\n"));
    }

    public static double Sum(AffineMap map)
    {
        var sum = 0.0;
        foreach (var value in map.Weights.Values)
        {
            sum += value;
        }

        foreach (var value in map.Bias)
        {
            sum += value;
        }

        return sum;
    }
}

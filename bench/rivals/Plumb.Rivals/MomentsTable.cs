using System.Diagnostics;
using System.Globalization;
using Plumb.Bench;

namespace Plumb.Rivals;

/// <summary>
/// Exact moments beside OpenBLAS, a plain loop and the machine's limit: in every round each contestant runs once, so
/// that a disturbance meets all,
/// and the median of the rounds counts.
/// </summary>
internal static class MomentsTable
{
    /// <summary>
    /// Writes a line for each size: columns, values, rows, then nanoseconds a multiply-add of the plain product: exact
    /// moments and dsyrk each on one thread and on all, the loop, the limit.
    /// </summary>
    public static void Measure(string results, bool quick)
    {
        using var writer = File.CreateText(results);
        writer.WriteLine($"openblas\t{OpenBlas.Description}");
        writer.WriteLine(FormattableString.Invariant($"gemm\t{Gemm(quick ? 500 : 2000):R}"));
        foreach (var columns in (int[])[12, 111, 500])
        {
            foreach (var values in (string[])["uniform", "normal"])
            {
                var rows = new SampleRows((quick ? 1_200_000 : columns < 100 ? 12_000_000 : 36_000_000) / columns,
                    columns, values == "normal");
                var times = Times(rows, rounds: quick ? 3 : 9);
                var nanoseconds = times.Select(time => (time * 1e9).ToString("R", CultureInfo.InvariantCulture));
                writer.WriteLine(
                    string.Create(CultureInfo.InvariantCulture,
                        $"{columns}\t{values}\t{rows.Count}\t{string.Join('\t', nanoseconds)}"));
            }
        }
    }

    /// <summary>Nanoseconds a multiply-add of OpenBLAS's dgemm on one thread: the peak must not be slower.</summary>
    private static double Gemm(int size)
    {
        var random = new RandomSource(1);
        double[] Square() => [.. Enumerable.Range(0, size * size).Select(_ => random.NextDouble())];
        var (left, right, product) = (Square(), Square(), new double[size * size]);
        double[] seconds =
            [.. Enumerable.Range(0, 7)
                .Select(_ => TimeOfBlas(() => OpenBlas.Gemm(left, right, size, product, threads: 1)))];
        return Median(seconds) / ((double)size * size * size) * 1e9;
    }

    /// <summary>Seconds a multiply-add, one a contestant.</summary>
    private static double[] Times(SampleRows rows, int rounds)
    {
        var sums = new double[rows.Columns * rows.Columns];
        Func<double>[] contestants =
        [
            () => Time(() => rows.ExactMoments(threads: 1)),
            () => Time(() => rows.ExactMoments()),
            () => TimeOfBlas(() => OpenBlas.Syrk(rows.Together, rows.Count, rows.Columns, sums, threads: 1)),
            () =>
                TimeOfBlas(() =>
                    OpenBlas.Syrk(rows.Together, rows.Count, rows.Columns, sums, Environment.ProcessorCount)),
            () => Time(() => PlainProduct.Add(rows.Together, rows.Columns, sums)),
            () => Time(() => MultiplyAddPeak.Run(rows.MultiplyAdds, out _)),
        ];
        var seconds = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++) // the first warms up
        {
            for (var k = 0; k < contestants.Length; k++)
            {
                var time = contestants[k]() / rows.MultiplyAdds;
                if (round >= 0)
                {
                    seconds[k][round] = time;
                }
            }
        }

        return [.. seconds.Select(Median)];
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>NaN where OpenBLAS is not installed.</summary>
    private static double TimeOfBlas(Action action) => OpenBlas.IsHere ? Time(action) : double.NaN;

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}

using System.Diagnostics;
using System.Globalization;

namespace Plumb.Rivals;

/// <summary>Whole fits by a .NET system, measured as rivals.py and rivals.R measure theirs.</summary>
internal static class Fits
{
    private const double LongRun = 20; // seconds: not repeated

    /// <summary>Fits each problem and adds a line to the results.</summary>
    public static void Run(string system, string results, IEnumerable<string> folders)
    {
        foreach (var folder in folders)
        {
            var problem = Problem.Open(folder);
            string[] line;
            try
            {
                line = Measure(system, problem);
            }
            catch (NotSupportedException error)
            {
                line = ["failed", "", "", "not asked: " + error.Message];
            }
            catch (Exception error) when (error is not OutOfMemoryException) // what the user would see is the result
            {
                line = ["failed", "", "", $"{error.GetType().Name}: {error.Message}"];
            }

            File.AppendAllText(results,
                string.Join('\t',
                    new[] { problem.Name, system }.Concat(line)
                        .Select(field => field.ReplaceLineEndings(" ").Replace('\t', ' '))) + "\n");
        }
    }

    private static string[] Measure(string system, Problem problem)
    {
        var fit = Prepare(system, problem);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        File.WriteAllText("/proc/self/clear_refs", "5"); // forgets the highest memory so far
        var before = Resident("VmRSS");
        var seconds = new List<double>();
        Answer answer;
        do
        {
            var start = Stopwatch.GetTimestamp();
            answer = fit();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        while (seconds[0] <= LongRun && (seconds.Count < 3 || (seconds.Sum() < 3 && seconds.Count < 15)));

        var memory = Resident("VmHWM") - before;
        problem.WriteCoefficients(system, answer.Coefficients);
        return ["ok", string.Join(',', seconds.Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
            memory.ToString(CultureInfo.InvariantCulture), answer.Said];
    }

    private static Func<Answer> Prepare(string system, Problem problem) => system switch
    {
        "plumb" => PlumbSystem.Prepare(problem),
        "mathnet-qr" => MathNetSystem.PrepareQr(problem),
        "mathnet-normal" => MathNetSystem.PrepareNormalEquations(problem),
        "mlnet-sdca" => MlNetSystem.Prepare(problem),
        _ => throw new ArgumentException($"'{system}' is none of plumb, mathnet-qr, mathnet-normal, mlnet-sdca."),
    };

    private static long Resident(string field) =>
        1024
            * long.Parse(
                File.ReadLines("/proc/self/status")
                    .First(line => line.StartsWith(field + ":", StringComparison.Ordinal)).Split((char[]?)null,
                        StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

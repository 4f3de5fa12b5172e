using System.Globalization;

namespace Plumb.Rivals;

/// <summary>A line of results, written by one of the programs that fit or by the script that stopped it.</summary>
/// <param name="Problem">The problem's name.</param>
/// <param name="System">The system's.</param>
/// <param name="Outcome">ok, failed, or limit where the time ran out.</param>
/// <param name="Seconds">Each run's.</param>
/// <param name="Memory">The most resident memory of the process during the runs, less that just before them, in
/// bytes.</param>
/// <param name="Said">Warnings, messages, ranks.</param>
internal sealed record FitResult(string Problem, string System, string Outcome, IReadOnlyList<double> Seconds,
    double Memory, string Said)
{
    /// <summary>The median of the runs.</summary>
    public double Time => Seconds.Order().ElementAt(Seconds.Count / 2);

    public static FitResult[] ReadAll(string path) => [.. File.ReadLines(path).Select(Parse)];

    private static FitResult Parse(string line)
    {
        var fields = line.Split('\t');
        return new FitResult(fields[0], fields[1], fields[2],
            [.. fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)],
            fields[4].Length > 0 ? Number(fields[4]) : double.NaN, fields[5]);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

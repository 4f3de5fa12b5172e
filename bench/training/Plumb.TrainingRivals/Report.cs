using System.Globalization;
using System.Text;

namespace Plumb.TrainingRivals;

/// <summary>
/// Writes docs/training-benchmarks.md from what a run left in its folder: machine.txt and results.tsv.
/// </summary>
internal static class Report
{
    private const double Agreement = 1e-9; // of the sums of W and b, for 64 bits
    private const double SingleAgreement = 1e-3;

    public static string Of(string folder, string date)
    {
        var results = File.ReadAllLines(Path.Combine(folder, "results.tsv")).Select(line => line.Split('\t'))
            .Select(fields =>
                new Result(fields[0], fields[1], Number(fields[2]), Number(fields[3]),
                    fields.Length > 4 ? fields[4] : "")).ToList();
        var peak = 1 / results.Single(result => result.Task == "peak").Nanoseconds; // multiply-adds a nanosecond
        var batch = TrainingTask.Batch;
        var least = 2.0 * batch.Rows * batch.Inputs * batch.Targets / peak / 1000;
        var pass = results.Single(result => result.Task == "pass").Nanoseconds;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <!-- Written by bench/training/run; do not edit. To write it again: bench/training/run -->
            # How fast training is

            Measured on {date} in one run on one machine. To repeat it on a Debian machine: `bench/training/run`, which installs the rivals; `bench/training/run --help` says more.

            {File.ReadAllText(Path.Combine(folder, "machine.txt")).Trim()}

            Everyone trains y = W x + b on the same rows, from zeros, by plain gradient descent on the mean over rows of |r|^2, with all the threads it wants; Plumb and the plain loop take one.
            Times are medians of several runs after a first one. "W and b": whether their sum after the steps is Plumb's, to {Agreement} ({SingleAgreement} for 32 bits), so that all have done the same work.

            ## One fresh row a step, W 3x3, {TrainingTask.Row.Steps:N0} steps

            Sequential, 64 bits unless said. Plumb: `Trainer.Step(x, y)`, as anyone calls it.


            """);
        Append(text, results, "row", 1, "ns a step");
        text.Append(CultureInfo.InvariantCulture, $"""

            ## {batch.Rows} rows per step, W {batch.Targets}x{batch.Inputs}

            One core of this machine does {2 * peak:F1} GFLOP/s in multiply-adds in registers, so that no step on one core can take less than {least:F0} us; Plumb's takes {Time(results, "batch") / 1000:F0} us, {100 * least / (Time(results, "batch") / 1000):F0} % of that speed.


            """);
        Append(text, results, "batch", 1000, "us a step");
        text.Append(CultureInfo.InvariantCulture, $"""

            ## All of {TrainingTask.Full.Rows:N0} rows per step, {TrainingTask.Full.Inputs} inputs

            Plumb reads the rows once, for their exact moments and the fit ({pass / 1e9:F2} s), and its steps do not see them: 10,000 steps take {1e4 * Time(results, "full") / 1e6:F1} ms more. The closed form gives any step at once; its time is that of a call, over 10,000 steps.
            10,000 steps of the others are reckoned from {TrainingTask.Full.Steps}.


            """);
        Append(text, results, "full", 1000, "us a step", ", 10,000 steps with the pass (s)",
            result =>
                " | "
                    + Short(
                        ((result.System.StartsWith("Plumb", StringComparison.Ordinal) ? pass : 0)
                            + 1e4 * result.Nanoseconds) / 1e9));
        return text.ToString();
    }

    private static void Append(StringBuilder text, List<Result> all, string task, double unit, string heading,
        string more = "", Func<Result, string>? cells = null)
    {
        var extra = more.Length > 0 ? " | " + more.TrimStart(',', ' ') : "";
        text.Append(CultureInfo.InvariantCulture,
            $"| system | {heading} | times Plumb's{extra} | W and b |\n|---|---|---{(more.Length > 0 ? "|---" : "")}"
                + $"|---|\n");
        var results = all.Where(result => result.Task == task).ToList();
        var plumb = results[0];
        foreach (var result in results)
        {
            if (result.Said.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {result.System} | {result.Said} | {(more.Length > 0 ? "| " : "")}| |\n");
                continue;
            }

            var tolerance = result.System.Contains("32 bits", StringComparison.Ordinal) ? SingleAgreement : Agreement;
            var agreement = Math.Abs(result.Sum - plumb.Sum) <= tolerance * Math.Abs(plumb.Sum) ? "the same"
                : FormattableString.Invariant($"differ: {result.Sum:R} and {plumb.Sum:R}");
            text.Append(CultureInfo.InvariantCulture,
                $"| {result.System} | {Short(result.Nanoseconds / unit)} | "
                    + $"{Short(result.Nanoseconds / plumb.Nanoseconds)}{cells?.Invoke(result)} | "
                    + $"{agreement} |\n");
        }
    }

    /// <summary>Three digits.</summary>
    private static string Short(double value) =>
        value.ToString(value >= 100 ? "N0" : value >= 10 ? "F1" : value >= 1 ? "F2" : value >= 0.1 ? "F3" : "G3",
            CultureInfo.InvariantCulture);

    private static double Time(List<Result> results, string task) =>
        results.First(result => result.Task == task).Nanoseconds;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Result(string Task, string System, double Nanoseconds, double Sum, string Said);
}

using System.Globalization;
using System.Text;

namespace Plumb.Reading;

/// <summary>Makes the page of what bench/reading/run measured.</summary>
internal static class Report
{
    private const string Reference = "plumb";

    private static readonly (string Name, string Text)[] s_systems =
    [
        ("plumb", "Plumb, `plumb fit --no-second-look`"),
        ("plumb-look", "Plumb, `plumb fit`: a second look at every row"),
        ("plumb-decimal", "Plumb, `--numbers decimal`"),
        ("plumb-one", "Plumb, on one core"),
        ("plumb-library", "Plumb, the library"),
        ("duckdb", "DuckDB, sums of products"),
        ("polars", "polars, sums of products"),
        ("r-crossprod", "R, `fread` + `crossprod`"),
        ("r-lm", "R, `fread` + `lm.fit`"),
        ("sep-parallel", "Sep, `ParallelEnumerate`"),
        ("sep", "Sep, a loop"),
        ("sylvan", "Sylvan.Data.Csv, a loop"),
        ("mlnet", "ML.NET `TextLoader`, a loop"),
        ("pandas", "pandas + scikit-learn"),
    ];

    /// <summary>.NET's own and its packages'.</summary>
    public static string Versions() =>
        $".NET {Environment.Version}, DuckDB.NET {Of(typeof(DuckDB.NET.Data.DuckDBConnection))}, Sep "
            + $"{Of(typeof(nietras.SeparatedValues.Sep))}, Sylvan.Data.Csv "
            + $"{Of(typeof(Sylvan.Data.Csv.CsvDataReader))}, Microsoft.ML {Of(typeof(Microsoft.ML.MLContext))}";

    /// <summary>The page.</summary>
    /// <param name="folder">Holds results.tsv (file, system, state, seconds, processor seconds, peak kilobytes,
    /// coefficients or what went wrong), linear.tsv and machine.txt.</param>
    public static string Of(string folder)
    {
        var runs = Read(folder, "results.tsv");
        var page = new StringBuilder();
        page.Append(
            "# Reading, beside others\n\nFrom a file in the cache to the coefficients of one column on nine others, "
                + "each system in a process of its own, start included; written by `bench/reading/run`. Medians; the "
                    + "rounds of all systems alternate.\n");
        page.Append(
            "Only Plumb's sums are exact; the others round. *Digits* are those in which the worst coefficient agrees "
                + "with Plumb's.\n\n");
        page.Append(File.ReadAllText(Path.Combine(folder, "machine.txt")).TrimEnd('\n')).Append('\n');
        foreach (var file in runs.Select(run => run.File).Distinct())
        {
            page.Append(CultureInfo.InvariantCulture,
                $"\n## {File.ReadAllText(Path.Combine(folder, file + ".txt")).Trim()}\n\n| | seconds | of Plumb's | "
                    + $"processor seconds | peak MB | digits |\n|---|---:|---:|---:|---:|---:|\n");
            var rows = runs.Where(run => run.File == file).ToList();
            var plumb = Median(rows.Where(run => run.System == Reference).Select(run => run.Seconds));
            var exact = rows.First(run => run.System == Reference).Coefficients;
            foreach (var (name, text) in s_systems)
            {
                Append(page, text, [.. rows.Where(run => run.System == name)], plumb, exact);
            }
        }

        page.Append(
            "\n## Columns of text\n\nA table as of flights, twice as long, with the names of a carrier and two "
                + "airports; fitted in one pass, without a second look.\n\n| | seconds | peak MB |\n|---|---:|---:|\n");
        AppendGroups(page, folder, "texts.tsv");
        page.Append(
            "\n## Rows, and the time and memory they take\n\nPlumb's command on the first file, cut to fewer "
                + "rows.\n\n| rows | seconds | peak MB |\n|---:|---:|---:|\n");
        AppendGroups(page, folder, "linear.tsv");
        return page.ToString();
    }

    private static void AppendGroups(StringBuilder page, string folder, string file)
    {
        foreach (var group in Read(folder, file).GroupBy(run => run.File))
        {
            page.Append(CultureInfo.InvariantCulture,
                $"| {group.Key} | {Median(group.Select(run => run.Seconds)):F2} | "
                    + $"{Median(group.Select(run => run.Peak)) / 1024:F0} |\n");
        }
    }

    private static void Append(StringBuilder page, string text, List<Run> runs, double plumb, double[] exact)
    {
        if (runs.Count == 0)
        {
            return;
        }

        if (runs.Find(run => run.State != "ok") is { } failed)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {text} | {failed.Said} | | | | |\n");
            return;
        }

        var seconds = Median(runs.Select(run => run.Seconds));
        page.Append(CultureInfo.InvariantCulture,
            $"| {text} | {seconds:F2} | {seconds / plumb:F1} x | {Median(runs.Select(run => run.Processor)):F2} | "
                + $"{Median(runs.Select(run => run.Peak)) / 1024:F0} | {Digits(runs[0].Coefficients, exact):F1} |\n");
    }

    private static double Digits(double[] values, double[] exact) =>
        values.Length != exact.Length ? double.NaN
            : values.Zip(exact,
                (value, other) => value == other ? 17 : -Math.Log10(Math.Abs(value - other) / Math.Abs(other)))
                .Min(digits => Math.Clamp(digits, 0, 17));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static List<Run> Read(string folder,
        string file) =>
            [.. File.ReadLines(Path.Combine(folder, file)).Select(line => line.Split('\t'))
                .Select(fields =>
                    new Run(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]))];

    private static string Of(Type type) => type.Assembly.GetName().Version!.ToString(3);

    private sealed record Run(string File, string System, string State, string SecondsText, string ProcessorText,
        string PeakText, string Said)
    {
        public double Seconds => Number(SecondsText);

        public double Processor => Number(ProcessorText);

        public double Peak => Number(PeakText);

        public double[] Coefficients => [.. Said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}

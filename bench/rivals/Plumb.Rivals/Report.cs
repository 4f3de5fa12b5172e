using System.Globalization;
using System.Text;

namespace Plumb.Rivals;

/// <summary>Writes docs/benchmarks.md from what a run left in its folder.</summary>
internal static class Report
{
    /// <summary>The document.</summary>
    /// <param name="folder">The run's: machine.txt, moments.tsv, fits.tsv, digits.tsv and the problems.</param>
    /// <param name="date">The day of the run.</param>
    /// <param name="size">full or quick.</param>
    public static string Of(string folder, string date, string size)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <!-- Written by bench/rivals/run; do not edit. To write it again: bench/rivals/run -->
            # How fast, how much memory, how many digits

            Measured on {date} in one run on one machine{(size == "quick" ? ", with the tiny sizes of --quick, which only show that the script works" : "")}. To repeat it on a Debian machine: `bench/rivals/run`, which installs the rivals; `bench/rivals/run --help` says more.

            {File.ReadAllText(Path.Combine(folder, "machine.txt")).Trim()}


            """);
        AppendMoments(text, File.ReadAllLines(Path.Combine(folder, "moments.tsv")));
        AppendFits(text, folder);
        AppendDigits(text, folder);
        AppendCalls(text);
        return text.ToString();
    }

    private static void AppendMoments(StringBuilder text, string[] lines)
    {
        double[] Numbers(string line,
            int skip) =>
                [.. line.Split('\t').Skip(skip).Select(field => double.Parse(field, CultureInfo.InvariantCulture))];
        var gemm = Numbers(lines[1], 1)[0];
        var peak = lines.Skip(2).Min(line => Numbers(line, 3)[^1]);
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Exact moments

            Nanoseconds a multiply-add of the plain product, which takes rows x columns x (columns + 1) / 2 of them; smaller is faster. Exact moments do several slice products for each, and one more column for the sums.
            OpenBLAS `dsyrk` and the plain C# double loop round; `dsyrk` reads the same rows. In each round every contestant runs once; the medians of the rounds are shown.
            The machine's limit is multiply-adds in registers on one thread: {Short(peak)} ns, that is {(2 / peak).ToString("F1", CultureInfo.InvariantCulture)} GFLOP/s. OpenBLAS `dgemm` of square matrices on one thread comes to {Short(gemm)} ns, {(2 / gemm).ToString("F1", CultureInfo.InvariantCulture)} GFLOP/s{(!(peak > gemm) ? "" : ", which is faster than the limit: one of the two was disturbed")}.
            "All threads" are {Environment.ProcessorCount}.

            | columns | values | rows | exact, 1 thread | exact, all threads | `dsyrk`, 1 thread | `dsyrk`, all threads | plain loop, 1 thread | exact / `dsyrk`, 1 thread | exact / `dsyrk`, all threads | loop / exact, 1 thread | exact, 1 thread / all threads | exact / limit, 1 thread |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|

            """);
        foreach (var line in lines.Skip(2))
        {
            var (fields, t) = (line.Split('\t'), Numbers(line, 3));
            text.Append(CultureInfo.InvariantCulture,
                $"| {fields[0]} | {fields[1]} | {fields[2]} | {Short(t[0])} | {Short(t[1])} | {Short(t[2])} | "
                    + $"{Short(t[3])} | {Short(t[4])} | {Short(t[0] / t[2])} | {Short(t[1] / t[3])} | "
                        + $"{Short(t[4] / t[0])} | {Short(t[0] / t[1])} | {Short(t[0] / t[5])} |\n");
        }

        text.Append('\n');
    }

    private static void AppendFits(StringBuilder text, string folder)
    {
        text.Append("""
            ## Whole fits

            From arrays in memory to coefficients with a bias; y = W x + b + noise, all normal, fixed seed. Every system reads the same files of doubles in a process of its own, may use all cores, and has the matrix in the layout and with the column of ones that it wants before the clock starts.
            Time: median of 3 to 15 runs in that process (one where a run takes more than 20 s). Memory: the most resident memory of the process during the runs less that just before the first, when the data were in memory (`VmHWM` and `VmRSS` of /proc/self/status).
            Digits: the least over all coefficients of -log10 of the relative error against Plumb's coefficients for the same doubles, which are exact to the last bits: the table after these, and the tests `NistTests` and `HardSetTests`, check that against exact solutions from elsewhere.
            "more than" a number of seconds: the process was ended then, its data loaded and all runs included.


            """);
        var results = FitResult.ReadAll(Path.Combine(folder, "fits.tsv"));
        foreach (var problem in results.Select(result => result.Problem).Distinct())
        {
            var opened = Problem.Open(Path.Combine(folder, "problems", problem));
            var here = results.Where(result => result.Problem == problem).ToDictionary(result => result.System);
            var plumb = here.GetValueOrDefault("plumb");
            text.Append(CultureInfo.InvariantCulture, $"""
                ### {opened.Rows:N0} rows, {opened.Inputs:N0} inputs, {opened.Targets} {(opened.Targets == 1 ? "target" : "targets")}, {problem.Split('-')[^1]}

                | system | seconds | seconds / Plumb's | MB beyond the data | digits |
                |---|---|---|---|---|

                """);
            foreach (var contender in Contender.All)
            {
                text.Append(FitRow(contender, here.GetValueOrDefault(contender.Key), plumb, opened));
            }

            if (plumb is { Outcome: "ok" })
            {
                AppendFastest(text, here, plumb);
            }

            text.Append('\n');
        }
    }

    private static string FitRow(Contender contender, FitResult? result, FitResult? plumb, Problem problem)
    {
        if (result is null or { Outcome: not "ok" })
        {
            return $"| {contender.Name} | {Failure(result)} | | | |\n";
        }

        var digits = contender.Key == "plumb" ? "reference"
            : problem.Coefficients("plumb") is { } exact
            ? Digits(CorrectDigits.Least(problem.Coefficients(contender.Key), exact))
            : "no reference";
        var ratio = contender.Key == "plumb" || plumb is not { Outcome: "ok" } ? "" : Short(result.Time / plumb.Time);
        return string.Create(CultureInfo.InvariantCulture, 
            $"| {contender.Name} | {Short(result.Time)} | {ratio} | {Math.Max(0, result.Memory) / 1e6:N0} | {digits}"
                + $"{(result.Said.Length > 0 ? " (" + result.Said + ")" : "")} |\n");
    }

    private static void AppendFastest(StringBuilder text, Dictionary<string, FitResult> here, FitResult plumb)
    {
        var fastest =
            Contender.All.Where(contender => contender is { RevealsRank: true, Key: not "plumb" }
                && here.GetValueOrDefault(contender.Key)?.Outcome == "ok").MinBy(contender => here[contender.Key].Time);
        if (fastest is not null)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nThe fastest rival that notices dependent columns is {fastest.Name}: "
                    + $"{Short(here[fastest.Key].Time / plumb.Time)} times Plumb's time.\n");
        }
    }

    private static void AppendDigits(StringBuilder text, string folder)
    {
        var results = FitResult.ReadAll(Path.Combine(folder, "digits.tsv"));
        string[] problems =
            [.. results.Select(result => result.Problem).Distinct()
                .OrderBy(name => !name.StartsWith("nist-", StringComparison.Ordinal))];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Digits on hard problems

            The least number of correct digits over the coefficients, against the exact solution for the doubles fitted (`tests/Plumb.Tests/data`, from rational arithmetic, not from Plumb). NIST's 11 linear sets, powers of x as doubles; then sets made to be hard.
            "17" means that all coefficients are the doubles nearest to the exact ones. In italics: the system gave some sign, listed below: a warning, an exception, or a rank among what it returns, for those who look. A number not in italics came without any.

            | set | {string.Join(" | ", Contender.All.Select(contender => contender.Name))} |
            |---|{string.Concat(Enumerable.Repeat("---|", Contender.All.Length))}

            """);
        foreach (var name in problems)
        {
            var problem = Problem.Open(Path.Combine(folder, "references", name));
            var cells =
                Contender.All.Select(contender =>
                    DigitsCell(problem, contender,
                        results.FirstOrDefault(result => result.Problem == name && result.System == contender.Key)));
            text.Append(CultureInfo.InvariantCulture, $"| {name.Split('-', 2)[1]} | {string.Join(" | ", cells)} |\n");
        }

        text.Append("\nThe signs:\n\n");
        foreach (var contender in Contender.All)
        {
            foreach (var said in results.Where(result => result.System == contender.Key && Words(result).Length > 0)
                .GroupBy(Words))
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"- {contender.Name}, {string.Join(", ", said.Select(result => result.Problem.Split('-', 2)[1]))}: "
                        + $"{said.Key}\n");
            }
        }

        text.Append('\n');
    }

    private static string DigitsCell(Problem problem, Contender contender, FitResult? result)
    {
        if (result is null or { Outcome: not "ok" })
        {
            return "*" + (result?.Outcome == "failed" ? "no answer" : Failure(result)) + "*";
        }

        var digits = Digits(CorrectDigits.Least(problem.Coefficients(contender.Key), problem.Coefficients("exact")));
        return result.Said.Length > 0 ? $"*{digits}*" : digits;
    }

    private static void AppendCalls(StringBuilder text)
    {
        text.Append("""
            ## How each is called

            `a` is x with a column of ones before it.


            """);
        foreach (var contender in Contender.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {contender.Name}: {contender.Note}.\n");
        }

        text.Append("""

            Not here:

            - ML.NET `Ols` is in a package of its own with Intel's MKL, Microsoft.ML.Mkl.Components, which could not be had where this was written; `Sdca` is the nearest in Microsoft.ML itself.
            - TorchSharp: the native library of 0.107 does not load on Debian 12, as it wants a newer libstdc++ (GLIBCXX_3.4.32); the rows of PyTorch show the same method of an older version.

            """);
    }

    private static string Words(FitResult result) => result.Said.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Failure(FitResult? result) => result switch
    {
        null => "does not run here",
        { Outcome: "limit" } => result.Said,
        _ => "no answer: " + Words(result),
    };

    private static string Digits(double digits) => double.IsNaN(digits) ? "a coefficient is missing"
        : digits.ToString(digits == CorrectDigits.All ? "F0" : "F1", CultureInfo.InvariantCulture);

    /// <summary>Three digits.</summary>
    private static string Short(double value) =>
        double.IsNaN(value) ? "not here"
            : value.ToString(value >= 100 ? "N0" : value >= 10 ? "F1" : value >= 1 ? "F2" : value >= 0.1 ? "F3" : "F4",
                CultureInfo.InvariantCulture);
}

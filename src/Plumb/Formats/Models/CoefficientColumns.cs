using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Which column of a table of coefficients holds them, as R (broom), statsmodels, SPSS and spreadsheets name these: the
/// others are standard errors and tests, and no targets.
/// </summary>
/// <param name="Label">The column of the terms' names.</param>
/// <param name="Estimate">The column of the weights and the bias.</param>
internal sealed record CoefficientColumns(int Label, int Estimate)
{
    private static readonly string[] s_labels =
    [
        "", "term", "terms", "variable", "variables", "name", "names", "feature", "features", "input", "inputs",
        "predictor", "predictors", "parameter", "effect", "index", "unnamed0", "rowname", "rownames",
    ];

    private static readonly string[] s_estimates =
        ["estimate", "estimates", "coef", "coefs", "coefficient", "coefficients", "coefest"];

    private static readonly string[] s_otherEstimates = ["b", "beta", "value", "weight"]; // beside two statistics

    private static readonly string[] s_statistics =
    [
        "stderror", "stderr", "standarderror", "stderrors", "standarderrors", "se", "bse", "pvalue", "pvalues", "pval",
        "pr", "prt", "prz", "prchisq", "pt", "pz", "tvalue", "tvalues", "tval", "tstat", "tstatistic", "zvalue",
        "zstat", "zstatistic", "statistic", "sig", "significance", "conflow", "confhigh", "waldstat",
    ];

    private static readonly string[] s_weakStatistics =
        ["t", "z", "p", "f", "df", "stat", "vif", "wald", "signif", "stars", "r2", "adjr2", "relimp", "relimpperc"];

    /// <summary>The columns; null where this is a table of another kind.</summary>
    /// <param name="header">The names of the columns.</param>
    /// <param name="body">The rows below.</param>
    /// <param name="format">Which column was asked for.</param>
    /// <exception cref="InvalidDataException">It is such a table, but not plainly.</exception>
    public static CoefficientColumns? Of(TableRow header, IReadOnlyList<TableRow> body, WeightsFormat format)
    {
        string[] names = [.. header.Text.Select(Plain)];
        int[] statistics = [.. Places(names, s_statistics, header)];
        var others = Enumerable.Range(0, names.Length).Except(statistics);
        if (format.WeightsName is { } asked)
        {
            return Array.IndexOf(header.Text, asked) is var place and >= 0
                ? new CoefficientColumns(LabelAmong([.. others.Where(j => j != place)], header, body), place)
                : throw header.Refusal($"has no column '{Escaped.Of(asked)}', expected one of {List(header.Text)}; "
                    + "name one of these.");
        }

        if (statistics.Length == 0 || header.Text.Any(BiasNames.Contains))
        {
            return null; // inputs may be called anything, and a bias beside them tells that they are some
        }

        int[] estimates = [.. Places(names, s_estimates)];
        if (estimates.Length == 0 && statistics.Length > 1)
        {
            estimates = [.. Places(names, s_otherEstimates)];
        }

        if (estimates.Length == 0 && !statistics.Any(j => names[j].Contains("err", StringComparison.Ordinal)))
        {
            return null;
        }

        int[] weak = [.. Places(names, s_weakStatistics)];
        others = others.Except(estimates).Except(weak);
        int[] unknown = [.. others.Where(j => !s_labels.Contains(names[j]) && !IsText(body, j))];
        return estimates is [var only] && unknown.Length == 0
            ? new CoefficientColumns(LabelAmong([.. others], header, body), only)
            : throw header.Refusal(
                $"has the columns {List(header.Text)}, of which {List(statistics.Select(j => header.Text[j]))} "
                    + $"{(statistics.Length == 1 ? "belongs" : "belong")} to a table of coefficients, expected one "
                        + "more that holds these; " + Remedies.NameCoefficients + ".");
    }

    /// <summary>The names, for messages.</summary>
    public static string List(IEnumerable<string> names)
    {
        const int Most = 12;
        var all = names.Select(name => $"'{Escaped.Of(name)}'").ToList();
        return string.Join(", ", all.Take(Most))
            + (all.Count > Most ? FormattableString.Invariant($" and {all.Count - Most} more") : "");
    }

    private static IEnumerable<int> Places(string[] names, string[] known) =>
        Enumerable.Range(0, names.Length).Where(j => known.Contains(names[j]));

    private static IEnumerable<int> Places(string[] names, string[] known, TableRow header) =>
        Enumerable.Range(0, names.Length).Where(j => known.Contains(names[j]) || IsBound(header.Text[j]));

    private static int LabelAmong(int[] columns, TableRow header, IReadOnlyList<TableRow> body)
    {
        int[] known = [.. columns.Where(j => s_labels.Contains(Plain(header.Text[j])) && IsText(body, j))];
        int[] texts = known.Length > 0 ? known[..1] : [.. columns.Where(j => IsText(body, j))];
        var label = texts is [var only] ? only
            : throw header.Refusal($"has {(texts.Length == 0 ? "no column" : "several columns")} of names, expected "
                + "one that names the term of each coefficient; call it term.");
        var twice = body.GroupBy(row => row.Text[label], StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null ? label
            : throw twice.ElementAt(1).Refusal($"names the term '{Escaped.Of(twice.Key)}' a second time, expected each "
                + "once; keep the rows of one target.");
    }

    private static bool IsText(IReadOnlyList<TableRow> body, int column) =>
        body.Any(row => row.Text[column] is not ("NA" or "") && !WeightsTable.IsNumber(row.Text[column]));

    // The end of an interval, such as [0.025, 97.5 % or Lower 95%.
    private static bool IsBound(string name)
    {
        var text = name.ToLowerInvariant();
        var hasDigit = text.Any(char.IsAsciiDigit);
        return hasDigit && (text.StartsWith('[') || text.EndsWith(']') || text.EndsWith('%')
            || text.StartsWith("lower", StringComparison.Ordinal)
            || text.StartsWith("upper", StringComparison.Ordinal));
    }

    private static string Plain(string name) =>
        string.Concat(name.ToLower(CultureInfo.InvariantCulture).Where(char.IsLetterOrDigit));
}

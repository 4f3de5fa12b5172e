using System.Globalization;

namespace Plumb;

/// <summary>Puts what rows say into sentences.</summary>
internal static class RowFindings
{
    private const double Level = 0.001; // of a test: many are made
    private const double LargeDistance = 1; // Cook and Weisberg, Residuals and Influence in Regression, section 3.5
    private const double LargeLeverage = 0.5; // a row that decides more of its prediction than all others. Huber, Robust Statistics, section 7.2
    private const int TimesTheMean = 3; // leverages are rank / rows in the mean
    private const int FewRows = 3; // told by number

    public static IReadOnlyList<Finding> Of(RowReport report, LinearFit fit) =>
        [.. Standing(report, fit), .. report.Tests.Where(test => test.PValue < Level).Select(Describe)];

    /// <summary>The rows that stand out; where there are few rows to a parameter, each does.</summary>
    public static IReadOnlyList<Finding> Standing(RowReport report, LinearFit fit) =>
        [.. fit.Rows >= 2L * fit.Rank ? Influential(report) : [], .. Leverage(report, fit), .. Outliers(report)];

    private static IEnumerable<Finding> Influential(RowReport report) => report.Influential.Where(row => row.CooksDistance > LargeDistance).Select(row => new Finding(
        Severity.Warning,
        "influential-row",
        Invariant($"row {row.Row} dominates the fit of '{row.Target}': without it the map moves by a Cook's distance of {row.CooksDistance:g3} (1 is much); its leverage is {row.Leverage:g3}."),
        Invariant($"Check row {row.Row}, and fit without it to see what the others say.")));

    private static IEnumerable<Finding> Leverage(RowReport report, LinearFit fit)
    {
        if (report.LargestLeverage > Math.Max(LargeLeverage, TimesTheMean * (double)fit.Rank / fit.Rows))
        {
            yield return new Finding(
                Severity.Warning,
                "leverage",
                Invariant($"row {report.LargestLeverageRow} has leverage {report.LargestLeverage:g3}: it decides {100 * report.LargestLeverage:g3}% of its own prediction, because no other row has inputs like it."),
                "Collect more rows with such inputs, or check that they are right.");
        }
    }

    private static IEnumerable<Finding> Outliers(RowReport report)
    {
        foreach (var rows in report.Outliers.GroupBy(row => row.Target, StringComparer.Ordinal))
        {
            var worst = rows.First();
            var many = rows.Count() > 1 ? Invariant($" (also {(rows.Count() - 1 <= FewRows ? "row " + string.Join(", ", rows.Skip(1).Select(row => row.Row)) : Invariant($"{rows.Count() - 1} rows more"))})") : "";
            yield return new Finding(
                Severity.Warning,
                "outlier",
                Invariant($"row {worst.Row} of '{worst.Target}' lies {Math.Abs(worst.StudentizedResidual):g3} standard errors from what the others say, too far for chance (p = {worst.PValue:g2} for the worst of all rows){many}."),
                "Check these rows; leave out what is wrong, not what is inconvenient.");
        }
    }

    private static Finding Describe(RowTest test) => test.Code switch
    {
        "lack-of-fit" => new(Severity.Warning, test.Code, Invariant($"'{test.Target}' is not affine in these inputs: rows with equal inputs agree better with each other than with the map (lack of fit, F = {test.Statistic:g3}, p = {test.PValue:g2})."), "Add inputs, such as powers or products, or keep to a smaller range of them."),
        "reset" => new(Severity.Warning, test.Code, Invariant($"'{test.Target}' bends: squares and cubes of the predictions would improve them (Ramsey's RESET, F = {test.Statistic:g3}, p = {test.PValue:g2})."), "Add inputs, such as powers or products, or predict the logarithm of the target."),
        "breusch-pagan" => new(Severity.Warning, test.Code, Invariant($"the noise of '{test.Target}' is not the same everywhere: it changes with the inputs (Breusch-Pagan in Koenker's form, {test.Statistic:g3}, p = {test.PValue:g2}), so the standard errors are off; the weights are not."), "Weigh the rows by the inverse of their variance (--weight), or predict the logarithm of the target."),
        _ => new(Severity.Warning, test.Code, Invariant($"neighbouring rows of '{test.Target}' have {(test.Statistic < 2 ? "similar" : "opposite")} residuals (Durbin-Watson {test.Statistic:g3}, p = {test.PValue:g2}): there is more in the order of the rows than the inputs say, and the standard errors are off."), "Add inputs that tell of time or place, or fit the differences of neighbouring rows."),
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

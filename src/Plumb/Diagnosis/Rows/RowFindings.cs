using System.Globalization;

namespace Plumb;

/// <summary>Puts what rows say into sentences.</summary>
internal static class RowFindings
{
    /// <summary>Of a test, and of the largest residual of all: many are made.</summary>
    public const double Level = 0.001;

    private const double LargeDistance = 1; // Cook and Weisberg, Residuals and Influence in Regression, section 3.5
    private const double LargeLeverage = 0.5; // a row that decides more of its prediction than all others. Huber, Robust Statistics, section 7.2
    private const int TimesTheMean = 3; // leverages are rank / rows in the mean
    private const int FewRows = 3; // told by number
    private const int LeastRows = 2; // a parameter: with fewer, each row stands out

    public static IReadOnlyList<Finding> Of(RowReport report, LinearFit fit) =>
    [
        .. fit.Rows >= (long)LeastRows * fit.Rank ? Influential(report) : [],
        .. Leverage(report, fit),
        .. report.Outliers.GroupBy(row => row.Target, StringComparer.Ordinal).Select(rows => Outliers([.. rows])),
        .. report.Tests.Where(test => test.PValue < Level).GroupBy(test => test.Code).Select(tests => Describe([.. tests])),
    ];

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

    /// <summary>Of one target, the farthest first.</summary>
    private static Finding Outliers(RowInfluence[] rows)
    {
        var (worst, others) = (rows[0], rows.Length - 1);
        var many = others == 0 ? "" : others <= FewRows ? $"; so {(others == 1 ? "does row" : "do rows")} {string.Join(", ", rows.Skip(1).Select(row => Invariant($"{row.Row}")))}" : Invariant($"; so do {others} others, or more");
        return new Finding(
            Severity.Warning,
            "outlier",
            Invariant($"row {worst.Row} of '{worst.Target}' lies {Math.Abs(worst.StudentizedResidual):g3} standard errors from what the others say, too far for chance (p = {worst.PValue:g2} for the worst of all rows){many}."),
            "Check these rows; leave out what is wrong, not what is inconvenient.");
    }

    /// <summary>One kind of test, of all targets that it speaks of.</summary>
    private static Finding Describe(HypothesisTest[] tests)
    {
        var worst = tests.MinBy(test => test.PValue)!;
        var about = TargetNames.Quoted([worst.Target, .. tests.Where(test => test != worst).Select(test => test.Target)]);
        var of = tests.Length == 1 ? "" : $" for '{worst.Target}'";
        var proof = Invariant($"{worst.Name}: {worst.Statistic:g3}, p = {worst.PValue:g2}{of}");
        return worst.Code switch
        {
            "lack-of-fit" => Warning(worst, $"{about} {(tests.Length == 1 ? "is" : "are")} not affine in these inputs: rows with equal inputs agree better with each other than with the map ({proof}).", "Add inputs, such as powers (--input \"poly(x,2)\"), or keep to a smaller range of them."),
            "reset" => Warning(worst, $"{about} {(tests.Length == 1 ? "bends" : "bend")}: squares and cubes of the predictions would improve them ({proof}).", "Add inputs, such as powers (--input \"poly(x,2)\"), or predict the logarithm of the target."),
            "breusch-pagan" => Warning(worst, $"the noise of {about} changes with the inputs, so the standard errors are off; the weights are not ({proof}).", "Weigh the rows by the inverse of their variance (--weight), or predict the logarithm of the target."),
            _ => Warning(worst, $"neighbouring rows of {about} have {(worst.Statistic < 2 ? "similar" : "opposite")} residuals ({proof}): there is more in the order of the rows than the inputs say, and the standard errors are off.", "Add inputs that tell of time or place, or fit the differences of neighbouring rows."),
        };
    }

    private static Finding Warning(HypothesisTest test, string message, string remedy) => new(Severity.Warning, test.Code, message, remedy);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

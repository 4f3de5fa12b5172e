using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>What a score means.</summary>
internal static class ScoreText
{
    private const double Notable = 4; // standard errors: one in 16,000 by chance
    private const double Rounding = 1e-9; // of the target's size: less may come of rounding alone
    private const int EnoughRows = 10;

    /// <summary>The one sentence that matters.</summary>
    public static string Verdict(MapScore score)
    {
        var known = score.Targets.Where(target => !double.IsNaN(target.RSquared)).ToList();
        var worse = known.Where(target => target.RSquared < 0).ToList();
        if (worse.Count > 0)
        {
            return $"{Listed(worse)}: the mean of these rows predicts {(worse.Count == 1 ? "it" : "them")} better than "
                + "the model does (R-squared below 0).";
        }

        if (known.Count == 0)
        {
            return $"{Listed(score.Targets)}: the same value on every row, so there is no R-squared.";
        }

        var (low, high) = (known.Min(target => target.RSquared), known.Max(target => target.RSquared));
        return known.Count == 1
            ? $"The model explains {Percent(low)} of the variation of {known[0].Target} on these rows."
            : $"The model explains {Percent(low)} to {Percent(high)} of the variation of the targets on these rows.";
    }

    /// <summary>Whether no target is predicted worse than by its mean.</summary>
    public static bool IsGood(MapScore score) => score.Targets.Any(target => target.RSquared > 0)
        && !score.Targets.Any(target => target.RSquared < 0);

    /// <summary>What there is to say besides.</summary>
    /// <param name="score">The score.</param>
    /// <param name="whyNotAgain">Why the rows were not seen one by one; empty where they were.</param>
    public static IEnumerable<Finding> Findings(MapScore score, string whyNotAgain)
    {
        var constant = score.Targets.Where(target => double.IsNaN(target.RSquared)).ToList();
        if (constant.Count > 0 && constant.Count < score.Targets.Count)
        {
            yield return new(Severity.Information, "constant-target",
                $"{Listed(constant)}: the same value on every row, so there is no R-squared.", "");
        }

        foreach (var target in score.Targets.Where(target => Math.Abs(target.MeanInErrors) > Notable
            && score.Rows >= EnoughRows
            && Math.Abs(target.MeanResidual) > Rounding * (Math.Abs(target.Mean) + target.StandardDeviation)))
        {
            yield return new(Severity.Warning, "biased-predictions",
                string.Create(CultureInfo.InvariantCulture,
                    $"Predictions of {target.Target} are too {(target.MeanResidual > 0 ? "low" : "high")} by "
                        + $"{NumberText.Measure(Math.Abs(target.MeanResidual))} on average: "
                        + $"{NumberText.Measure(Math.Abs(target.MeanInErrors))} standard errors, if the rows are "
                        + $"independent of each other."),
                "These rows differ from those that the model was learned from, or its form does not fit them.");
        }

        if (whyNotAgain.Length > 0)
        {
            yield return new(Severity.Information, "no-absolute-error",
                $"There is no MAE, as the rows were not looked at one by one: {whyNotAgain}.", "");
        }
    }

    private static string Listed(IReadOnlyList<TargetScore> targets) =>
        Listing.Of([.. targets.Select(target => $"'{target.Target}'")]);

    // 99.97 % is not 100 %.
    private static string Percent(double share) => share switch
    {
        1 => "100%",
        > 0.9995 => "more than 99.9%",
        _ => (100 * share).ToString("F1", CultureInfo.InvariantCulture) + "%",
    };
}

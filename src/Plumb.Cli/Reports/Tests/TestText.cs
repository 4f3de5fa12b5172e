using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>What tests mean.</summary>
internal static class TestText
{
    /// <summary>The one sentence that matters.</summary>
    public static string Verdict(TestDocument document)
    {
        TestedHypothesis[] made = [.. document.Tests.Where(test => !double.IsNaN(PValueOf(test)))];
        TestedHypothesis[] rejected = [.. made.Where(test => IsRejected(document, test))];
        var level = Level(document);
        return (made.Length, rejected.Length) switch
        {
            (0, _) => "There is no noise to test against.",
            (1, 1) => $"{Named(made[0])} is rejected at the {level} level ({PValueText.Equation(PValueOf(made[0]))}).",
            (1, 0) => $"The data do not contradict {Named(made[0])} ({PValueText.Equation(PValueOf(made[0]))}).",
            (_, 0) => string.Create(CultureInfo.InvariantCulture,
                $"The data contradict none of the {made.Length} hypotheses at the {level} level."),
            (2, 2) => $"Both hypotheses are rejected at the {level} level.",
            (_, _) when made.Length == rejected.Length => string.Create(CultureInfo.InvariantCulture,
                $"All {made.Length} hypotheses are rejected at the {level} level."),
            var (all, some) => string.Create(CultureInfo.InvariantCulture,
                $"{some} of {all} hypotheses {(some == 1 ? "is" : "are")} rejected at the {level} level: "
                    + $"{Listing.Of([.. rejected.Select(Named)])}."),
        };
    }

    /// <summary>What the rows say of the errors: a p-value is worth no more than they are.</summary>
    public static IEnumerable<Finding> OfErrors(TestDocument document) =>
        document.Rows is not { } rows ? []
            : rows.AgainstClassicalErrors.Concat(rows.Findings.Where(finding => finding.Code == "few-groups"));

    /// <summary>By which errors the tests were made, and what is known of these.</summary>
    public static string Errors(TestDocument document) => Kind(document)
        + (document.Fit.Names.Targets.Count < 2 ? ""
            : document.Inference.Method is not ClassicalErrors
            ? " Tests of all targets at once (Wilks and others) are made with classical errors only: give "
                + "--errors classical."
            : document.Fit.Settings.NoiseIsKnown
            ? " Tests of all targets at once would need the noise's correlations between targets, which are not "
                + "given." : "");

    private static bool WereLookedAt(TestDocument document) => document.Rows is { } rows
        && rows.Evidence.All(item => item.Question is not (Question.Errors or Question.Order)
            || item.Answer != Answer.NotLookedAt);

    private static string Kind(TestDocument document) => document.Inference.Method switch
    {
        ClassicalErrors when document.Fit.Settings.NoiseIsKnown => "Errors follow from the standard errors given; "
            + "tests are by the normal distribution and chi-squared.",
        ClassicalErrors => string.Create(CultureInfo.InvariantCulture,
            $"Errors: classical, with {document.Fit.ResidualDegreesOfFreedom} degrees of freedom; they take the noise "
                + $"to be even and rows to be independent, which was "
                + $"{(WereLookedAt(document) ? "" : "not ")}looked at."),
        ClusteredErrors { Columns: var columns } => $"Errors: clustered by {Listing.Of([.. columns])}, which allow for "
            + "rows of a group that are correlated, and for uneven noise.",
        AutocorrelatedErrors => $"Errors: HAC with {Lags(document)}, which allow for neighbouring rows that hang "
            + "together, and for uneven noise.",
        BootstrapErrors { Resamples: var replicates, Seed: var seed } => string.Create(CultureInfo.InvariantCulture,
            $"Errors: bootstrap with {replicates} replicates, seed {seed}, which allow for uneven noise."),
        var method => $"Errors: {method.Name}, which allow for uneven noise.",
    };

    private static string Lags(TestDocument document) => document.Rows?.AskedErrors is not { Lags: var lags } ? "lags"
        : lags.Distinct().Count() == 1 ? NumberText.Of(lags[0], "lag")
        : Listing.Of([.. document.Fit.Names.Targets.Zip(lags, (target, lag) =>
            FormattableString.Invariant($"{lag} for {target}"))]) + " lags";

    /// <summary>What there is to say besides.</summary>
    public static IEnumerable<Finding> Findings(TestDocument document)
    {
        foreach (var test in document.Tests.Where(test => test.Undetermined is not null)
            .DistinctBy(test => test.Text))
        {
            yield return new(Severity.Warning, "undetermined-hypothesis",
                $"'{test.Text}' cannot be tested: {test.Undetermined}.", "");
        }

        var fit = document.Fit;
        foreach (var (t, target) in fit.Names.Targets.Index())
        {
            if (!fit.Settings.NoiseIsKnown && (fit.HasNoResidual[t] || fit.HasResidualOfRounding(t)))
            {
                yield return new(Severity.Warning, "not-noise",
                    $"The residuals of '{target}' are no more than rounding: its tests compare with that, not with "
                        + "noise.", "");
            }
        }
    }

    /// <summary>Whether a hypothesis is rejected.</summary>
    public static bool IsRejected(TestDocument document, TestedHypothesis test) =>
        PValueOf(test) < 1 - document.Fit.Settings.Level;

    /// <summary>The p-value that counts.</summary>
    public static double PValueOf(TestedHypothesis test) => test.AdjustedPValue ?? test.PValue;

    private static string Level(TestDocument document) =>
        NumberText.Rate(Math.Round(100 * (1 - document.Fit.Settings.Level), 10)) + "%";

    private static string Named(TestedHypothesis test) =>
        test.Target is null ? $"'{test.Text}'" : $"'{test.Text}' for {test.Target}";
}

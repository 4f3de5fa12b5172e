using System.Globalization;

namespace Plumb.Reports;

/// <summary>What there is to say of a fit, for every rendering.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Accuracy">Its digits.</param>
/// <param name="Rows">What its rows say; null where they were not seen again.</param>
/// <param name="WhyNotSeen">Why they were not.</param>
internal sealed record FitDocument(LinearFit Fit, Accuracy Accuracy, RowReport? Rows, string WhyNotSeen)
{
    /// <summary>What the data are called.</summary>
    public required string Source { get; init; }

    /// <summary>What their reader has to say.</summary>
    public required IReadOnlyList<Finding> DataFindings { get; init; }

    /// <summary>The columns that are inputs as nobody named these; null where somebody did.</summary>
    public IReadOnlyList<string>? Rest { get; init; }

    /// <summary>The standard errors to give.</summary>
    public required ReportedErrors Errors { get; init; }

    /// <summary>The loss that gradient descent is told of.</summary>
    public required Loss Loss { get; init; }

    /// <summary>Whether somebody asked how gradient descent would do.</summary>
    public bool AsksForLearning { get; init; }

    /// <summary>What gradient descent would do.</summary>
    public LearningPlan Plan => field ??= new LearningPlan(Fit.Spectrum, Loss, Fit.Rows, Fit.Names.Targets.Count);

    /// <summary>Whether what the verdict rests on is shown.</summary>
    public bool ShowsEvidence { get; init; }

    /// <summary>Whether the covariances of estimates are shown.</summary>
    public bool ShowsCovariance { get; init; }

    /// <summary>Whether criteria for choosing between fits, and standardized weights, are shown.</summary>
    public bool ShowsStatistics { get; init; }

    /// <summary>The rows that move the fit most, target by target; none where nobody asked.</summary>
    public IReadOnlyList<RowEffect> Influence { get; init; } = [];

    /// <summary>How it compares with the truth; null where that is not known.</summary>
    public TruthComparison? Truth { get; init; }

    /// <summary>Tests of squares that moments keep; none where they keep none.</summary>
    public IReadOnlyList<Curvature> Curvature { get; init; } = [];

    /// <summary>
    /// What to do about inputs that cannot be told apart, in the words of who asked; null where there are none.
    /// </summary>
    public string? EntangledRemedy { get; init; }

    /// <summary>Findings, evidence and verdict.</summary>
    public Assessment Assessment =>
        field ??= Assessment.Of(Fit, Accuracy, Rows, WhyNotSeen.Length > 0 ? WhyNotSeen : null, Curvature);

    /// <summary>The errors that were asked for; null where they were left to the rows.</summary>
    public ErrorMethod? Asked { get; init; }

    /// <summary>
    /// What the standard errors of a target do not allow for, or do; empty where there is nothing to say.
    /// </summary>
    public string AboutErrors(int target)
    {
        var isRobust = Errors.KindOf(target) != ReportedErrors.Classical;
        var tooSmall = Rows?.Copied is not null ? "copies of rows"
            : Assessment.Evidence.Any(item => item is { Question: Question.Order, Answer: Answer.Fails })
            ? "neighbouring rows that depend on each other"
            : Rows?.Correlated is [var related, ..] ? $"rows of the same '{related.Column}' that depend on each other"
            : null;
        if (Errors.GroupsOf(target) is { Count: > 0 } groups)
        {
            var counts = string.Join(" and ", groups.Select(count => NumberText.Of(count, "group")));
            double[] freedoms = [.. Enumerable.Range(0, Fit.Names.Inputs.Count + (Fit.Settings.Bias ? 1 : 0))
                .Select(place => Errors.DegreesOfFreedom(target, place)).Where(double.IsFinite)];
            var (kind, freedom) = Errors.AreFreedomsApart(target) && freedoms.Length > 0
                ? ("CR2", $"Satterthwaite's {NumberText.Significant(freedoms.Min(), 2)} to "
                    + $"{NumberText.Significant(freedoms.Max(), 2)} degrees")
                : ("CR1", NumberText.Of((long)Errors.DegreesOfFreedom(target, 0), "degree"));
            return $"Clustered errors ({kind}) allow for rows of a group that are correlated, and for uneven noise "
                + $"({counts}); p and intervals are by Student's t with {freedom} of freedom.";
        }

        if (Errors.LagsOf(target) is { } lags)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"HAC errors (Newey and West's, {NumberText.Of(lags, "lag")}"
                    + $"{(Asked is AutocorrelatedErrors { Lags: null } ? ", by Andrews' rule" : "")}) allow for uneven "
                    + $"noise and rows up to {lags} apart that are correlated.");
        }

        if (Errors.ReplicatesOf(target) is > 0 and var replicates && Asked is BootstrapErrors { Seed: var seed })
        {
            return string.Create(CultureInfo.InvariantCulture,
                $"Bootstrap errors ({replicates} replicates, seed {seed}) allow for uneven noise"
                    + $"{(tooSmall is null ? "" : $", but not for {tooSmall}: they are too small")}; intervals are "
                    + $"percentiles of the replicates.");
        }

        if (!isRobust && Fit.Settings.NoiseIsKnown)
        {
            return "Errors follow from the standard errors given; p and intervals are by the normal distribution."
                + (tooSmall is null ? "" : $" They do not allow for {tooSmall}.");
        }

        return (isRobust, tooSmall) switch
        {
            (true, null) => $"{Errors.KindOf(target)} errors allow for uneven noise.",
            (true, _) =>
                $"{Errors.KindOf(target)} errors allow for uneven noise, but not for {tooSmall}: they are too small.",
            (false, not null) => $"The standard errors do not allow for {tooSmall}: they are too small.",
            _ => "",
        };
    }

    /// <summary>Puts what is to be done into the words of who asked: a command line adds its flags.</summary>
    public Func<string, string> InWords { get; init; } = text => text;

    /// <summary>All findings, those of the fit first.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. Assessment.Findings.Select(finding => finding.Code == "entangled" && EntangledRemedy is { } remedy
            ? finding with { Remedy = remedy } : finding)
            .Concat(DataFindings).Select(finding => finding with { Remedy = InWords(finding.Remedy) }),
    ];
}

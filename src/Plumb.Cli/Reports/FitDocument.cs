namespace Plumb.Cli.Reports;

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

    /// <summary>The standard errors to give.</summary>
    public required ReportedErrors Errors { get; init; }

    /// <summary>The loss that gradient descent is told of.</summary>
    public required Loss Loss { get; init; }

    /// <summary>How it compares with the truth; null where that is not known.</summary>
    public TruthComparison? Truth { get; init; }

    /// <summary>Tests of squares that moments keep; none where they keep none.</summary>
    public IReadOnlyList<Curvature> Curvature { get; init; } = [];

    /// <summary>What to do about inputs that cannot be told apart, in the words of this command line; null where there are none.</summary>
    public string? EntangledRemedy { get; init; }

    /// <summary>Findings, evidence and verdict.</summary>
    public Assessment Assessment => field ??= Assessment.Of(Fit, Accuracy, Rows, WhyNotSeen.Length > 0 ? WhyNotSeen : null, Curvature);

    /// <summary>All findings, those of the fit first.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. Assessment.Findings.Select(finding => finding.Code == "entangled" && EntangledRemedy is { } remedy ? finding with { Remedy = remedy } : finding),
        .. DataFindings,
    ];
}

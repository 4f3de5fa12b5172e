namespace Plumb;

/// <summary>What a user should know about a fit before trusting it.</summary>
/// <param name="Findings">The facts, those that matter most first.</param>
/// <param name="Verdict">One or two sentences.</param>
/// <param name="Evidence">What the verdict rests on: one answer per question about a fit.</param>
public sealed record Assessment(IReadOnlyList<Finding> Findings, string Verdict, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>The facts, those that matter most first.</summary>
    public IReadOnlyList<Finding> Findings { get; init => field = ValueList.Of(value); } = ValueList.Of(Findings);

    /// <summary>What the verdict rests on: one answer per question about a fit.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init => field = ValueList.Of(value); } = ValueList.Of(Evidence);

    private const string NotGiven = "the rows were not given";

    /// <summary>Whether every question was looked at, and nothing speaks against W and b.</summary>
    public bool IsSound => Evidence.All(item => item.Answer == Answer.Holds);

    /// <summary>Assesses a fit of data that are good to the last bit, without a look at its rows.</summary>
    public static Assessment Of(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(fit, fit.Accuracy);
    }

    /// <summary>Assesses a fit of data that may be off by more.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="accuracy">Its digits, as <see cref="LinearFit.AccuracyWith"/> counts them.</param>
    /// <param name="rows">What its rows say, if they have been looked at again.</param>
    /// <param name="whyNotSeen">Why they have not; null where they were not given.</param>
    /// <param name="curvature">Tests of squares that moments keep, which answer for the rows whether the relation is
    /// affine.</param>
    public static Assessment Of(LinearFit fit, Accuracy accuracy, RowReport? rows = null, string? whyNotSeen = null,
        IReadOnlyList<Curvature>? curvature = null)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(accuracy);
        var imprecise = ReferenceEquals(accuracy, fit.Accuracy) ? [] : Imprecise(fit, accuracy);
        var evidence = FitEvidence.Of(fit, accuracy, rows, whyNotSeen ?? NotGiven, curvature ?? []);
        Finding[] findings = [.. FitFindings.Of(fit, imprecise),
            .. rows?.Findings ?? CurvatureFindings.Of(curvature ?? [])];
        var verdict = new FitVerdict(fit, imprecise, evidence, rows).Text();
        return new Assessment([.. findings.OrderByDescending(finding => finding.Severity)], verdict, evidence);
    }

    /// <summary>The inputs whose weights the data do not determine.</summary>
    public static IReadOnlyList<string> FreeInputs(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return [.. fit.Names.Inputs.Where((_, j) => !fit.NullSpace.DeterminesWeight(j))];
    }

    /// <inheritdoc/>
    public override string ToString() => Verdict;

    /// <summary>The inputs with a weight that the uncertainty of the data leaves less than a digit of.</summary>
    private static string[] Imprecise(LinearFit fit, Accuracy accuracy) =>
        [.. fit.Names.Inputs.Where((_, j) =>
            Enumerable.Range(0, fit.Names.Targets.Count).Any(t => accuracy.Data.Weights[t, j] < 1))];
}

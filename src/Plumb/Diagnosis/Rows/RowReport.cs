namespace Plumb.Diagnosis;

/// <summary>What the rows of the data say of a fit, told by a second look at them.</summary>
/// <param name="Tests">The tests that could be made.</param>
/// <param name="Outliers">Rows too far from the fit to be chance, the farthest first; at most ten per target.</param>
/// <param name="OutlierCount">How many rows are too far from the fit, on one target or more.</param>
/// <param name="Influential">The row that moves the fit most, per target.</param>
/// <param name="LargestLeverage">The largest leverage of a row.</param>
/// <param name="LargestLeverageRow">That row's number, from 1.</param>
public sealed record RowReport(
    IReadOnlyList<HypothesisTest> Tests,
    IReadOnlyList<RowInfluence> Outliers,
    long OutlierCount,
    IReadOnlyList<RowInfluence> Influential,
    double LargestLeverage,
    long LargestLeverageRow)
{
    /// <summary>What follows, in sentences; what explains the rest comes first.</summary>
    public IReadOnlyList<Finding> Findings { get; internal init; } = [];

    /// <summary>
    /// The answers to what only rows can tell: one each for <see cref="Question.Rows"/>, <see cref="Question.Affine"/>,
    /// <see cref="Question.Errors"/> and <see cref="Question.Order"/>.
    /// </summary>
    public IReadOnlyList<Evidence> Evidence { get; internal init; } = [];

    /// <summary>Rows that decide part of the fit alone; at most ten.</summary>
    public IReadOnlyList<DecidingRow> Deciding { get; internal init; } = [];

    /// <summary>Values that look like codes for missing ones, one per column.</summary>
    public IReadOnlyList<SuspectCode> SuspectCodes { get; internal init; } = [];

    /// <summary>
    /// Standard errors that hold where the noise changes from row to row; null where there are too many inputs.
    /// </summary>
    public RobustErrors? RobustErrors { get; internal init; }

    /// <summary>
    /// The standard errors that were asked for; null where none were, or where they cannot be found:
    /// <see cref="WhyNoAskedErrors"/>.
    /// </summary>
    public RobustErrors? AskedErrors { get; internal init; }

    /// <summary>Why the errors that were asked for cannot be found; null where they were, or none were asked
    /// for.</summary>
    public string? WhyNoAskedErrors { get; internal init; }

    /// <summary>
    /// What the estimates are worth by the errors that were asked for; where none were, by HC3 errors if the noise of a
    /// target is uneven, and by classical ones if it is not.
    /// </summary>
    /// <param name="fit">The fit that was looked at.</param>
    /// <exception cref="InvalidOperationException">There are no standard errors, or not those that were asked
    /// for.</exception>
    public Inference InferenceOf(LinearFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (WhyNoAskedErrors is { } why)
        {
            throw new InvalidOperationException(
                $"the standard errors that were asked for cannot be found: {why}; ask for none to have the others.");
        }

        var form = AskedErrors?.Form ?? (Uneven.Count > 0 && !fit.Settings.NoiseIsKnown ? RobustErrors?.Form : null);
        return form is null ? fit.Inference : fit.InferenceBy(form);
    }

    /// <summary>Rows that move the fit much and may be right: chance puts one in a hundred so far off.</summary>
    internal IReadOnlyList<RowInfluence> MovingInDoubt { get; init; } = [];

    /// <summary>Rows that are copies of others; null where there are no more than chance gives.</summary>
    public CopiedRows? Copied { get; internal init; }

    /// <summary>Rows that lie far off together, one set per target.</summary>
    public IReadOnlyList<MaskedRows> Masked { get; internal init; } = [];

    /// <summary>
    /// Whether there is a residual, or a row that is no copy beyond as many as the data determine parameters: without
    /// one the
    /// map passes through every row, whatever the noise.
    /// </summary>
    public bool HasRowToSpare { get; internal init; } = true;

    /// <summary>The rows of weight 0, which were left out.</summary>
    public long RowsWithoutWeight { get; internal init; }

    /// <summary>
    /// The rows for pictures, per target; empty where nobody asked for them, where inputs depend on each other to
    /// within rounding, and where numbers leave the range of doubles.
    /// </summary>
    public IReadOnlyList<RowCloud> Clouds { get; internal init; } = [];

    /// <summary>
    /// PRESS, one per target: the sum of squared residuals, each from the fit to the other rows, with weights the
    /// weighted one. NaN where a row has leverage 1, as no fit to the others tells it. Allen, Technometrics 16, 1974.
    /// </summary>
    public IReadOnlyList<double> Press { get; internal init; } = [];

    /// <summary>
    /// 1 - PRESS / total sum of squares, one per target: R-squared of rows that the fit has not seen.
    /// </summary>
    public IReadOnlyList<double> PredictedRSquared { get; internal init; } = [];

    /// <summary>The findings that speak against even noise and independent rows, which classical errors take.</summary>
    internal IEnumerable<Finding> AgainstClassicalErrors => Findings.Where(finding =>
        finding.Code is "breusch-pagan" or "white" or "durbin-watson" or "copies" or "groups");

    /// <summary>Columns whose groups of rows have residuals in common, one per target at most.</summary>
    internal IReadOnlyList<CorrelatedGroups> Correlated { get; init; } = [];

    /// <summary>The rows that are too far from the fit, if they are few.</summary>
    internal Moments? OutlierMoments { get; init; }

    /// <summary>Whether the noise of a target was found to change with the inputs.</summary>
    public bool HasUnevenNoise(string target) => Uneven.Contains(target, StringComparer.Ordinal);

    /// <summary>The same report, of which the classical errors are to be given whatever the noise.</summary>
    internal RowReport WithClassicalErrors() => this with { RobustErrors = null };

    /// <summary>The targets whose noise was found to change with the inputs.</summary>
    internal IReadOnlyList<string> Uneven { get; init; } = [];

    /// <summary>The answers where nobody has looked at the rows.</summary>
    /// <param name="why">Why not, such as "moments hold no rows".</param>
    public static IReadOnlyList<Evidence> NotLookedAt(string why) =>
        [.. ((Question[])[Question.Rows, Question.Affine, Question.Errors, Question.Order]).Select(question =>
            new Evidence(question, Answer.NotLookedAt, why, double.NaN))];

    /// <summary>
    /// The best fit without the rows that are too far from it; null where there are none, or many, or where the others
    /// determine less.
    /// </summary>
    internal AffineMap? FitWithoutOutliers(LinearFit fit)
    {
        if (OutlierMoments is null || OutlierMoments.Rows >= fit.Rows)
        {
            return null;
        }

        var others = fit.Moments.Clone();
        others.Remove(OutlierMoments);
        var without = fit.Settings.Fit(others);
        return without.Rank == fit.Rank ? without.Map : null;
    }
}

namespace Plumb.Cli.Reports;

/// <summary>Levels of a category, compared.</summary>
internal static class LevelsPart
{
    private const int MostDifferences = 60;

    public static IEnumerable<PagePart> Of(TestDocument document, LevelComparison comparison)
    {
        var (what, equal) = (comparison.SlopeOf is { } input ? $"Slopes of {input}" : "Means", comparison.Equal);
        yield return new PageHeading(
            $"{what} by {comparison.Column}{(document.Fit.Names.Targets.Count > 1 ? $", {comparison.Target}" : "")}",
            equal.Undetermined is { } why ? $"cannot be compared: {why}"
                : TestPage.IsNoiseKnown(document)
                ? $"all equal: chi-squared {TestPage.Known(equal.F * equal.NumeratorDegreesOfFreedom)} on "
                    + $"{equal.NumeratorDegreesOfFreedom}, {PValueText.Equation(equal.PValue)}"
                : $"all equal: F {TestPage.Known(equal.F)} on {equal.NumeratorDegreesOfFreedom} and "
                    + $"{TestPage.Freedom(equal.DenominatorDegreesOfFreedom)}, {PValueText.Equation(equal.PValue)}");
        yield return new PageTable(
            [
                PageColumn.Names(comparison.Column),
                new(comparison.SlopeOf is null ? "mean" : "slope") { Meaning = comparison.SlopeOf is null
                    ? "At the means of the other inputs, and over all levels of other categories alike."
                    : "Of the target per unit of the input, at the means of the others." },
                new("std. error"), new(TestPage.Interval(document)),
            ],
            [.. comparison.Estimates.Select(level => (IReadOnlyList<PageCell>)(double.IsNaN(level.Estimate)
                ? [level.Text, new PageCell("undetermined", Tone.Warning), "-", "-"]
                : [level.Text, .. TestPage.Cells(level).Take(3)]))]);
        TestedHypothesis[] made = [.. comparison.Differences.Where(test => test.Undetermined is null)];
        if (made.Length > 0)
        {
            var isAdjusted = document.AdjustmentOfLevels != AdjustmentMethod.None;
            yield return new PageTable(
                [
                    PageColumn.Names("levels"), new("difference"), new("std. error"), new(TestPage.Interval(document)),
                    new(TestPage.Ratio(document)), new("p"), .. isAdjusted ? (PageColumn[])
                    [
                        new($"p ({document.AdjustmentOfLevels.ToString().ToLowerInvariant()})")
                        {
                            Meaning = "The p-value that allows for all differences in this table.",
                        },
                    ] : [],
                ],
                [.. made.Take(MostDifferences).Select(test => (IReadOnlyList<PageCell>)
                [
                    test.Text, .. TestPage.Cells(test.Restrictions[0]),
                    .. isAdjusted ? (PageCell[])[PValueText.Of(test.AdjustedPValue ?? double.NaN)] : [],
                ])]);
        }

        if (made.Length > MostDifferences)
        {
            yield return new PageText(FormattableString.Invariant(
                $"Shown: {MostDifferences} of {made.Length} differences; --json gives all."));
        }
    }
}

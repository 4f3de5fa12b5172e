namespace Plumb;

/// <summary>Criteria for choosing between fits of the same rows, and weights in units of spread.</summary>
internal static class StatisticsPart
{
    public static IEnumerable<PagePart> Of(LinearFit fit)
    {
        var names = fit.Names;
        int[] targets = [.. Enumerable.Range(0, Math.Min(names.Targets.Count, PageParts.MostTargets))];
        yield return new PageHeading("Criteria",
            "smaller AIC or BIC is better, among fits of the same rows and target");
        yield return new PageTable(
            [PageColumn.Names("target"), new("log-likelihood"), new("AIC"), new("BIC")],
            [.. targets.Select(t => (IReadOnlyList<PageCell>)
            [
                names.Targets[t], Known(fit.LogLikelihood(t)), Known(fit.AkaikeInformation(t)),
                Known(fit.BayesianInformation(t)),
            ])]);
        yield return new PageHeading("Standardized weights",
            "standard deviations of the target per standard deviation of the input");
        yield return new PageTable(
            [PageColumn.Names("input"), .. targets.Select(t => new PageColumn(names.Targets[t]))],
            PageParts.Parameters(names, hasBias: false, j => targets.Select(t => fit.Settings.Ridge > 0
                || fit.Determines(j) ? new PageCell(Known(fit.StandardizedWeight(t, j)))
                : new PageCell("undetermined", Tone.Warning))));
    }

    private static string Known(double value) => double.IsFinite(value) ? NumberText.Significant(value, 6) : "-";
}

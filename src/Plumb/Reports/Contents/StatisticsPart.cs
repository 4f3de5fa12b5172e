namespace Plumb.Reports;

/// <summary>Criteria for choosing between fits of the same rows, and weights in units of spread.</summary>
internal static class StatisticsPart
{
    public static IEnumerable<PagePart> Of(FitDocument document)
    {
        var (fit, rows) = (document.Fit, document.Rows);
        var names = fit.Names;
        int[] targets = [.. Enumerable.Range(0, Math.Min(names.Targets.Count, PageParts.MostTargets))];
        yield return new PageHeading("Criteria",
            "smaller AIC or BIC is better, among fits of the same rows and target");
        yield return new PageTable(
            [PageColumn.Names("target"), new("log-likelihood"), new("AIC"), new("BIC"),
                new("PRESS") { Meaning = "Squared residuals from fits to the other rows, added up." },
                new("predicted R²") { Meaning = "1 - PRESS / total sum of squares." }],
            [.. targets.Select(t => (IReadOnlyList<PageCell>)
            [
                names.Targets[t], Known(fit.LogLikelihood(t)), Known(fit.AkaikeInformation(t)),
                Known(fit.BayesianInformation(t)), Known(rows?.Press[t] ?? double.NaN),
                rows is null || double.IsNaN(rows.PredictedRSquared[t]) ? "-"
                    : NumberText.Share(rows.PredictedRSquared[t]),
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

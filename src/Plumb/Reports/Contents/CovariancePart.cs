namespace Plumb.Reports;

/// <summary>The covariances of a fit's estimates, and of its residuals between targets.</summary>
internal static class CovariancePart
{
    private const int MostParameters = 12; // more are in the JSON

    public static IEnumerable<PagePart> Of(LinearFit fit)
    {
        if (fit.WhyNoErrors is { } why)
        {
            yield return new PageText("There are no covariances: " + why);
            yield break;
        }

        var targets = Math.Min(fit.Names.Targets.Count, PageParts.MostTargets);
        if (fit.Names.Targets.Count > 1)
        {
            yield return new PageHeading("Covariance of the residuals");
            yield return Table([.. fit.Names.Targets.Take(targets)], "target", fit.ResidualCovariance);
        }

        for (var t = 0; t < targets; t++)
        {
            var covariance = fit.Covariance(t);
            yield return new PageHeading($"Covariance of the estimates of {covariance.Target}",
                covariance.Method.Name);
            yield return Table([.. covariance.Parameters.Take(MostParameters).Select(ParameterLabels.Of)], "parameter",
                covariance.ToMatrix());
        }

        if (fit.ParametersPerTarget > MostParameters)
        {
            yield return new PageText(FormattableString.Invariant(
                $"Shown: {MostParameters} of {fit.ParametersPerTarget} parameters; {PageParts.JsonGives} all."));
        }
    }

    private static PageTable Table(string[] names, string heading, Matrix matrix) => new(
        [PageColumn.Names(heading), .. names.Select(name => new PageColumn(name))],
        [.. names.Select((name, i) => (IReadOnlyList<PageCell>)
        [
            name, .. names.Select((_, j) => (PageCell)(double.IsNaN(matrix[i, j]) ? "-"
                : NumberText.Significant(matrix[i, j], 5))),
        ])]);
}

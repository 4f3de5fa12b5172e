namespace Plumb.Reports;

/// <summary>What noise in the inputs did to the best fit, for people.</summary>
internal static class CorrectionPart
{
    public static IEnumerable<PagePart> Of(LinearFit fit, CorrectedFit? corrected)
    {
        if (corrected is null)
        {
            yield break;
        }

        var noisy = fit.Names.Inputs.Index().Where(input => corrected.Reliability[input.Index] < 1)
            .Select(input => $"{input.Item} {NumberText.Measure(100 * corrected.Reliability[input.Index])}%");
        yield return new PageHeading("Corrected for noise in the inputs");
        yield return new PageText($"Share of the variance that is not noise: {string.Join(", ", noisy)}.");
        for (var t = 0; t < Math.Min(PageParts.MostTargets, fit.Names.Targets.Count); t++)
        {
            yield return new PageHeading(fit.Names.Targets[t]);
            yield return Table(fit, corrected, t);
        }
    }

    private static PageTable Table(LinearFit fit, CorrectedFit corrected, int target) => new(
        [
            PageColumn.Names("input"), new("best fit"), new("corrected"), new("std. error"),
            new("best fit / corrected"),
        ],
        PageParts.Parameters(fit.Names, fit.Settings.Bias, j =>
        {
            var (best, value) = (fit.Map.At(target, j), corrected.Map.At(target, j));
            var error = j < fit.Names.Inputs.Count ? corrected.WeightErrors[target, j] : corrected.BiasErrors[target];
            return
            [
                NumberText.Coefficient(best), NumberText.Coefficient(value), NumberText.Measure(error),
                value == 0 ? "-" : NumberText.Significant(best / value, 3),
            ];
        }))
    {
        Caption = $"Parameters of {fit.Names.Targets[target]}, corrected",
    };
}

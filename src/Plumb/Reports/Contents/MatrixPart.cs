namespace Plumb.Reports;

/// <summary>W and b as a matrix, a row per target, where that is small enough to be read so.</summary>
internal static class MatrixPart
{
    private const int MostColumns = 8; // inputs and the bias
    private const int MostRows = 60;

    public static IEnumerable<PagePart> Of(LinearFit fit)
    {
        var names = fit.Names;
        if (names.Targets.Count < 2 || names.Inputs.Count + 1 > MostColumns)
        {
            yield break;
        }

        var isRidge = fit.Settings.Ridge > 0;
        yield return new PageHeading(fit.Settings.Bias ? "W and b" : "W");
        yield return new PageTable(
            [
                PageColumn.Names("target"), .. names.Inputs.Select(name => new PageColumn(ParameterLabels.Of(name))),
                .. fit.Settings.Bias ? [new PageColumn(ParameterLabels.Bias)] : Array.Empty<PageColumn>(),
            ],
            [.. names.Targets.Take(MostRows).Select((name, t) => (IReadOnlyList<PageCell>)
            [
                name,
                .. Enumerable.Range(0, names.Inputs.Count + (fit.Settings.Bias ? 1 : 0)).Select(j =>
                    isRidge || fit.DeterminesAt(j) ? new PageCell(NumberText.Coefficient(fit.Map.At(t, j)))
                        : new PageCell("undetermined", Tone.Warning)),
            ])])
        {
            Caption = "Weights, a row per target",
        };
    }
}

namespace Plumb.Reports;

/// <summary>The rows of a target that move the fit most.</summary>
internal static class InfluencePart
{
    public static IEnumerable<PagePart> Of(FitDocument document, int target)
    {
        var name = document.Fit.Names.Targets[target];
        RowEffect[] rows = [.. document.Influence.Where(effect => effect.Target == name)];
        if (rows.Length == 0)
        {
            yield break;
        }

        yield return new PageTable(
            [
                new("row"), new("leverage") { Meaning = "The row's part in its own prediction, 0 to 1." },
                new("residual"), new("studentized")
                {
                    Meaning = "The residual from the fit to the other rows, over its standard error.",
                },
                new("Cook") { Meaning = "Cook's distance: how far all parameters move without the row; above 1 is "
                    + "high." },
                new("DFFITS")
                {
                    Meaning = "How far the row's own prediction moves without it, in standard errors.",
                },
            ],
            [.. rows.Select(effect => (IReadOnlyList<PageCell>)
            [
                NumberText.Count(effect.Row), Known(effect.Leverage), NumberText.Coefficient(effect.Residual),
                Known(effect.Studentized), Known(effect.CooksDistance), Known(effect.Dffits),
            ])])
        {
            Caption = $"Rows that move the fit of {name} most",
        };
    }

    private static string Known(double value) => double.IsFinite(value) ? NumberText.Significant(value, 4) : "-";
}

namespace Plumb.Reports;

/// <summary>Why a map is not the truth, or not the best fit, parameter by parameter.</summary>
internal static class CauseFigures
{
    /// <summary>The picture of a target; none where there is one cause at most, and nothing to add up.</summary>
    public static IEnumerable<PageFigure> Of(Explanation explanation, int target)
    {
        if (explanation.Truth is null && explanation.Causes.Count < 2)
        {
            yield break;
        }

        var names = explanation.Candidate.Names;
        var origin = explanation.Truth ?? explanation.Limit;
        var count = names.Inputs.Count + (explanation.Fit.Settings.Bias ? 1 : 0);
        var word = explanation.Truth is null ? "best fit" : "truth";
        yield return new CauseWaterfall($"{names.Targets[target]}: from the {word} to what was learned",
            $"For each parameter, the causes that lead from the {word} to its learned value. They add up exactly.",
            word,
            [
                .. Enumerable.Range(0, count).Select(j => new CauseRow(
                    j < names.Inputs.Count ? ParameterLabels.Of(names.Inputs[j]) : ParameterLabels.Bias,
                    origin.At(target, j), explanation.Candidate.At(target, j),
                    [.. explanation.Causes.Select(cause =>
                        new CausePart(ExplainPage.WordOf(cause.Code), cause.Part.At(target, j)))])),
            ])
        {
            Name = PageParts.IdOf("causes", names, target),
        };
    }
}

using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>
/// Direction by direction: what a step leaves of the error, and when it is within what is allowed of the distance of
/// predictions.
/// </summary>
internal static class DirectionsPart
{
    private const int Most = 8; // the largest and the smallest eigenvalues

    public static IEnumerable<PagePart> Of(TrainingResult result)
    {
        var count = result.Plan.Eigenvalues.Count;
        if (count < 2 || Directions.Of(result) is not var (kept, needed, rate, fewest))
        {
            yield break;
        }

        var isBest = result.Rate == rate;
        PageColumn[] columns =
        [
            PageColumn.Names("eigenvalue"),
            new("kept per step") { Meaning = "the share of the error that a step leaves." },
            new("steps to converge"),
            .. isBest ? [] : (PageColumn[])[new(FormattableString.Invariant($"at rate {NumberText.Rate(rate)}"))],
        ];
        var rows = Enumerable.Range(0, count).Select(i => (IReadOnlyList<PageCell>)
        [
            NumberText.Measure(result.Plan.Eigenvalues[i]), NumberText.Significant(kept[i], 6),
            NumberText.Count(needed[i]),
            .. isBest ? [] : (PageCell[])[NumberText.Count(fewest[i])],
        ]).ToList();
        if (count > Most)
        {
            rows = [.. rows.Take(Most / 2), [.. columns.Select(_ => new PageCell("..."))], .. rows.TakeLast(Most / 2)];
        }

        yield return new PageTable(columns, rows) { Caption = "Steps to converge, direction by direction" };
    }
}

using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>How well a model predicts rows, for people.</summary>
internal static class ScorePage
{
    private const int MostTargets = 60;

    public static Page Of(ScoreDocument document)
    {
        var (score, then) = (document.Score, document.RSquaredThen);
        return new Page($"How well {document.Model} predicts {document.Source}",
        [
            new PageText($"{NumberText.Of(score.Rows, "row")}{(document.IsWeighted ? ", weighted" : "")}."),
            new PageVerdict(ScoreText.Verdict(score), ScoreText.IsGood(score)),
            .. PageParts.Findings(document.Findings),
            new PageTable(
                [
                    PageColumn.Names("target"), new("RMSE"), new("MAE"), new("R-squared"),
                    .. then.Count > 0 ? (PageColumn[])[new("when learned")] : [],
                    new("mean residual"), new("std. dev. of target"),
                ],
                [.. score.Targets.Take(MostTargets).Select((target, t) => (IReadOnlyList<PageCell>)
                [
                    target.Target, NumberText.Significant(target.RootMeanSquare, 4), Known(target.MeanAbsolute),
                    Share(target.RSquared), .. then.Count > 0 ? (PageCell[])[Share(then[t])] : [],
                    NumberText.Signed(target.MeanResidual), NumberText.Significant(target.StandardDeviation, 4),
                ])]),
            .. then.Count == 0 ? [] : (PagePart[])
            [
                new PageText($"When learned: R-squared on the {NumberText.Of(document.LearnedFrom!.Rows, "row")} that "
                    + "the model was learned from."),
            ],
            new PageText("A residual is measured - predicted. Predicting the mean of these rows would leave an RMSE as "
                + "large as the standard deviation."),
            .. score.Targets.Count <= MostTargets ? [] : (PagePart[])
            [
                new PageText(string.Create(CultureInfo.InvariantCulture,
                    $"Shown: {MostTargets} of {score.Targets.Count} targets; --json gives all.")),
            ],
        ]);
    }

    private static string Share(double value) => double.IsNaN(value) ? "-" : NumberText.Share(value);

    private static string Known(double value) => double.IsNaN(value) ? "-" : NumberText.Significant(value, 4);
}

using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>How well a model predicts rows, for people.</summary>
internal static class ScorePage
{
    private const int MostTargets = 60;

    public static Page Of(ScoreDocument document)
    {
        var score = document.Score;
        return new Page($"How well {document.Model} predicts {document.Source}",
        [
            new PageText($"{NumberText.Of(score.Rows, "row")}{(document.IsWeighted ? ", weighted" : "")}."),
            new PageVerdict(ScoreText.Verdict(score), ScoreText.IsGood(score)),
            .. PageParts.Findings(document.Findings),
            new PageTable(
                [
                    PageColumn.Names("target"), new("RMSE"), new("MAE"), new("R-squared"), new("mean residual"),
                    new("std. dev. of target"),
                ],
                [.. score.Targets.Take(MostTargets).Select(target => (IReadOnlyList<PageCell>)
                [
                    target.Target, NumberText.Significant(target.RootMeanSquare, 4), Known(target.MeanAbsolute),
                    double.IsNaN(target.RSquared) ? "-" : NumberText.Share(target.RSquared),
                    NumberText.Signed(target.MeanResidual), NumberText.Significant(target.StandardDeviation, 4),
                ])]),
            new PageText("A residual is measured - predicted. Predicting the mean of these rows would leave an RMSE as "
                + "large as the standard deviation."),
            .. score.Targets.Count <= MostTargets ? [] : (PagePart[])
            [
                new PageText(string.Create(CultureInfo.InvariantCulture,
                    $"Shown: {MostTargets} of {score.Targets.Count} targets; --json gives all.")),
            ],
        ]);
    }

    private static string Known(double value) => double.IsNaN(value) ? "-" : NumberText.Significant(value, 4);
}

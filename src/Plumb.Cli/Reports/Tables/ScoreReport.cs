using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>How well a model predicts rows, for people.</summary>
internal static class ScoreReport
{
    private const int MostTargets = 60;

    public static void Write(IAnsiConsole console, ScoreDocument document)
    {
        var score = document.Score;
        console.Heading($"How well {document.Model} predicts {document.Source}");
        console.Text($"{NumberText.Of(score.Rows, "row")}{(document.IsWeighted ? ", weighted" : "")}.");
        console.Verdict(ScoreText.Verdict(score), ScoreText.IsGood(score));
        console.Findings(document.Findings);
        var table = ReportParts.Table("target", "RMSE", "MAE", "R-squared", "mean residual", "std. dev. of target");
        foreach (var target in score.Targets.Take(MostTargets))
        {
            table.Row(target.Target, NumberText.Significant(target.RootMeanSquare, 4), Known(target.MeanAbsolute),
                RSquared(target.RSquared), NumberText.Signed(target.MeanResidual),
                NumberText.Significant(target.StandardDeviation, 4));
        }

        foreach (var column in table.Columns)
        {
            column.Padding = new Padding(1, 0, 0, 0);
        }

        console.WriteTable(table);
        console.Text("A residual is measured - predicted. Predicting the mean of these rows would leave an RMSE as "
            + "large as the standard deviation.");
        if (score.Targets.Count > MostTargets)
        {
            console.Text(FormattableString.Invariant(
                $"Shown: {MostTargets} of {score.Targets.Count} targets; --json gives all."));
        }
    }

    private static string Known(double value) => double.IsNaN(value) ? "-" : NumberText.Significant(value, 4);

    // Short of 1, however little.
    private static string RSquared(double value) => double.IsNaN(value) ? "-"
        : value is > 0.99995 and < 1 ? "1 - " + NumberText.Measure(1 - value) : NumberText.Significant(value, 4);
}

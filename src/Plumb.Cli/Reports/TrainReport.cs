using System.Globalization;
using Plumb.Cli.Training;
using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A training run, for people.</summary>
internal static class TrainReport
{
    private const int MostParameters = 60; // a target, in tables
    private const int MostTargets = 6;
    private const int MostDirections = 8; // the largest and the smallest eigenvalues
    private const double NearlyOne = 1 - 1e-4; // six digits of it would tell too little

    public static void Write(IAnsiConsole console, TrainingResult result, TrainingText sentences, string source,
        IReadOnlyList<string>? rest)
    {
        console.Heading(Title(result));
        console.Text(FormattableString.Invariant($"Loss {result.Loss.Name}: {result.Loss.Formula}, r = W x + b - y."));
        console.Text(
            string.Create(CultureInfo.InvariantCulture,
                $"{source}: {NumberText.Of(result.Moments.Rows, "row")}, "
                    + $"{NumberText.Of(result.Moments.InputCount, "input")}"
                    + $", {NumberText.Of(result.Moments.TargetCount, "target")}; rank {result.Fit.Rank} of "
                        + $"{result.Fit.ParametersPerTarget}."));
        console.OtherColumns(rest);
        var isConverged = result.Convergence.IsConverged && result.Outcome != TrainingOutcome.Diverged;
        console.Verdict(sentences.Verdict,
            isConverged && result.Assessment.Evidence.All(item => item.Answer != Answer.Fails));
        console.Findings(
            [.. result.Assessment.Findings.Where(finding =>
                finding.Code is "not-identified" or "near-dependence" or "entangled"), .. result.DataFindings]);
        WriteProgress(console, result);
        WriteDirections(console, result);
        for (var t = 0; t < Math.Min(MostTargets, result.Learned.TargetCount); t++)
        {
            WriteTarget(console, result, t);
        }
    }

    private static string Title(TrainingResult result)
    {
        var batch = result.Task.BatchSize is { } size ? FormattableString.Invariant($"batches of {size}")
            : "full batches";
        var rate = result.Settings is { } settings
            ? $" at rate {NumberText.Rate(settings.LearningRate)}"
                + $"{(settings.Schedule == Schedule.Constant ? "" : $" ({settings.Schedule})")}" : "";
        return $"{result.Method.Title}: {NumberText.Of(result.StepsTaken, "step")}{rate}, {batch}"
            + $"{(result.Task.IsStandardized ? ", standardized inputs" : "")}";
    }

    private static void WriteProgress(IAnsiConsole console, TrainingResult result)
    {
        var table = ReportParts.Table("", "start", "now", "in the limit");
        table.Row("loss", NumberText.Significant(result.InitialLoss, 6), NumberText.Significant(result.FinalLoss, 6),
            NumberText.Significant(result.LeastLoss, 6));
        if (result.HeldOutLoss is { } heldOut)
        {
            table.Row("loss over held-out rows", NumberText.Significant(result.InitialHeldOutLoss!.Value, 6),
                NumberText.Significant(heldOut, 6), "");
        }

        table.Row("distance to the limit", NumberText.Significant(result.InitialDistance, 6),
            NumberText.Significant(result.DistanceToLimit, 6), "0");
        if (result.Outcome != TrainingOutcome.Diverged && !result.Task.IsStandardized
            && !double.IsNaN(result.PredictedDistance))
        {
            table.Row(result.Task.BatchSize is null ? "  predicted by the spectrum" : "  predicted in the mean", "",
                NumberText.Significant(result.PredictedDistance, 6), "");
        }

        if (!result.Fit.IsIdentified)
        {
            table.Row(result.Task.IsStandardized ? "moved freely, standardized" : "moved along undetermined directions",
                "0", NumberText.Significant(result.FreeMovement, 3), "");
        }

        if (result.Truth is { } truth)
        {
            table.Row("distance to the truth", NumberText.Significant((result.Initial - truth).Norm, 6),
                NumberText.Significant((result.Learned - truth).Norm, 6),
                NumberText.Significant((result.Limit - truth).Norm, 6));
        }

        console.WriteTable(table);
        WritePlan(console, result);
    }

    private static void WritePlan(IAnsiConsole console, TrainingResult result)
    {
        var plan = result.Plan;
        if (plan.Eigenvalues.Count == 0)
        {
            return;
        }

        var spread =
            string.Create(CultureInfo.InvariantCulture,
                $"The Hessian's eigenvalues run from {NumberText.Measure(plan.Eigenvalues[0])} down to "
                    + $"{NumberText.Measure(plan.Eigenvalues[^1])} (condition number "
                        + $"{NumberText.Measure(plan.Eigenvalues[0] / plan.Eigenvalues[^1])})");
        if (result.Settings is null || double.IsNaN(result.Task.LargestStableRate))
        {
            console.Text($"{spread}.");
            return;
        }

        var kind = result.Task.BatchSize is null ? "Stable below rate" : result.Method.Linear!.Stages.Count > 0
            ? "Stable in the mean below rate" : "No batch can make it diverge below rate";
        var factor = plan.SlowestFactor(result.Settings.LearningRate);
        var pace = factor < NearlyOne
            ? $"the slowest direction keeps {NumberText.Significant(factor, 6)} of its error per step"
            : factor < 1 ? $"the slowest direction loses {NumberText.Measure(1 - factor)} of its error per step"
            : $"the error grows up to {NumberText.Significant(factor, 4)} times per step";
        console.Text($"{kind} {NumberText.Rate(result.Task.LargestStableRate)}. {spread}: at this rate {pace}.");
        if (result.Task.BatchSize is null && result.StepsWhenStandardized is { } fewer
            && fewer < result.StepsAtBestRate)
        {
            console.Text(
                $"At the best rate, {NumberText.Rate(plan.BestLearningRate)}, it takes "
                    + $"{NumberText.Of(result.StepsAtBestRate, "step")} to converge; with --standardize "
                        + $"{NumberText.Count(fewer)}.");
        }
    }

    /// <summary>
    /// Direction by direction: what a step leaves of the error, and when it is within what is allowed of the distance
    /// of predictions.
    /// </summary>
    private static void WriteDirections(IAnsiConsole console, TrainingResult result)
    {
        if (result.Path is not { } path || result.Plan.Eigenvalues.Count < 2)
        {
            console.WriteLine();
            return;
        }

        var (count, rate) = (result.Plan.Eigenvalues.Count, result.Task.BestRate());
        var error = result.Task.Start - result.Task.Limit;
        IReadOnlyList<double> StepsAt(double other) => result.Task.PredictionPath(error, other).StepsToEach(1);
        var (kept, needed, fewest) = (path.Factors, StepsAt(result.Rate), StepsAt(rate));
        var isBest = result.Rate == rate;
        string[] headings = ["eigenvalue", "kept per step", "steps to converge"];
        var table =
            ReportParts.Table(
                isBest ? headings : [.. headings, FormattableString.Invariant($"at rate {NumberText.Rate(rate)}")]);
        for (var i = 0; i < count; i++)
        {
            if (count > MostDirections && i == MostDirections / 2)
            {
                i = count - MostDirections / 2;
                table.Row([.. Enumerable.Repeat("...", table.Columns.Count)]);
            }

            string[] cells = [NumberText.Measure(result.Plan.Eigenvalues[i]), NumberText.Significant(kept[i], 6),
                NumberText.Count(needed[i])];
            table.Row(isBest ? cells : [.. cells, NumberText.Count(fewest[i])]);
        }

        console.WriteTable(table);
    }

    private static void WriteTarget(IAnsiConsole console, TrainingResult result, int target)
    {
        console.Heading(result.Moments.Names.Targets[target]);
        string[] headings = ["input", "start", "learned", "limit", "best fit"];
        var table = ReportParts.Table(result.Truth is null ? headings : [.. headings, "truth"]);
        for (var j = 0; j < Math.Min(MostParameters, result.Learned.InputCount); j++)
        {
            var input = j;
            AddRow(table, result, result.Moments.Names.Inputs[j], result.Fit.NullSpace.DeterminesWeight(j),
                map => map.WeightsOf(target)[input]);
        }

        if (result.Fit.Settings.Bias)
        {
            AddRow(table, result, "(bias)", result.Fit.NullSpace.DeterminesBias, map => map.Bias[target]);
        }

        console.WriteTable(table);
    }

    private static void AddRow(Table table, TrainingResult result, string name, bool isDetermined,
        Func<AffineMap, double> value)
    {
        string[] cells =
        [
            name,
            NumberText.Coefficient(value(result.Initial)),
            NumberText.Coefficient(value(result.Learned)),
            NumberText.Coefficient(value(result.Limit)),
            isDetermined ? NumberText.Coefficient(value(result.Fit.Map)) : "not identified",
        ];
        table.Row(result.Truth is { } truth ? [.. cells, NumberText.Coefficient(value(truth))] : cells);
    }
}

using Spectre.Console;

namespace Plumb.Cli.Reports;

/// <summary>A training run, for people.</summary>
internal static class TrainReport
{
    private const int MostParameters = 60; // a target, in tables
    private const int MostTargets = 6;

    public static void Write(IAnsiConsole console, TrainingResult result, string source)
    {
        var batch = result.BatchSize is { } size ? FormattableString.Invariant($"batches of {size}") : "full batches";
        console.Heading(FormattableString.Invariant($"Gradient descent: {Numbers.Of(result.Steps, "step")} at rate {Numbers.Rate(result.Settings.LearningRate)}, {batch}"));
        console.Text(FormattableString.Invariant($"Loss {result.Settings.Loss.Name}: {result.Settings.Loss.Formula}, r = W x + b - y."));
        console.Text(FormattableString.Invariant($"{source}: {Numbers.Of(result.Moments.Rows, "row")}, {Numbers.Of(result.Moments.InputCount, "input")}, {Numbers.Of(result.Moments.TargetCount, "target")}; rank {result.Fit.Rank} of {result.Fit.ParametersPerTarget}."));
        console.Verdict(result.Verdict, result.Outcome == TrainingOutcome.Converged && result.Fit.IsIdentified);
        console.Findings([.. Assessment.Of(result.Fit).Findings.Where(finding => finding.Code is "not-identified" or "near-dependence"), .. result.DataFindings]);
        WriteProgress(console, result);
        console.WriteLine();
        for (var t = 0; t < Math.Min(MostTargets, result.Learned.TargetCount); t++)
        {
            WriteTarget(console, result, t);
        }
    }

    private static void WriteProgress(IAnsiConsole console, TrainingResult result)
    {
        var table = ReportParts.Table("", "start", "now", "in the limit");
        table.Row("loss", Numbers.Significant(result.InitialLoss, 6), Numbers.Significant(result.FinalLoss, 6), Numbers.Significant(result.LeastLoss, 6));
        table.Row("distance to the limit", Numbers.Significant(result.InitialDistance, 6), Numbers.Significant(result.DistanceToLimit, 6), "0");
        if (result.Outcome != TrainingOutcome.Diverged && result.BatchSize is null)
        {
            table.Row("  predicted by the spectrum", "", Numbers.Significant(result.PredictedDistance, 6), "");
        }

        if (result.Truth is { } truth)
        {
            table.Row("distance to the truth", Numbers.Significant((result.Initial - truth).Norm, 6), Numbers.Significant((result.Learned - truth).Norm, 6), Numbers.Significant((result.Limit - truth).Norm, 6));
        }

        console.WriteTable(table);
        var plan = result.Plan;
        if (plan.Eigenvalues.Count > 0)
        {
            var kind = result.BatchSize is null ? "Stable below rate" : "No batch can make it diverge below rate";
            var factor = plan.SlowestFactor(result.Settings.LearningRate);
            var pace = factor < 1 ? $"the slowest direction keeps {Numbers.Significant(factor, 6)} of its error a step" : $"the error grows up to {Numbers.Significant(factor, 4)} times a step";
            console.Text(FormattableString.Invariant($"{kind} {Numbers.Rate(result.LargestStableLearningRate)}. The Hessian's eigenvalues run from {Numbers.Measure(plan.Eigenvalues[0])} down to {Numbers.Measure(plan.Eigenvalues[^1])}: at this rate {pace}."));
        }
    }

    private static void WriteTarget(IAnsiConsole console, TrainingResult result, int target)
    {
        console.Heading(result.Moments.Names.Targets[target]);
        string[] headings = ["input", "start", "learned", "limit", "best fit"];
        var table = ReportParts.Table(result.Truth is null ? headings : [.. headings, "truth"]);
        for (var j = 0; j < Math.Min(MostParameters, result.Learned.InputCount); j++)
        {
            var input = j;
            AddRow(table, result, result.Moments.Names.Inputs[j], result.Fit.NullSpace.DeterminesWeight(j), map => map.WeightsOf(target)[input]);
        }

        if (result.Settings.Bias)
        {
            AddRow(table, result, "(bias)", result.Fit.NullSpace.DeterminesBias, map => map.Bias[target]);
        }

        console.WriteTable(table);
    }

    private static void AddRow(Table table, TrainingResult result, string name, bool isDetermined, Func<AffineMap, double> value)
    {
        string[] cells =
        [
            name,
            Numbers.Coefficient(value(result.Initial)),
            Numbers.Coefficient(value(result.Learned)),
            Numbers.Coefficient(value(result.Limit)),
            isDetermined ? Numbers.Coefficient(value(result.Fit.Map)) : "not identified",
        ];
        table.Row(result.Truth is { } truth ? [.. cells, Numbers.Coefficient(value(truth))] : cells);
    }
}

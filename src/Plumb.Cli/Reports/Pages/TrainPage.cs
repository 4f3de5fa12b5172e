using System.Globalization;
using Plumb.Cli.Training;

namespace Plumb.Cli.Reports;

/// <summary>A training run, for people.</summary>
internal static class TrainPage
{
    private const double NearlyOne = 1 - 1e-4; // six digits of it would tell too little

    /// <summary>The page of a run.</summary>
    /// <param name="result">Where it ended.</param>
    /// <param name="sentences">What there is to say of that.</param>
    /// <param name="source">What the data are called.</param>
    /// <param name="rest">The columns that are inputs as nobody named these.</param>
    /// <param name="explanation">What explains the learned map.</param>
    /// <param name="explains">Whether that is shown.</param>
    public static Page Of(TrainingResult result, TrainingText sentences, string source, IReadOnlyList<string>? rest,
        Explanation explanation, bool explains)
    {
        var isConverged = result.Convergence.IsConverged && result.Outcome != TrainingOutcome.Diverged;
        return new Page(Title(result),
        [
            new PageText(FormattableString.Invariant(
                $"Loss {result.Loss.Name}: {result.Loss.Formula}, r = W x + b - y.")),
            PageParts.Size(source, result.Moments.Rows, result.Moments.Names, result.Fit.Rank,
                result.Fit.ParametersPerTarget),
            .. PageParts.OtherColumns(rest),
            new PageVerdict(sentences.Verdict,
                isConverged && result.Assessment.Evidence.All(item => item.Answer != Answer.Fails)),
            .. PageParts.Findings(
            [
                .. result.Assessment.Findings.Where(finding =>
                    finding.Code is "not-identified" or "near-dependence" or "entangled"),
                .. result.DataFindings,
            ]),
            Progress(result),
            .. Plan(result),
            .. DirectionsPart.Of(result),
            .. TrainingFigures.Of(result),
            .. Enumerable.Range(0, Math.Min(PageParts.MostTargets, result.Learned.TargetCount))
                .SelectMany(target => Target(result, target)),
            .. explains
                ?
                [
                    new PageHeading(ExplainPage.Title(explanation, "the trained map")),
                    .. ExplainPage.Of(explanation, [], source),
                ]
                : Array.Empty<PagePart>(),
            PageParts.Next(sentences.Next(explanation)),
        ]);
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

    private static PageTable Progress(TrainingResult result)
    {
        List<IReadOnlyList<PageCell>> rows = [Row("loss", result.InitialLoss, result.FinalLoss, result.LeastLoss)];
        if (result.HeldOutLoss is { } heldOut)
        {
            rows.Add(["loss over held-out rows", Six(result.InitialHeldOutLoss!.Value), Six(heldOut)]);
        }

        rows.Add(["distance to the limit", Six(result.InitialDistance), Six(result.DistanceToLimit), "0"]);
        if (result.Outcome != TrainingOutcome.Diverged && !result.Task.IsStandardized
            && !double.IsNaN(result.PredictedDistance))
        {
            rows.Add([result.Task.BatchSize is null ? "  predicted by the spectrum" : "  predicted in the mean", "",
                Six(result.PredictedDistance)]);
        }

        if (!result.Fit.IsIdentified)
        {
            rows.Add([result.Task.IsStandardized ? "moved freely, standardized" : "moved along undetermined directions",
                "0", NumberText.Measure(result.FreeMovement)]);
        }

        if (result.Truth is { } truth)
        {
            rows.Add(Row("distance to the truth", (result.Initial - truth).Norm, (result.Learned - truth).Norm,
                (result.Limit - truth).Norm));
        }

        return new PageTable([PageColumn.Names(""), new("start"), new("now"), new("in the limit")], rows)
        {
            Caption = "How far training has come",
        };

        static PageCell Six(double value) => NumberText.Significant(value, 6);
        static IReadOnlyList<PageCell> Row(string name, double start, double now, double limit) =>
            [name, Six(start), Six(now), Six(limit)];
    }

    private static IEnumerable<PagePart> Plan(TrainingResult result)
    {
        var plan = result.Plan;
        if (plan.Eigenvalues.Count == 0)
        {
            yield break;
        }

        var spread = string.Create(CultureInfo.InvariantCulture,
            $"The Hessian's eigenvalues run from {NumberText.Measure(plan.Eigenvalues[0])} down to "
                + $"{NumberText.Measure(plan.Eigenvalues[^1])} (condition number "
                + $"{NumberText.Measure(plan.Eigenvalues[0] / plan.Eigenvalues[^1])})");
        if (result.Settings is null || double.IsNaN(result.Task.LargestStableRate))
        {
            yield return new PageText($"{spread}.");
            yield break;
        }

        var kind = result.Task.BatchSize is null ? "Stable below rate" : result.Method.Linear!.Stages.Count > 0
            ? "Stable in the mean below rate" : "No batch can make it diverge below rate";
        yield return new PageText(
            $"{kind} {NumberText.Rate(result.Task.LargestStableRate)}. {spread}: at this rate "
                + $"{Pace(plan.SlowestFactor(result.Settings.LearningRate))}.");
        if (result.Task.BatchSize is null && result.StepsWhenStandardized is { } fewer
            && fewer < result.StepsAtBestRate)
        {
            yield return new PageText(
                $"At the best rate, {NumberText.Rate(plan.BestLearningRate)}, it takes "
                    + $"{NumberText.Of(result.StepsAtBestRate, "step")} to converge; with --standardize, "
                    + $"{NumberText.Count(fewer)}.");
        }
    }

    private static string Pace(double factor) => factor < NearlyOne
        ? $"the slowest direction keeps {NumberText.Significant(factor, 6)} of its error per step"
        : factor < 1 ? $"the slowest direction loses {NumberText.Measure(1 - factor)} of its error per step"
        : $"the error grows up to {NumberText.Significant(factor, 4)} times per step";

    private static IEnumerable<PagePart> Target(TrainingResult result, int target)
    {
        yield return new PageHeading(result.Moments.Names.Targets[target]);
        yield return new PageTable(
            [
                PageColumn.Names("input"), new("start"), new("learned"), new("limit"), new("best fit"),
                .. result.Truth is null ? [] : (PageColumn[])[new("truth")],
            ],
            PageParts.Parameters(result.Moments.Names, result.Fit.Settings.Bias, j =>
            [
                NumberText.Coefficient(result.Initial.At(target, j)),
                NumberText.Coefficient(result.Learned.At(target, j)),
                NumberText.Coefficient(result.Limit.At(target, j)),
                (j < result.Learned.InputCount ? result.Fit.NullSpace.DeterminesWeight(j)
                    : result.Fit.NullSpace.DeterminesBias)
                    ? NumberText.Coefficient(result.Fit.Map.At(target, j)) : new PageCell("undetermined", Tone.Warning),
                .. result.Truth is { } truth ? [NumberText.Coefficient(truth.At(target, j))]
                    : Array.Empty<PageCell>(),
            ]))
        {
            Caption = $"Parameters of {result.Moments.Names.Targets[target]}",
        };
    }
}

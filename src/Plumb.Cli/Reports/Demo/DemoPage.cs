using System.Globalization;

namespace Plumb.Cli.Reports;

/// <summary>The question and its answers, for people.</summary>
internal static class DemoPage
{
    private const double Finished = 1e-12; // of the distance at the start

    public static Page Of(DemoStory story) => new(
        "My training loss is tiny, so why are my W and b nothing like the true ones, and how do I get close?",
        [DemoFigure.Of(story), .. OnePoint(story), .. FreshPoints(story), .. ExactFit(story)]);

    private static IEnumerable<PagePart> OnePoint(DemoStory story)
    {
        var explanation = story.Explanation;
        yield return new PageHeading(
            $"1. The question: one random point, {NumberText.Count(DemoStory.PointSteps)} steps at rate "
                + $"{NumberText.Rate(DemoStory.SmallRate)}");
        yield return new PageText("W is 3x3, b has 3 elements; the truth, the start and x are drawn uniformly from "
            + "[0, 1); the loss is the sum of squares.");
        yield return Pairs(("loss at the start", NumberText.Significant(story.InitialLoss, 6)),
            ("training loss", NumberText.Significant(story.FinalLoss, 6)));
        yield return Maps(("truth", story.Truth), ("learned", story.Learned));
        yield return new PageHeading("Why");
        yield return new PageText(
            $"One point determines {explanation.IdentifiedDirections} of {explanation.Fit.ParametersPerTarget} "
                + $"directions for each target: {DemoStory.Size * explanation.IdentifiedDirections} of "
                + $"{DemoStory.Size * explanation.Fit.ParametersPerTarget} degrees of freedom. Along the other "
                + $"{DemoStory.Size * explanation.FreeDirections} no step ever moves: there W and b stay where they "
                + "started.");
        yield return new PageText("So the end is known in advance: W0 + r x' / (1 + |x|^2) and b0 + r / (1 + |x|^2), "
            + "with r = y - W0 x - b0 (column 'limit'). The gap to the truth is a sum, parameter by parameter:");
        yield return Gap(story);
        var (free, rest) = (explanation.Causes.Single(cause => cause.Code == CauseCode.NotIdentified),
            explanation.Causes.Single(cause => cause.Code is CauseCode.NotConverged or CauseCode.Arithmetic));
        yield return new PageText(
            $"Lengths: gap {NumberText.Significant(explanation.Gap.Norm, 4)}, undetermined "
                + $"{NumberText.Significant(free.Norm, 4)}, not converged {NumberText.Significant(rest.Norm, 4)}. More "
                + "steps can remove only the last; the loss sees nothing else.");
        var twin = explanation.Twin!;
        yield return new PageText(
            $"A different W and b, {NumberText.Significant((twin.Map - story.Learned).Norm, 4)} away, makes the same "
                + $"prediction at x, to {NumberText.Significant(twin.LargestPredictionDifference, 2)}. The point "
                + "cannot tell the two apart:");
        yield return Maps(("twin", twin.Map));
    }

    private static IEnumerable<PagePart> FreshPoints(DemoStory story)
    {
        var (fit, plan, rate) = (story.Fit, story.Plan, DemoStory.SmallRate);
        var (steps, smallRate) = (NumberText.Count(DemoStory.FreshSteps), NumberText.Rate(rate));
        yield return new PageHeading($"2. The usual answer: {steps} fresh points, one per step, at rate {smallRate}");
        yield return new PageText(
            $"Now all {DemoStory.Size * fit.ParametersPerTarget} parameters are determined: rank {fit.Rank} of "
                + $"{fit.ParametersPerTarget} per target. But has training converged?");
        yield return Pairs(
            ("distance to the truth at the start", NumberText.Significant((story.Start - story.Truth).Norm, 4)),
            ($"after {steps} steps", NumberText.Significant((story.Slow - story.Truth).Norm, 4)),
            ("  predicted from the spectrum", NumberText.Significant(
                plan.Path(story.Start - story.Truth, rate).DistanceAfter(DemoStory.FreshSteps), 4)));
        yield return Maps(("truth", story.Truth), ("learned", story.Slow));
        yield return new PageHeading("Why");
        var (slowest, kept) = (plan.SlowestFactor(rate), Math.Pow(plan.SlowestFactor(rate), DemoStory.FreshSteps));
        yield return new PageText(
            $"The Hessian's eigenvalues for these points are "
                + $"{string.Join(", ", plan.Eigenvalues.Select(NumberText.Measure))}. Along the smallest, each step at "
                + $"rate {smallRate} keeps {NumberText.Significant(100 * slowest, 6)}% of the error, and {steps} steps "
                + $"keep {NumberText.Measure(100 * kept)}%.");
        yield return new PageText(
            $"To keep only {NumberText.Measure(Finished)} of it takes "
                + $"{NumberText.Count(plan.StepsToShrink(rate, Finished))} steps at rate {smallRate}, or "
                + $"{NumberText.Count(plan.StepsToShrink(DemoStory.LargeRate, Finished))} at rate "
                + $"{NumberText.Rate(DemoStory.LargeRate)}; in the mean, rates below "
                + $"{NumberText.Measure(plan.LargestStableLearningRate)} are stable.");
    }

    private static IEnumerable<PagePart> ExactFit(DemoStory story)
    {
        var (fit, rate) = (story.Fit, NumberText.Rate(DemoStory.LargeRate));
        yield return new PageHeading($"3. The complete answer: the same points at rate {rate}, and the exact fit");
        yield return Pairs(
            ($"distance to the truth after {NumberText.Count(DemoStory.FreshSteps)} steps at rate {rate}",
                NumberText.Significant((story.Fast - story.Truth).Norm, 2)),
            ("distance of the exact fit to the truth", NumberText.Significant((fit.Map - story.Truth).Norm, 2)),
            ("parameters of the exact fit equal to the truth, to the last bit",
                FormattableString.Invariant(
                    $"{EqualParameters(fit.Map, story.Truth)} of {DemoStory.Size * fit.ParametersPerTarget}")));
        yield return Maps(("truth", story.Truth), ("learned", story.Fast), ("fitted", fit.Map));
        yield return new PageText("A small loss says that predictions are right where the data are. Whether W and b "
            + "are right, the data's rank and spectrum say, in advance:");
        yield return new PageTable([PageColumn.Names("question"), PageColumn.Sentences("command")],
        [
            ["what do my data determine?", "plumb fit data.csv --target y"],
            ["has training converged?", "plumb train data.csv --target y"],
            ["why are W and b not what I expected?", "plumb explain model.json data.csv"],
        ]);
    }

    private static string Short(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static IEnumerable<int> Places => Enumerable.Range(0, DemoStory.Size + 1);

    private static int EqualParameters(AffineMap left, AffineMap right) => Enumerable.Range(0, DemoStory.Size)
        .Sum(t => Places.Count(j => left.At(t, j) == right.At(t, j)));

    private static PageTable Pairs(params (string Name, string Value)[] pairs) => new(
        [PageColumn.Names(""), new("")], [.. pairs.Select(pair => (IReadOnlyList<PageCell>)[pair.Name, pair.Value])]);

    /// <summary>Maps below each other, a target a line: its weights, then its bias.</summary>
    private static PageTable Maps(params (string Name, AffineMap Map)[] maps) => new(
        [PageColumn.Names(""), .. Places.Select(j => new PageColumn(j < DemoStory.Size
            ? FormattableString.Invariant($"W[.,{j + 1}]") : "b"))],
        [.. maps.SelectMany(map => Enumerable.Range(0, DemoStory.Size).Select(t => (IReadOnlyList<PageCell>)
        [
            FormattableString.Invariant($"{map.Name}, target {t + 1}"),
            .. Places.Select(j => (PageCell)Short(map.Map.At(t, j))),
        ]))]);

    private static PageTable Gap(DemoStory story)
    {
        var explanation = story.Explanation;
        return new PageTable(
            [
                PageColumn.Names("parameter"), new("learned"), new("limit"), new("truth"), new("gap"),
                new("= undetermined"), new("+ not converged"),
            ],
            [.. Enumerable.Range(0, DemoStory.Size).SelectMany(t => Places.Select(j => (IReadOnlyList<PageCell>)
            [
                j < DemoStory.Size ? FormattableString.Invariant($"W[{t + 1},{j + 1}]")
                    : FormattableString.Invariant($"b[{t + 1}]"),
                Short(story.Learned.At(t, j)), Short(explanation.Limit.At(t, j)),
                Short(story.Truth.At(t, j)), NumberText.Signed(explanation.Gap.At(t, j)),
                Part(t, j, CauseCode.NotIdentified), Part(t, j, CauseCode.NotConverged, CauseCode.Arithmetic),
            ]))]);

        PageCell Part(int target, int place, params CauseCode[] codes) => NumberText.Signed(
            explanation.Causes.Where(cause => codes.Contains(cause.Code)).Sum(cause => cause.Part.At(target, place)));
    }
}

using System.Globalization;

namespace Plumb.Reports;

/// <summary>An explanation, for people.</summary>
internal static class ExplainPage
{
    /// <summary>The page of a map.</summary>
    /// <param name="explained">The map and what explains it.</param>
    /// <param name="next">The one thing to do next.</param>
    /// <param name="withEvidence">Whether what the explanation rests on is shown.</param>
    public static Page Of(ExplainedMap explained, string next, bool withEvidence)
    {
        var explanation = explained.Explanation;
        return new Page(Title(explanation, explained.Model),
        [
            .. Of(explanation, explained.DataFindings, explained.Source),
            .. withEvidence ? EvidencePart.Of(explanation.Evidence) : [],
            .. CorrectionPart.Of(explanation.Fit, explained.Corrected),
            PageParts.Next(next),
        ]);
    }

    /// <summary>What the page is about.</summary>
    public static string Title(Explanation explanation, string model) =>
        explanation.Truth is not null ? $"Why {model} is not the truth"
            : IsGood(explanation) ? $"How {model} compares with the best fit"
            : $"Why {model} is not the best fit";

    /// <summary>The explanation itself.</summary>
    public static IEnumerable<PagePart> Of(Explanation explanation, IReadOnlyList<Finding> dataFindings, string data) =>
        HasTooFewRows(explanation) ? TooFewRows(explanation, dataFindings, data) :
        [
            new PageText(string.Create(CultureInfo.InvariantCulture,
                $"{data}: {NumberText.Of(explanation.Fit.Rows, "row")} "
                    + $"{(explanation.Fit.Rows == 1 ? "determines" : "determine")} {explanation.IdentifiedDirections} "
                    + $"of {explanation.Fit.ParametersPerTarget} directions per target.")),
            new PageVerdict(explanation.Verdict, IsGood(explanation)),
            .. PageParts.Findings([.. explanation.Findings, .. dataFindings]),
            .. Sizes(explanation),
            .. Enumerable.Range(0, Math.Min(PageParts.MostTargets, explanation.Candidate.TargetCount))
                .SelectMany(target => Target(explanation, target)),
        ];

    private static bool IsGood(Explanation explanation) => explanation.FreeDirections == 0
        && explanation.Mistake is null
        && explanation.Causes.All(cause => cause.Code is CauseCode.Arithmetic or CauseCode.Noise
            || (cause.Code == CauseCode.NotConverged && explanation.Convergence.IsConverged));

    /// <summary>
    /// Whether there are so few rows that no parameter is determined by itself, so that tables would have nothing to
    /// compare.
    /// </summary>
    private static bool HasTooFewRows(Explanation explanation)
    {
        var fit = explanation.Fit;
        return explanation.Truth is null && explanation.Mistake is null && fit.Rows < fit.ParametersPerTarget
            && Assessment.FreeInputs(fit).Count == fit.Names.Inputs.Count
            && !(fit.Settings.Bias && fit.NullSpace.DeterminesBias);
    }

    private static IEnumerable<PagePart> TooFewRows(Explanation explanation, IReadOnlyList<Finding> dataFindings,
        string data)
    {
        var fit = explanation.Fit;
        var parameters = NumberText.Of(fit.Names.Inputs.Count, "input") + (fit.Settings.Bias ? " and a bias" : "");
        return
        [
            new PageText(string.Create(CultureInfo.InvariantCulture,
                $"{data}: {NumberText.Of(fit.Rows, "row")}; {parameters} need at least "
                    + $"{NumberText.Count(fit.ParametersPerTarget)} different ones. "
                    + $"{(fit.Rows == 1 ? "It determines" : "They determine")} {NumberText.Count(fit.Rank)} of "
                    + $"{NumberText.Count(fit.ParametersPerTarget)} directions per target, and no parameter by itself."
                    )),
            new PageVerdict(explanation.Verdict, IsGood: false),
            .. PageParts.Findings(dataFindings),
            .. Twin(explanation),
        ];
    }

    private static IEnumerable<PagePart> Twin(Explanation explanation) => explanation.Twin is not { } twin ? [] :
    [
        new PageText(
            $"A different W and b, {NumberText.Significant((twin.Map - explanation.Candidate).Norm, 4)} away from "
                + $"yours, makes the same predictions on every row (to "
                + $"{NumberText.Significant(twin.LargestPredictionDifference, 2)}): no loss tells them apart."),
    ];

    private static IEnumerable<PagePart> Sizes(Explanation explanation)
    {
        var parts = explanation.Causes.Select(cause => WordOf(cause.Code) + " "
            + NumberText.Significant(cause.Norm, 4));
        yield return new PageText(
            $"Gap {NumberText.Significant(explanation.Gap.Norm, 4)}: {string.Join(", ", parts)} "
                + $"({Explanation.Metric}).");
        foreach (var part in Twin(explanation))
        {
            yield return part;
        }

        if (explanation.Fit.ResidualDegreesOfFreedom > 0)
        {
            var deviations = explanation.Fit.ResidualStandardDeviation.Take(PageParts.MostTargets)
                .Select((value, t) => explanation.Candidate.Names.Targets[t] + " " + NumberText.Significant(value, 4));
            yield return new PageText($"Residual standard deviation, the noise: {string.Join(", ", deviations)}.");
        }
    }

    /// <summary>
    /// The parts of the gap of one target, each row adding up; without a truth, what is known of the best fit beside
    /// them.
    /// </summary>
    private static IEnumerable<PagePart> Target(Explanation explanation, int target)
    {
        var (fit, isTruthKnown) = (explanation.Fit, explanation.Truth is not null);
        var causes = isTruthKnown || explanation.Causes.Count > 1 ? explanation.Causes : [];
        yield return new PageHeading(explanation.Candidate.Names.Targets[target]);
        yield return new PageTable(
            [
                PageColumn.Names("input"), new("learned"), new(isTruthKnown ? "truth" : "nearest best fit"), new("gap"),
                .. causes.Select((cause, i) => new PageColumn((i == 0 ? "= " : "+ ") + WordOf(cause.Code))),
                .. isTruthKnown ? [] : (PageColumn[])[new("std. error"), new("digits")],
            ],
            PageParts.Parameters(explanation.Candidate.Names, fit.Settings.Bias, j =>
            [
                NumberText.Coefficient(explanation.Candidate.At(target, j)),
                NumberText.Coefficient((explanation.Truth ?? explanation.Limit).At(target, j)),
                NumberText.Signed(explanation.Gap.At(target, j)),
                .. causes.Select(cause => (PageCell)NumberText.Signed(cause.Part.At(target, j))),
                .. isTruthKnown ? [] : Known(fit, target, j),
            ]))
        {
            Caption = $"The gap of {explanation.Candidate.Names.Targets[target]}, cause by cause",
        };
        foreach (var figure in CauseFigures.Of(explanation, target))
        {
            yield return figure;
        }
    }

    private static PageCell[] Known(LinearFit fit, int target, int place)
    {
        var isWeight = place < fit.Names.Inputs.Count;
        var error = isWeight ? fit.WeightErrors[target, place] : fit.BiasErrors[target];
        var digits = isWeight ? fit.Accuracy.OfWeight(target, place) : fit.Accuracy.OfBias(target);
        return [double.IsNaN(error) ? "-" : NumberText.Measure(error), NumberText.Digits(digits)];
    }

    /// <summary>A cause in a word or two.</summary>
    public static string WordOf(CauseCode code) => code switch
    {
        CauseCode.NotIdentified => "undetermined",
        CauseCode.NotConverged => "not converged",
        CauseCode.Objective => "objective",
        CauseCode.Misfit => "misfit",
        CauseCode.Noise => "noise",
        _ => "rounding",
    };
}

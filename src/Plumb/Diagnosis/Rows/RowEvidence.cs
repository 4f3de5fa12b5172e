using System.Globalization;

namespace Plumb.Diagnosis;

/// <summary>Answers the questions that rows can answer.</summary>
internal sealed class RowEvidence(
    RowFrame frame,
    RowReport report,
    IReadOnlyList<TargetJudgement> judgements,
    IReadOnlyList<RowInfluence> influential,
    bool isFinite)
{
    private const string WithSquares = "Ramsey's RESET, squares and products of inputs, residuals along each";
    private const string WithRatios = "Breusch-Pagan, and robust against classical errors";
    private const string WithoutSquares =
        "Ramsey's RESET (more is looked at for up to 32 inputs)";

    /// <summary>What all residuals are no more than; null where there is noise.</summary>
    public string? Rounding { get; init; }

    private long Freedom => frame.Fit.ResidualDegreesOfFreedom;

    private string? WhyNot => !isFinite ? "the numbers leave the range of doubles"
        : frame.Fit.NearDependences.Count > 0
        ? "the inputs are dependent to within rounding, which would distort leverages and tests"
        : !report.HasRowToSpare
        ? string.Create(CultureInfo.InvariantCulture,
            $"copies not counted, there are {frame.Fit.Rank} rows for as many parameters")
        : Rounding is null && Freedom < RowJudgement.FewestDegreesOfFreedom
            ? string.Create(CultureInfo.InvariantCulture,
                $"too few rows to tell: {Freedom} degree{(Freedom == 1 ? "" : "s")} of freedom")
        : null;

    /// <summary>One answer per question.</summary>
    public IReadOnlyList<Evidence> ToList() => [Rows(), Affine(), Errors(), Order()];

    private Evidence Rows()
    {
        const Question Asked = Question.Rows;
        return report.SuspectCodes is [var code, ..]
            ? new(Asked, Answer.Fails, "a value that repeats far from all others", code.Rows)
            : report.Deciding is [var deciding, ..] ? new(Asked, Answer.Fails, "leverage", deciding.Leverage)
            : WhyNot is { } why ? NotLookedAt(Asked, why)
            : report.Masked is [var masked, ..] && (masked.Rows.Count > 1 || influential.Count > 0)
            ? Failed(Asked, "a robust second fit", masked.PValue)
            : influential is [var row, ..] ? new(Asked, Answer.Fails, "Cook's distance", row.CooksDistance)
            : report.MovingInDoubt is [var moving, ..] ? NotLookedAt(Asked,
                string.Create(CultureInfo.InvariantCulture,
                    $"row {moving.Row} moves the fit much, and nothing shows whether it is right"))
            : new(Asked, Answer.Holds, "leverage and Cook's distance", report.LargestLeverage);
    }

    private Evidence Affine()
    {
        const Question Asked = Question.Affine;
        var against = judgements.SelectMany(judgement => judgement.Form).MinBy(test => test.PValue);
        var least = Least("lack-of-fit", "reset", "bends", "product", "along-input");
        return WhyNot is { } why ? NotLookedAt(Asked, why)
            : Rounding is not null ? Exact(Asked)
            : against is not null ? Failed(Asked, against.Name, against.PValue)
            : Reason(judgement => judgement.FormNotTested) is { } reason ? NotLookedAt(Asked, reason)
            : least is null ? new(Asked, Answer.Holds, "the inputs take too few values to show a curve", double.NaN)
            : Held(Asked, frame.HasSquares ? WithSquares : WithoutSquares, least.PValue);
    }

    private Evidence Errors()
    {
        const Question Asked = Question.Errors;
        var against = judgements.Select(judgement => judgement.Order ?? judgement.Noise).OfType<HypothesisTest>()
            .MinBy(test => test.PValue);
        var (least, ratio) = (Least("breusch-pagan", "white"), Least("white"));
        return WhyNot is { } why ? NotLookedAt(Asked, why)
            : Rounding is not null ? Exact(Asked)
            : report.Copied is { } copied ? new(Asked, Answer.Fails, "copies of rows", copied.ErrorFactor)
            : report.Correlated is [var groups, ..] && !(against?.PValue <= groups.Test.PValue)
            ? Failed(Asked, groups.Test.Name, groups.Test.PValue)
            : against is not null ? Failed(Asked, against.Name, against.PValue)
            : Reason(judgement => judgement.NoiseNotTested) is { } reason ? NotLookedAt(Asked, reason)
            : least is null ? new(Asked, Answer.Holds, "the squared residuals or the inputs do not vary", double.NaN)
            : Held(Asked, ratio is null ? least.Name : WithRatios, least.PValue);
    }

    private Evidence Order()
    {
        const Question Asked = Question.Order;
        var against = judgements.Select(judgement => judgement.Order).OfType<HypothesisTest>()
            .MinBy(test => test.PValue);
        var least = Least("durbin-watson");
        return WhyNot is { } why ? NotLookedAt(Asked, why)
            : Rounding is not null ? Exact(Asked)
            : against is not null ? Failed(Asked, against.Name, against.PValue)
            : Reason(judgement => judgement.OrderNotTested) is { } reason ? NotLookedAt(Asked, reason)
            : report.Copied is not null && least!.PValue < HypothesisTest.Level
                ? NotLookedAt(Asked, "copies of rows that stand together look like neighbours that are alike")
            : judgements.FirstOrDefault(judgement => judgement.OrderInDoubt is not null) is { } doubt
                ? NotLookedAt(Asked, doubt.IsSorted
                    ? $"the rows, or those with equal inputs, are sorted by '{frame.Targets[doubt.Target].Name}'"
                    : $"neighbouring residuals are {(doubt.OrderInDoubt!.Statistic < 2 ? "alike" : "opposite")}, and "
                    + "whether the order means anything is not known")
            : judgements.FirstOrDefault(judgement => judgement.OrderExplained is not null) is { } explained
                ? new(Asked, Answer.Holds, "Durbin-Watson, " + explained.OrderExplained, least!.PValue)
                {
                    IsPValue = true,
                }
            : Held(Asked, "Durbin-Watson", least!.PValue);
    }

    /// <summary>
    /// A test may be small and say nothing: what it would say, rows or their order have been found to say already.
    /// </summary>
    private Evidence Held(Question question, string method, double p) => p >= HypothesisTest.Level
        ? new(question, Answer.Holds, method, p) { IsPValue = true }
        : new(question, Answer.Holds, method + (report.Masked.Count > 0 ? ", but for the rows that lie far off"
            : report.Copied is not null ? ", copies not counted"
            : judgements.Any(judgement => judgement.Order is not null) ? ", correlated neighbours allowed for"
            : p * report.Tests.Count >= HypothesisTest.Level ? ", no more than chance among all tests"
            : ", what else was found allowed for"), p)
        {
            IsPValue = true,
        };

    private static Evidence Failed(Question question, string test, double p) =>
        new(question, Answer.Fails, test, p) { IsPValue = true };

    private Evidence Exact(Question question) => new(question, Answer.Holds, Rounding!, double.NaN);

    private static Evidence NotLookedAt(Question question, string why) =>
        new(question, Answer.NotLookedAt, why, double.NaN);

    private string? Reason(Func<TargetJudgement, string?> of) =>
        judgements.Select(of).FirstOrDefault(reason => reason is not null);

    private HypothesisTest? Least(params string[] codes) =>
        report.Tests.Where(test => codes.Contains(test.Code)).MinBy(test => test.PValue);
}

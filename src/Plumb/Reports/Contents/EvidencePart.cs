namespace Plumb.Reports;

/// <summary>What a verdict rests on, a row per question.</summary>
internal static class EvidencePart
{
    public static IEnumerable<PagePart> Of(IReadOnlyList<Evidence> evidence)
    {
        yield return new PageHeading("Evidence");
        yield return new PageTable(
            [PageColumn.Names("question"), PageColumn.Names("answer"), PageColumn.Sentences("decided by")],
            [.. evidence.Select(item => (IReadOnlyList<PageCell>)
            [
                NameOf(item.Question),
                item.Answer switch
                {
                    Answer.Holds => new PageCell("holds", Tone.Good),
                    Answer.Fails => new PageCell("fails", Tone.Warning),
                    _ => new PageCell("not looked at", Tone.Muted),
                },
                item.Method + (double.IsNaN(item.Number) ? ""
                    : ": " + (item.IsPValue ? PValueText.Equation(item.Number)
                        : item.Question == Question.ToldApart ? NumberText.Measure(item.Number)
                        : NumberText.Rate(item.Number))),
            ])]);
    }

    /// <summary>The question in few words.</summary>
    public static string NameOf(Question question) => question switch
    {
        Question.Determined => "everything is determined",
        Question.ToldApart => "inputs can be told apart",
        Question.Digits => "digits survive rounding",
        Question.Rows => "no row decides alone",
        Question.Affine => "the relationship is affine",
        Question.Errors => "standard errors hold",
        Question.Order => "neighbours are independent",
        Question.Converged => "training has converged",
        _ => "origin is known",
    };
}

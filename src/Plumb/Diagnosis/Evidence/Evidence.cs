namespace Plumb.Diagnosis;

/// <summary>What was looked at to answer a question, and what was seen.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Method">How it was decided, such as "Ramsey's RESET"; or why it was not looked at, such as "moments
/// hold no rows".</param>
/// <param name="Number">The number that decided, such as a p-value or a variance inflation; NaN where there is
/// none.</param>
public sealed record Evidence(Question Question, Answer Answer, string Method, double Number)
{
    /// <summary>Whether <see cref="Number"/> is a p-value, not what the method itself measures.</summary>
    public bool IsPValue { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Question}: {Answer} ({Method}, {Shown.Number(Number)})";
}

namespace Plumb;

/// <summary>Something that a user should know about data or a result, and what to do about it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">A short, stable name for machines, such as "not-identified".</param>
/// <param name="Message">One sentence: what was found.</param>
/// <param name="Remedy">One sentence: what to do; empty when nothing need be done.</param>
public sealed record Finding(Severity Severity, string Code, string Message, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Message} {Remedy}";
}

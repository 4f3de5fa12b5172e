namespace Plumb.Diagnosis;

/// <summary>An origin that may be claimed, with how well it is supported.</summary>
/// <param name="Origin">It.</param>
/// <param name="Support">Digits, less the logarithm of how many origins there were to try.</param>
internal sealed record OriginCandidate(Origin Origin, double Support)
{
    /// <summary>Whether more conditions agree to a penalty, or a descent, than it takes to find its numbers.</summary>
    public bool IsTested { get; init; }

    /// <summary>Whether it is none itself, but shows that another is not the only one.</summary>
    public bool IsOnlyRival { get; init; }
}

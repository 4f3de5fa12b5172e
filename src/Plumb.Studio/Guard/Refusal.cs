namespace Plumb.Studio;

/// <summary>Why a request gets no answer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record Refusal(int Status, string Reason);

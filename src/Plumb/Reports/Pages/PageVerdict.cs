namespace Plumb.Reports;

/// <summary>The one sentence that matters.</summary>
/// <param name="Text">The sentence, or a few.</param>
/// <param name="IsGood">Whether there is nothing to be afraid of.</param>
internal sealed record PageVerdict(string Text, bool IsGood) : PagePart;

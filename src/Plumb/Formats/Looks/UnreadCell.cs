namespace Plumb.Formats;

/// <summary>A date or a truth value that a fit would refuse.</summary>
/// <param name="Text">What is written there.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record UnreadCell(string Text, string Expected, string Remedy);

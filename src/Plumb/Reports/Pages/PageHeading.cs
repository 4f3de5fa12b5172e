namespace Plumb.Reports;

/// <summary>The heading of what follows.</summary>
/// <param name="Text">A few words.</param>
/// <param name="Rest">What stands beside them on the same line, in plain type; empty for nothing.</param>
internal sealed record PageHeading(string Text, string Rest = "") : PagePart;

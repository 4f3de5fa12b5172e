namespace Plumb.Reports;

/// <summary>Findings, each with what to do about it.</summary>
/// <param name="Findings">In the order in which to read them.</param>
internal sealed record PageFindings(IReadOnlyList<Finding> Findings) : PagePart;

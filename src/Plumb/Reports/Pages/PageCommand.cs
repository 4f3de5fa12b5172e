namespace Plumb.Reports;

/// <summary>A command to copy and run.</summary>
/// <param name="Text">One line.</param>
internal sealed record PageCommand(string Text) : PagePart;

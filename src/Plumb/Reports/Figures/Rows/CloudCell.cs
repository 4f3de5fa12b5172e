namespace Plumb.Reports;

/// <summary>A hexagon and how many rows lie in it.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Count">Rows in it.</param>
internal readonly record struct CloudCell(double X, double Y, long Count);

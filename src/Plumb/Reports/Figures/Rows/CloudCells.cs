namespace Plumb.Reports;

/// <summary>
/// The rows of a picture by hexagons. Middles lie in level lines; every other line is shifted by half a width.
/// </summary>
/// <param name="Width">From middle to middle in a line, in the units of x.</param>
/// <param name="Height">From line to line, in the units of y.</param>
/// <param name="Cells">Those with rows in them.</param>
internal sealed record CloudCells(double Width, double Height, IReadOnlyList<CloudCell> Cells);

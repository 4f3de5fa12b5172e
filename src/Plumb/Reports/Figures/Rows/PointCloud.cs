namespace Plumb.Reports;

/// <summary>The rows of a picture: one by one, or hexagons and the extremes.</summary>
/// <param name="Points">All rows, or where there are cells, those worth seeing one by one.</param>
/// <param name="Cells">Where there are too many rows for points: all of them, those of the points as well.</param>
internal sealed record PointCloud(IReadOnlyList<CloudPoint> Points, CloudCells? Cells = null)
{
    /// <summary>How many rows it shows.</summary>
    public long Rows => Cells is { } cells ? cells.Cells.Sum(cell => cell.Count)
        : Points.Sum(point => point.Count);

    /// <summary>All places from left to right.</summary>
    public IEnumerable<double> Xs => Finite.Select(point => point.X)
        .Concat(Centres.SelectMany(cell => Around(cell.X, Cells!.Width / 2)));

    /// <summary>All places from bottom to top.</summary>
    public IEnumerable<double> Ys => Finite.Select(point => point.Y)
        .Concat(Centres.SelectMany(cell => Around(cell.Y, Cells!.Height * 2 / 3)));

    /// <summary>Points that have a place.</summary>
    public IEnumerable<CloudPoint> Finite => Points.Where(point => point.IsFinite);

    /// <summary>Each place with the rows that lie there, for a smooth through them.</summary>
    public IEnumerable<(double X, double Y, double Weight)> Weighted => Cells is null
        ? Finite.Select(point => (point.X, point.Y, (double)point.Count))
        : Centres.Select(cell => (cell.X, cell.Y, (double)cell.Count));

    /// <summary>Hexagons that have a place and rows.</summary>
    public IEnumerable<CloudCell> Centres => Cells is null ? []
        : Cells.Cells.Where(cell => double.IsFinite(cell.X) && double.IsFinite(cell.Y) && cell.Count > 0);

    private static double[] Around(double middle, double half) => [middle - half, middle + half];
}

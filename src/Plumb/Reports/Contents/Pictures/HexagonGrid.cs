namespace Plumb.Reports;

/// <summary>The cells of a fine grid, gathered to hexagons that hold equally many cells.</summary>
internal static class HexagonGrid
{
    private const int MostCells = 5; // of a fine grid, high; and wide, rounded down to an even number
    private const int HexagonsAcross = 40; // or so, where there are rows
    private const int LinesUp = 30;

    /// <summary>Cells of a fine grid gathered to hexagons: each belongs to the one whose middle is nearest.</summary>
    public static CloudCells Of(CloudGrid grid)
    {
        var (across, up) = CellsOfOne(grid);
        var (width, height) = (across * grid.X.Width, up * grid.Y.Width);
        var counts = new Dictionary<(int Line, int Place), long>();
        for (var y = 0; y < grid.Y.Cells; y++)
        {
            for (var x = 0; x < grid.X.Cells; x++)
            {
                if (grid[x, y] > 0)
                {
                    var cell = Nearest((x + 0.5) / across, (y + 0.5) / up);
                    counts[cell] = counts.GetValueOrDefault(cell) + grid[x, y];
                }
            }
        }

        return new CloudCells(width, height,
        [
            .. counts.OrderBy(cell => cell.Key).Select(cell => new CloudCell(
                grid.X.From + (cell.Key.Place + Shift(cell.Key.Line)) * width, grid.Y.From + cell.Key.Line * height,
                cell.Value)),
        ]);
    }

    /// <summary>How many cells of a fine grid make a hexagon: as many hexagons then, wherever rows lie.</summary>
    private static (int Across, int Up) CellsOfOne(CloudGrid grid)
    {
        var (left, right, low, high) = (grid.X.Cells, 0, grid.Y.Cells, 0);
        for (var y = 0; y < grid.Y.Cells; y++)
        {
            for (var x = 0; x < grid.X.Cells; x++)
            {
                if (grid[x, y] > 0)
                {
                    (left, right) = (Math.Min(left, x), Math.Max(right, x));
                    (low, high) = (Math.Min(low, y), Math.Max(high, y));
                }
            }
        }

        // Every other line begins half a hexagon later: only an even number of cells gives each hexagon as many.
        return (2 * Of((right - left) / 2, HexagonsAcross, MostCells / 2), Of(high - low, LinesUp, MostCells));

        static int Of(int cells, int hexagons, int most) =>
            Math.Clamp((int)Math.Round((double)cells / hexagons), 1, most);
    }

    /// <summary>The hexagon of a place, in units of widths and lines: one of the two lines beside it.</summary>
    private static (int Line, int Place) Nearest(double x, double y)
    {
        var line = (int)Math.Floor(y);
        var (one, other) = (In(line), In(line + 1));
        return Distance(one) <= Distance(other) ? one : other;

        (int Line, int Place) In(int at) => (at, (int)Math.Floor(x - Shift(at) + 0.5));

        // A line is as high as 0.866 widths in a regular hexagon.
        double Distance((int Line, int Place) at) =>
            double.Hypot(x - at.Place - Shift(at.Line), (y - at.Line) * Math.Sqrt(0.75));
    }

    private static double Shift(int line) => line % 2 == 0 ? 0 : 0.5;
}

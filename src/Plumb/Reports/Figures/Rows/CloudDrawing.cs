namespace Plumb.Reports;

/// <summary>Rows as dots or hexagons between two axes, and the numbers of some.</summary>
internal static class CloudDrawing
{
    /// <summary>How many rows are named in a picture.</summary>
    public const int MostNamed = 6;

    /// <summary>How many rows a picture's table holds.</summary>
    public const int MostInTable = 20;

    /// <summary>Draws all rows; the extremes one by one with their numbers.</summary>
    /// <param name="svg">Where to draw.</param>
    /// <param name="plot">The axes.</param>
    /// <param name="cloud">The rows.</param>
    /// <param name="extremes">The first few are named, in this order.</param>
    /// <param name="blocked">Where names must not stand.</param>
    public static void Draw(SvgWriter svg, PlotArea plot, PointCloud cloud, IEnumerable<CloudPoint> extremes,
        IEnumerable<FigureBox>? blocked = null)
    {
        var labels = new LabelPlacer(plot.Area);
        foreach (var box in blocked ?? [])
        {
            labels.Block(box);
        }

        if (cloud.Cells is { } cells)
        {
            Hexagons(svg, plot, cells, cloud.Centres);
        }
        else
        {
            Dots(svg, plot, cloud.Finite);
        }

        CloudPoint[] named = [.. extremes.Where(point => point.IsFinite).Take(MostNamed)];
        foreach (var point in cloud.Finite)
        {
            labels.Avoid(plot.X(point.X), plot.Y(point.Y));
        }

        foreach (var point in cloud.Cells is null ? named : cloud.Finite)
        {
            svg.Circle(plot.X(point.X), plot.Y(point.Y), 3, "dot", "row " + NumberText.Count(point.Row));
        }

        Names(svg, named.Select(point =>
            labels.Place(NumberText.Count(point.Row), plot.X(point.X), plot.Y(point.Y))));
    }

    /// <summary>Writes labels that found room; lines lead to those that stand far off.</summary>
    public static void Names(SvgWriter svg, IEnumerable<PlacedLabel?> labels, string kind = "label")
    {
        foreach (var label in labels)
        {
            if (label is not { } placed)
            {
                continue;
            }

            var box = placed.Box;
            if (placed.IsMoved)
            {
                svg.Line(Math.Clamp(placed.AnchorX, box.Left, box.Right),
                    Math.Clamp(placed.AnchorY, box.Top, box.Bottom), placed.AnchorX, placed.AnchorY, "leader");
            }

            svg.Text(box.Left, box.Bottom - 3, placed.Text, kind);
        }
    }

    // Dots in one path do not darken each other, so that a few paths show where there are many.
    private static void Dots(SvgWriter svg, PlotArea plot, IEnumerable<CloudPoint> points)
    {
        const int Paths = 6;
        var paths = Enumerable.Range(0, Paths).Select(_ => new SvgPath()).ToArray();
        foreach (var (i, point) in points.Index())
        {
            paths[i % Paths].Dot(plot.X(point.X), plot.Y(point.Y));
        }

        foreach (var path in paths)
        {
            svg.Path(path, "dots");
        }
    }

    // Five tints by factors of the largest count.
    private static void Hexagons(SvgWriter svg, PlotArea plot, CloudCells cells, IEnumerable<CloudCell> centres)
    {
        const int Tints = 5;
        var tints = Enumerable.Range(0, Tints).Select(_ => new Outline()).ToArray();
        var most = centres.Select(cell => cell.Count).DefaultIfEmpty(1).Max();
        foreach (var cell in centres)
        {
            var tint = most == 1 ? Tints - 1 : (int)Math.Round(Math.Log(cell.Count) / Math.Log(most) * (Tints - 1));
            var (x, y) = (plot.X(cell.X), plot.Y(cell.Y));
            var half = Math.Min(plot.Area.Width, Math.Abs(plot.X(cell.X + cells.Width / 2) - x));
            var third = Math.Min(plot.Area.Height, Math.Abs(plot.Y(cell.Y + cells.Height / 3) - y));
            tints[tint].Add((x, y - 2 * third), (x + half, y - third), (x + half, y + third), (x, y + 2 * third),
                (x - half, y + third), (x - half, y - third));
        }

        svg.Window("window", plot.Area);
        svg.Open("", attributes: svg.Clipped("window"));
        foreach (var (i, outline) in tints.Index())
        {
            svg.Path(outline.ToPath(), $"many-{i + 1}");
        }

        svg.Close();

        svg.Text(plot.Area.Right, plot.Area.Top - 10, $"up to {NumberText.Of(most, "row")} per hexagon",
            "quiet end");
    }
}

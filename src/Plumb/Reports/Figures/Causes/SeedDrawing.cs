namespace Plumb.Reports;

/// <summary>Draws one plane: lines of equal loss, the path, and the places that matter.</summary>
internal static class SeedDrawing
{
    private const int Levels = 7;
    private const double Factor = 0.42; // from level to level

    /// <summary>Draws it into an area; the same unit across and upwards, so that right angles stay.</summary>
    /// <param name="svg">Where to draw.</param>
    /// <param name="area">All of it is filled.</param>
    /// <param name="plane">What to draw.</param>
    /// <param name="shown">What must be seen: planes beside each other have one scale.</param>
    /// <param name="taken">Where words stand, that no label may cover.</param>
    /// <param name="window">An id of its own.</param>
    public static void Draw(SvgWriter svg, FigureBox area, SeedPlane plane, IReadOnlyList<PlanePoint> shown,
        FigureBox taken, string window)
    {
        (string Name, PlanePoint At)[] places = [.. SeedStory.Places(plane).Where(place => place.At.IsFinite)];
        var plot = Around(area, shown);
        svg.Window(window, area);
        svg.Open("", attributes: svg.Clipped(window));
        svg.Rectangle(area, "contour");
        DrawLevels(svg, plot, plane);
        svg.Close();
        var labels = new LabelPlacer(new(area.Left + 2, area.Top + 20, area.Width - 4, area.Height - 22));
        labels.Block(taken);
        (double X, double Y)[] path =
            [.. plane.Path.Where(at => at.IsFinite).Select(at => (plot.X(at.X), plot.Y(at.Y)))];
        DrawPath(svg, path, labels);
        foreach (var (_, at) in places)
        {
            labels.Block(new(plot.X(at.X) - 8, plot.Y(at.Y) - 8, 16, 16));
        }

        foreach (var (name, at) in places)
        {
            DrawPlace(svg, name, plot.X(at.X), plot.Y(at.Y));
        }

        // Places on one another share a label.
        var together = places.GroupBy(p => (Math.Round(plot.X(p.At.X) / 6), Math.Round(plot.Y(p.At.Y) / 6)));
        CloudDrawing.Names(svg, together.Select(group => labels.Place(string.Join(" = ", group.Select(p => p.Name)),
            plot.X(group.First().At.X), plot.Y(group.First().At.Y), 6)), "label strong");
    }

    private static PlotArea Around(FigureBox area, IReadOnlyList<PlanePoint> points)
    {
        var (x, y) = (LinearScale.Around(points.Select(p => p.X), 0), LinearScale.Around(points.Select(p => p.Y), 0));
        var unit = Math.Max((x.High - x.Low) / area.Width, (y.High - y.Low) / area.Height) * 1.5;
        LinearScale Of(LinearScale scale, double length)
        {
            var middle = scale.Low / 2 + scale.High / 2;
            return new(middle - unit * length / 2, middle + unit * length / 2);
        }

        return new(area, area, Of(x, area.Width), Of(y, area.Height));
    }

    // Each level is filled lightly over the one outside it, so that the floor is lightest where paper is light.
    private static void DrawLevels(SvgWriter svg, PlotArea plot, SeedPlane plane)
    {
        var axes = PlaneAxes.Of(plane);
        if (!(axes.Steep > 0) || !plane.Truth.IsFinite)
        {
            return;
        }

        var corners = from x in new[] { plot.Across.Low, plot.Across.High }
                      from y in new[] { plot.Up.Low, plot.Up.High }
                      select plane.Loss(x, y);
        var level = corners.Max() * Factor;
        for (var i = 0; i < Levels && double.IsFinite(level); i++, level *= Factor)
        {
            svg.Path(Outline(plot, plane, axes, level), "level");
        }

        if (axes.IsValley)
        {
            var far = Far(plot);
            svg.Path(SvgPath.Through(
            [
                Place(plot, plane.Truth, axes, 0, -far), Place(plot, plane.Truth, axes, 0, far),
            ]), "floor", "the floor: every map on it fits as well");
        }
    }

    // The ellipse of a level, or for a valley the strip.
    private static SvgPath Outline(PlotArea plot, SeedPlane plane, PlaneAxes axes, double level)
    {
        var half = Math.Sqrt(2 * level / axes.Steep);
        var far = Far(plot);
        if (axes.IsValley)
        {
            return SvgPath.Through(
            [
                Place(plot, plane.Truth, axes, -half, -far), Place(plot, plane.Truth, axes, half, -far),
                Place(plot, plane.Truth, axes, half, far), Place(plot, plane.Truth, axes, -half, far),
            ]).Close();
        }

        const int Places = 96;
        var along = Math.Min(far, Math.Sqrt(2 * level / axes.Flat));
        return SvgPath.Through(Enumerable.Range(0, Places).Select(i => Math.SinCos(i * 2 * Math.PI / Places))
            .Select(at => Place(plot, plane.Truth, axes, half * at.Cos, along * at.Sin))).Close();
    }

    // Beyond every corner.
    private static double Far(PlotArea plot) => 3 * (plot.Across.High - plot.Across.Low + plot.Up.High - plot.Up.Low);

    // A place by its distances along the steep and the flat axis; it may lie outside.
    private static (double X, double Y) Place(PlotArea plot, PlanePoint middle, PlaneAxes axes, double steep,
        double flat)
    {
        var x = middle.X + steep * axes.X - flat * axes.Y;
        var y = middle.Y + steep * axes.Y + flat * axes.X;
        return (plot.Area.Left + (x - plot.Across.Low) / (plot.Across.High - plot.Across.Low) * plot.Area.Width,
            plot.Area.Bottom - (y - plot.Up.Low) / (plot.Up.High - plot.Up.Low) * plot.Area.Height);
    }

    private static void DrawPath(SvgWriter svg, (double X, double Y)[] path, LabelPlacer labels)
    {
        svg.Path(SvgPath.Through(path), "second-line", "the path of training");
        var steps = new SvgPath();
        const int MostSteps = 60;
        foreach (var (x, y) in path.Take(MostSteps))
        {
            steps.Dot(x, y);
            labels.Avoid(x, y);
        }

        svg.Path(steps, "steps");
    }

    private static void DrawPlace(SvgWriter svg, string name, double x, double y)
    {
        var path = new SvgPath();
        switch (name)
        {
            case "truth":
                path.MoveTo(x - 5, y).LineTo(x, y - 5).LineTo(x + 5, y).LineTo(x, y + 5).Close();
                svg.Path(path, "third-fill", name);
                break;
            case "twin":
                path.MoveTo(x - 4.5, y + 4).LineTo(x, y - 5).LineTo(x + 4.5, y + 4).Close();
                svg.Path(path, "third-fill", name);
                break;
            case "start":
                svg.Circle(x, y, 4.5, "second-ring", name);
                break;
            default:
                svg.Circle(x, y, 5, "second-dot", name);
                break;
        }
    }
}

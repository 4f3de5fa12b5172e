namespace Plumb.Reports;

/// <summary>
/// How far each row lies from the others, against its residual; beyond the contours of Cook's distance a row moves W
/// and b by as much as their errors.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Cloud">x is the leverage, y the standardized residual.</param>
/// <param name="Parameters">How many are fitted: weights and bias of a target.</param>
internal sealed record LeverageResiduals(string Title, string Caption, PointCloud Cloud, int Parameters)
    : PageFigure(Title, Caption)
{
    /// <summary>Its short name: another for each target of a page.</summary>
    public string Name { get; init; } = "leverage-residuals";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table
    {
        get
        {
            CloudPoint[] shown = [.. Extremes.Take(CloudDrawing.MostInTable)];
            var table = CloudTable.Of(shown, "leverage", "standardized residual", "with the largest Cook's distance");
            return table with
            {
                Columns = [.. table.Columns, new("Cook's distance")],
                Rows =
                [
                    .. table.Rows.Zip(shown, (cells, point) => (IReadOnlyList<PageCell>)
                        [.. cells, IsAlone(point) ? "decides alone" : NumberText.Measure(Cook(point))]),
                ],
            };
        }
    }

    private IEnumerable<CloudPoint> Extremes => Cloud.Finite.OrderByDescending(Cook);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 320;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var across = LinearScale.Around(Cloud.Xs.Append(0));
        across = across with { Low = Math.Max(0, across.Low) };
        var plot = PlotArea.Within(svg.Bounds, across, LinearScale.Around(Cloud.Ys.Append(0)));
        plot.Draw(svg, "leverage", "standardized residual");
        svg.Line(plot.Area.Left, plot.Y(0), plot.Area.Right, plot.Y(0), "rule");
        List<(string Text, FigureBox Box)> blocked = [];
        Contours(svg, plot, 1, blocked);
        Contours(svg, plot, 0.5, blocked);
        CloudDrawing.Draw(svg, plot, Cloud, Extremes, blocked.Select(name => name.Box));
        foreach (var (text, box) in blocked)
        {
            svg.Text(box.Left, box.Bottom - 3, text, "label second");
        }

        return svg.Finish();
    }

    // Of leverage 1, but for rounding.
    private static bool IsAlone(CloudPoint point) => point.X > 1 - 1e-10;

    // r^2 h / ((1 - h) p)
    private double Cook(CloudPoint point) => IsAlone(point) ? double.PositiveInfinity
        : point.Y * point.Y * point.X / (1 - point.X) / Parameters;

    // The two branches of a contour, each named where it leaves the picture.
    private void Contours(SvgWriter svg, PlotArea plot, double distance, List<(string Text, FigureBox Box)> names)
    {
        const int Places = 120;
        foreach (var sign in new[] { 1, -1 })
        {
            (double X, double Y)[] seen =
            [
                .. Enumerable.Range(1, Places).Select(i => plot.Across.At((double)i / Places))
                    .Where(h => h is > 0 and < 1)
                    .Select(h => (X: h, Y: sign * Math.Sqrt(distance * Parameters * (1 - h) / h)))
                    .Where(at => plot.Holds(at.X, at.Y)),
            ];
            if (seen.Length < 2)
            {
                continue;
            }

            svg.Path(SvgPath.Through(seen.Select(at => (plot.X(at.X), plot.Y(at.Y)))), "second-line dashes",
                "Cook's distance " + NumberText.Measure(distance));
            var text = distance == 1 ? "Cook 1" : "0.5";
            var width = TextWidth.Of(text);
            var right = Math.Min(plot.Area.Right, plot.X(seen[^1].X));
            var end = plot.Y(seen[^1].Y);
            var meets = Math.Abs(end - plot.Y(0)) < 40; // the other branch, at leverage 1: there is room at its start
            var box = meets ? new FigureBox(plot.X(seen[0].X) - width - 4, plot.Y(seen[0].Y) - (sign > 0 ? 0 : 14),
                width, 14) : new FigureBox(right - width - 2, sign > 0 ? end - 24 : end + 10, width, 14);
            if (plot.Area.Holds(box) && !names.Exists(name => box.Overlaps(name.Box)))
            {
                names.Add((text, box));
            }
        }
    }
}

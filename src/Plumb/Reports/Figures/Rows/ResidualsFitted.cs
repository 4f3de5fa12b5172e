namespace Plumb.Reports;

/// <summary>What W and b leave of each row, against what they predict, with a smooth line through it.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Target">The name of y.</param>
/// <param name="Cloud">x is the prediction, y the residual.</param>
internal sealed record ResidualsFitted(string Title, string Caption, string Target, PointCloud Cloud)
    : PageFigure(Title, Caption)
{
    /// <summary>Its short name: another for each target of a page.</summary>
    public string Name { get; init; } = "residuals-fitted";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => CloudTable.Of(Extremes, "predicted", "residual", "with the largest residuals");

    private IEnumerable<CloudPoint> Extremes => Cloud.Finite.OrderByDescending(point => Math.Abs(point.Y));

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 320;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var plot = PlotArea.Within(svg.Bounds, LinearScale.Around(Cloud.Xs), LinearScale.Around(Cloud.Ys.Append(0)));
        plot.Draw(svg, "predicted " + TextWidth.Shortened(Target, 200), "residual");
        svg.Line(plot.Area.Left, plot.Y(0), plot.Area.Right, plot.Y(0), "rule");
        CloudDrawing.Draw(svg, plot, Cloud, Extremes);
        svg.Path(SvgPath.Through(Smooth.Through(Cloud.Weighted).Select(at => (plot.X(at.X), plot.Y(at.Y)))),
            "second-line", "a smooth line through the residuals");
        return svg.Finish();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ToLines(int width)
    {
        var lines = new BraillePlot(width, LinearScale.Around(Cloud.Xs), LinearScale.Around(Cloud.Ys.Append(0)));
        foreach (var (x, y, _) in Cloud.Weighted)
        {
            lines.Dot(x, y);
        }

        foreach (var (x, y) in Cloud.Finite.Select(point => (point.X, point.Y)))
        {
            lines.Dot(x, y);
        }

        foreach (var point in Extremes.Take(3))
        {
            lines.Name(point.X, point.Y, NumberText.Count(point.Row));
        }

        return lines.ToLines("residual", "predicted " + Target);
    }
}

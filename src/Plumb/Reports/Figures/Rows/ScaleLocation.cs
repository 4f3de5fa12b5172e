namespace Plumb.Reports;

/// <summary>
/// How large residuals are, against what W and b predict: the roots of the sizes of standardized residuals, with a
/// smooth line through them. Roots are spread more evenly than the sizes. Cleveland, Visualizing Data (1993).
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Target">The name of y.</param>
/// <param name="Cloud">x is the prediction, y the root.</param>
internal sealed record ScaleLocation(string Title, string Caption, string Target, PointCloud Cloud)
    : PageFigure(Title, Caption)
{
    /// <summary>Its short name: another for each target of a page.</summary>
    public string Name { get; init; } = "scale-location";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table =>
        CloudTable.Of(Extremes, "predicted", "root of |standardized residual|", "with the largest residuals");

    private IEnumerable<CloudPoint> Extremes => Cloud.Finite.OrderByDescending(point => point.Y);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 320;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var up = LinearScale.Around(Cloud.Ys.Append(0));
        var plot = PlotArea.Within(svg.Bounds, LinearScale.Around(Cloud.Xs), up with { Low = Math.Max(0, up.Low) });
        plot.Draw(svg, "predicted " + TextWidth.Shortened(Target, 200), "\u221a|standardized residual|");
        CloudDrawing.Draw(svg, plot, Cloud, Extremes);
        svg.Path(SvgPath.Through(Smooth.Through(Cloud.Weighted).Select(at => (plot.X(at.X), plot.Y(at.Y)))),
            "second-line", "a smooth line through the roots");
        return svg.Finish();
    }
}

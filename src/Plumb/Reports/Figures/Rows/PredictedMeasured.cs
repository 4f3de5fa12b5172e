namespace Plumb.Reports;

/// <summary>What was measured against what W and b predict, and the line where both are equal.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Target">The name of y.</param>
/// <param name="Cloud">x is the prediction, y the measurement.</param>
internal sealed record PredictedMeasured(string Title, string Caption, string Target, PointCloud Cloud)
    : PageFigure(Title, Caption)
{
    /// <summary>Its short name: another for each target of a page.</summary>
    public string Name { get; init; } = "predicted-measured";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => CloudTable.Of(Extremes, "predicted", "measured", "farthest from the line");

    private IEnumerable<CloudPoint> Extremes => Cloud.Finite.OrderByDescending(point => Math.Abs(point.Y - point.X));

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 360;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var both = LinearScale.Around(Cloud.Xs.Concat(Cloud.Ys));
        var plot = PlotArea.Within(svg.Bounds, both, both);
        plot.Draw(svg, "predicted", "measured " + TextWidth.Shortened(Target, 200));
        svg.Line(plot.X(both.Low), plot.Y(both.Low), plot.X(both.High), plot.Y(both.High), "rule");
        CloudDrawing.Draw(svg, plot, Cloud, Extremes);
        return svg.Finish();
    }
}

namespace Plumb.Reports;

/// <summary>
/// Residuals in order against what normal noise would give, with the band in which 95 of 100 such samples wholly lie.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Residuals">All of them in any order; or of many, some of all ranks and the extremes.</param>
/// <param name="Rows">Of how many rows.</param>
internal sealed record NormalQuantiles(string Title, string Caption, IReadOnlyList<RankedResidual> Residuals, long Rows)
    : PageFigure(Title, Caption)
{
    /// <summary>Its short name: another for each target of a page.</summary>
    public string Name { get; init; } = "normal-quantiles";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table =>
        CloudTable.Of(Extremes, "expected of normal noise", "standardized residual", "farthest from the line");

    private IEnumerable<CloudPoint> Points => Residuals.Where(at => at.Rank >= 1 && at.Rank <= Rows)
        .Select(at => new CloudPoint(at.Row, QuantileBand.Expected(at.Rank, Rows), at.Residual));

    private IEnumerable<CloudPoint> Extremes => Points.Where(point => point.IsFinite && point.Row > 0)
        .OrderByDescending(point => Math.Abs(point.Y - point.X)).ThenByDescending(point => Math.Abs(point.X));

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 320;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var cloud = new PointCloud([.. Points]);
        var plot = PlotArea.Within(svg.Bounds, LinearScale.Around(cloud.Xs),
            LinearScale.Around(cloud.Ys.Concat(cloud.Xs)));
        var band = QuantileBand.Of(Rows);
        var outline = band.Select(at => (plot.X(at.Expected), plot.Y(at.Low)))
            .Concat(band.Reverse().Select(at => (plot.X(at.Expected), plot.Y(at.High))));
        svg.Path(SvgPath.Through(outline).Close(), "band", "95 of 100 samples of normal noise lie wholly in this band");
        plot.Draw(svg, "expected of normal noise", "standardized residual");
        var (low, high) = (plot.Across.Low, plot.Across.High);
        svg.Line(plot.X(low), plot.Y(low), plot.X(high), plot.Y(high), "rule");
        CloudDrawing.Draw(svg, plot, cloud, Extremes);
        return svg.Finish();
    }
}

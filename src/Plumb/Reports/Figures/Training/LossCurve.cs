namespace Plumb.Reports;

/// <summary>
/// The measured loss over the curve that the spectrum predicts, and below it the distance of W and b to their limit.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Measured">The loss as training measured it.</param>
/// <param name="Predicted">The loss as the spectrum predicts it; empty where there is no prediction.</param>
internal sealed record LossCurve(string Title, string Caption, IReadOnlyList<CurvePoint> Measured,
    IReadOnlyList<CurvePoint> Predicted) : PageFigure(Title, Caption)
{
    private const int MostInTable = 30;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "loss";

    /// <summary>The distance to the limit as measured; empty where it is not known.</summary>
    public IReadOnlyList<CurvePoint> Distance { get; init; } = [];

    /// <summary>The distance to the limit as predicted.</summary>
    public IReadOnlyList<CurvePoint> PredictedDistance { get; init; } = [];

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table
    {
        get
        {
            var stride = Math.Max(1, (Measured.Count + MostInTable - 1) / MostInTable);
            var shown = Measured.Index().Where(at => at.Index % stride == 0 || at.Index == Measured.Count - 1);
            return new([new("steps"), new("loss"), new("predicted loss"), new("distance to the limit")],
                [
                    .. shown.Select(at => (IReadOnlyList<PageCell>)
                    [
                        NumberText.Count(at.Item.Step), NumberText.Measure(at.Item.Value), At(Predicted, at.Item.Step),
                        At(Distance, at.Item.Step),
                    ]),
                ]);
        }
    }

    private IEnumerable<double> Steps => Measured.Concat(Predicted).Concat(Distance).Concat(PredictedDistance)
        .Where(at => at.IsSeen).Select(at => at.Step);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        var hasDistance = Distance.Concat(PredictedDistance).Any(at => at.IsSeen);
        const double Height = 250;
        const double Below = 30; // axis of the upper panel, without its name
        var svg = new SvgWriter(this, FigureSize.Width, hasDistance ? 2 * Height - Below : Height + 20);
        var across = AsinhScale.Around(Steps, 0.03);
        across = across with { Low = 0 };
        var above = svg.Bounds with { Height = Height - 16 };
        FigureBox[] boxes = hasDistance ? [above, new(0, Height - 30, FigureSize.Width, Height)] : [svg.Bounds];
        var scales = new[] { Scale(Measured.Concat(Predicted)), Scale(Distance.Concat(PredictedDistance)) };
        var left = boxes.Zip(scales).Max(pair => PlotArea.Within(pair.First, across, pair.Second).Area.Left);
        Draw(svg, PlotArea.Within(boxes[0], across, scales[0]).From(left), hasDistance ? "" : "steps", "loss", Measured,
            Predicted);
        if (hasDistance)
        {
            Draw(svg, PlotArea.Within(boxes[1], across, scales[1]).From(left), "steps", "distance to the limit",
                Distance, PredictedDistance);
        }

        return svg.Finish();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ToLines(int width)
    {
        var across = AsinhScale.Around(Steps, 0) with { Low = 0 };
        var lines = new BraillePlot(width, across, Scale(Measured.Concat(Predicted)));
        lines.Line(Predicted.Where(at => at.IsSeen).Select(at => (at.Step, at.Value)));
        foreach (var at in Measured.Where(at => at.IsSeen))
        {
            lines.Thick(at.Step, at.Value);
        }

        return lines.ToLines("loss", "steps");
    }

    private static LogScale Scale(IEnumerable<CurvePoint> points) =>
        LogScale.Around(points.Where(at => at.IsSeen).Select(at => at.Value));

    private static void Draw(SvgWriter svg, PlotArea plot, string across, string up, IReadOnlyList<CurvePoint> measured,
        IReadOnlyList<CurvePoint> predicted)
    {
        plot.Draw(svg, across, up);
        (double X, double Y)[] dots = [.. Places(plot, measured)];
        (double X, double Y)[] curve = [.. Places(plot, predicted)];
        svg.Path(SvgPath.Through(curve), "second-line", "predicted by the spectrum");
        var path = new SvgPath();
        foreach (var (x, y) in Apart(dots))
        {
            path.Dot(x, y);
        }

        svg.Path(path, "dots solid", "measured");
        NameBoth(svg, plot, dots, curve);
    }

    // Each kind is named once, beside itself.
    private static void NameBoth(SvgWriter svg, PlotArea plot, (double X, double Y)[] dots,
        (double X, double Y)[] curve)
    {
        var labels = new LabelPlacer(plot.Area);
        foreach (var (x, y) in dots.Concat(curve))
        {
            labels.Avoid(x, y);
        }

        foreach (var (x, y) in curve.Zip(curve.Skip(1)).SelectMany(pair => Between(pair.First, pair.Second)))
        {
            labels.Avoid(x, y);
        }

        PlacedLabel? At((double X, double Y)[] places, double share, string text)
        {
            var i = (int)(share * (places.Length - 1));
            return places.Length == 0 ? null : labels.Place(text, places[i].X, places[i].Y);
        }

        CloudDrawing.Names(svg, [At(dots, 0.3, "measured")], "label mark");
        CloudDrawing.Names(svg, [At(curve, 0.75, "predicted")], "label second");
    }

    private static IEnumerable<(double X, double Y)> Between((double X, double Y) a, (double X, double Y) b)
    {
        const int Parts = 8;
        return Enumerable.Range(1, Parts - 1).Select(i => (double)i / Parts)
            .Select(t => (a.X + t * (b.X - a.X), a.Y + t * (b.Y - a.Y)));
    }

    private static IEnumerable<(double X, double Y)> Places(PlotArea plot, IEnumerable<CurvePoint> points) => points
        .Where(at => at.IsSeen).OrderBy(at => at.Step)
        .Select(at => (plot.X(at.Step), plot.Y(Math.Max(at.Value, plot.Up.Low))));

    // Dots on one another are drawn once.
    private static IEnumerable<(double X, double Y)> Apart(IEnumerable<(double X, double Y)> dots)
    {
        const double Least = 5;
        (double X, double Y) last = (-100, -100);
        foreach (var dot in dots)
        {
            if (Math.Abs(dot.X - last.X) + Math.Abs(dot.Y - last.Y) >= Least)
            {
                yield return dot;
                last = dot;
            }
        }
    }

    private static string At(IReadOnlyList<CurvePoint> points, double step) =>
        points.Where(at => at.Step == step).Select(at => NumberText.Measure(at.Value)).FirstOrDefault("-");
}

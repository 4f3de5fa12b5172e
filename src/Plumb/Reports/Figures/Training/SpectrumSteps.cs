namespace Plumb.Reports;

/// <summary>
/// How many steps of gradient descent bring each direction a million times closer to its limit: the curve of the chosen
/// rate, the directions on it, the largest curvature that this rate can stand, and at the left edge what never moves.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Directions">All directions.</param>
/// <param name="Rate">The learning rate: a step shrinks the error of a direction by |1 - rate curvature|.</param>
internal sealed record SpectrumSteps(string Title, string Caption, IReadOnlyList<SpectrumDirection> Directions,
    double Rate) : PageFigure(Title, Caption)
{
    private const double Closer = 1e6;
    private const int MostNamed = 8;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "spectrum";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => new(
        [PageColumn.Names("direction"), new("curvature"), new("steps to a millionth")],
        [
            .. Directions.Select(at => (IReadOnlyList<PageCell>)
            [
                at.Words, NumberText.Measure(at.Curvature),
                IsUndetermined(at) ? "never" : Steps(at.Curvature) is var steps && double.IsNaN(steps) ? "diverges"
                    : NumberText.Count(Math.Ceiling(steps)),
            ]),
        ]);

    /// <summary>Steps until the error of a direction is a millionth; NaN where it grows instead.</summary>
    public double Steps(double curvature)
    {
        var shrinks = Math.Abs(1 - Rate * curvature);
        var small = Rate * curvature < 1e-8; // where 1 - x is rounded
        return shrinks < 1 || small ? Math.Max(1, Math.Log(Closer) / (small ? Rate * curvature : -Math.Log(shrinks)))
            : double.NaN;
    }

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Height = 330;
        var svg = new SvgWriter(this, FigureSize.Width, Height);
        var hasRate = Rate > 0 && double.IsFinite(Rate);
        SpectrumDirection[] fixedOnes = [.. Directions.Where(at => !IsUndetermined(at))];
        SpectrumDirection[] free = [.. Directions.Where(IsUndetermined)];
        var across = LogScale.Around(fixedOnes.Select(at => at.Curvature).Append(hasRate ? 2 / Rate : 1), 0.08);
        var counts = hasRate ? fixedOnes.Select(at => Steps(at.Curvature)) : [];
        var up = LogScale.Around(counts.Append(1).Append(100), 0.06);
        var gutter = free.Length > 0 ? 64 : 0;
        var plot = PlotArea.Within(new(gutter, 0, svg.Bounds.Width - gutter, Height), across, up);
        var labels = new LabelPlacer(plot.Area);
        if (hasRate)
        {
            var beyond = plot.X(2 / Rate);
            svg.Rectangle(new(beyond, plot.Area.Top, plot.Area.Right - beyond, plot.Area.Height), "ground");
        }

        plot.Draw(svg, "curvature of the loss along a direction (eigenvalue)", "steps until a million times closer");
        if (hasRate)
        {
            DrawLimit(svg, plot, labels);
            DrawCurve(svg, plot, labels);
        }

        DrawFree(svg, plot, free);
        DrawDirections(svg, plot, labels, fixedOnes, hasRate);
        return svg.Finish();
    }

    private static bool IsUndetermined(SpectrumDirection at) => !(at.Curvature > 0) || !double.IsFinite(at.Curvature);

    // Beyond the limit steps overshoot by more than they correct.
    private void DrawLimit(SvgWriter svg, PlotArea plot, LabelPlacer labels)
    {
        var x = plot.X(2 / Rate);
        svg.Line(x, plot.Area.Top, x, plot.Area.Bottom, "second-line dashes");
        const string Words = "stable up to here";
        var width = TextWidth.Of(Words);
        if (x - width - 8 > plot.Area.Left)
        {
            svg.Text(x - 6, plot.Area.Top + 12, Words, "end label second");
            labels.Block(new(x - width - 8, plot.Area.Top, width + 8, 18));
        }
    }

    private void DrawCurve(SvgWriter svg, PlotArea plot, LabelPlacer labels)
    {
        const int Places = 400;
        (double X, double Y)[] curve =
        [
            .. Enumerable.Range(0, Places + 1).Select(i => plot.Across.At((double)i / Places))
                .Append(1 / Rate).Where(plot.Across.Holds).Order()
                .Select(curvature => (Curvature: curvature, Steps: Steps(curvature)))
                .Select(at => plot.Up.Holds(at.Steps) ? (plot.X(at.Curvature), plot.Y(at.Steps))
                    : (double.NaN, double.NaN)),
        ];
        svg.Path(SvgPath.Through(curve), "thin", "steps at this rate");
        foreach (var (x, y) in curve.Where(at => double.IsFinite(at.X)))
        {
            labels.Avoid(x, y);
        }

        svg.Text(plot.Area.Right, plot.Area.Top - 10, "at rate " + NumberText.Rate(Rate), "quiet end");
    }

    private static void DrawFree(SvgWriter svg, PlotArea plot, SpectrumDirection[] free)
    {
        if (free.Length == 0)
        {
            return;
        }

        var area = new FigureBox(8, plot.Area.Top, 44, plot.Area.Height);
        svg.Hatch("never");
        svg.Rectangle(area, "", string.Join("; ", free.Select(at => at.Words)), svg.Fill("never"));
        svg.Text(area.Middle, area.Top + 18, "never", "middle strong on-hatch");
        svg.Text(area.Middle, area.Bottom + 16, "0", "middle quiet");
        const int MostDots = 12;
        for (var i = 0; i < Math.Min(free.Length, MostDots); i++)
        {
            svg.Circle(area.Middle, area.Top + 36 + i * 11, 4, "ring", free[i].Words);
        }

        if (free.Length > MostDots)
        {
            svg.Text(area.Middle, area.Bottom - 8, "× " + NumberText.Count(free.Length), "middle on-hatch");
        }
    }

    private void DrawDirections(SvgWriter svg, PlotArea plot, LabelPlacer labels,
        IReadOnlyList<SpectrumDirection> directions, bool hasRate)
    {
        (SpectrumDirection At, double X, double Y, bool Diverges)[] places =
        [
            .. directions.OrderBy(at => at.Curvature).Select(at =>
            {
                var steps = hasRate ? Steps(at.Curvature) : 1;
                return (at, plot.X(at.Curvature), double.IsNaN(steps) ? plot.Area.Top + 26 : plot.Y(steps),
                    double.IsNaN(steps));
            }),
        ];
        foreach (var (at, x, y, diverges) in places)
        {
            labels.Avoid(x, y);
            svg.Line(x, plot.Area.Bottom, x, y, "stem");
            if (diverges)
            {
                var cross = new SvgPath().MoveTo(x - 4, y - 4).LineTo(x + 4, y + 4).MoveTo(x - 4, y + 4)
                    .LineTo(x + 4, y - 4);
                svg.Path(cross, "second-line", at.Words + ": diverges");
            }
            else
            {
                svg.Circle(x, y, 4.5, "dot",
                    $"{at.Words}: {NumberText.Count(Math.Ceiling(hasRate ? Steps(at.Curvature) : double.NaN))} steps");
            }
        }

        // The slowest and the fastest first: they decide the rate.
        var order = places.Index().OrderBy(p => Math.Min(p.Index, places.Length - 1 - p.Index)).Select(p => p.Item)
            .Take(MostNamed);
        CloudDrawing.Names(svg, order.Where(place => place.At.Words.Length > 0).Select(place => labels.Place(
            TextWidth.Shortened(place.At.Words + (place.Diverges ? " diverges" : ""), 190), place.X, place.Y, 4.5)));
    }
}

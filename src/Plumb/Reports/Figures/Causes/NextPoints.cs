namespace Plumb.Reports;

/// <summary>
/// Where to measure next: for two inputs the box with the points in it, else each input as a line of its own; and how
/// sure each weight is before and after.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Inputs">The box.</param>
/// <param name="Points">The proposed points, in the order of their worth: a value an input.</param>
/// <param name="Errors">Standard errors; empty where the noise is not known.</param>
internal sealed record NextPoints(string Title, string Caption, IReadOnlyList<NextInput> Inputs,
    IReadOnlyList<IReadOnlyList<double>> Points, IReadOnlyList<NextError> Errors) : PageFigure(Title, Caption)
{
    private const int MostRows = 24;
    private const double BoxHeight = 320;
    private const double RowHeight = 24;
    private const int FrameMarks = 60;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "next-points";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => new(
        [PageColumn.Names("point"), .. Inputs.Select(input => new PageColumn(input.Name))],
        [
            .. Points.Select((point, i) => (IReadOnlyList<PageCell>)
            [
                NumberText.Count(i + 1), .. point.Take(Inputs.Count).Select(v => (PageCell)NumberText.Coefficient(v)),
            ]),
        ]);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        var isBox = Inputs.Count == 2;
        NextError[] errors = [.. Errors.Take(MostRows)];
        var top = isBox ? BoxHeight : Math.Min(Inputs.Count, MostRows) * 40 + 12;
        var below = errors.Length == 0 ? 0 : 36 + errors.Length * RowHeight + 44;
        var svg = new SvgWriter(this, FigureSize.Width, top + below);
        if (isBox)
        {
            DrawBox(svg);
        }
        else
        {
            NextStrips.Draw(svg, [.. Inputs.Take(MostRows)], Points);
        }

        if (errors.Length > 0)
        {
            NextErrors.Draw(svg, errors, top + 36, RowHeight);
        }

        return svg.Finish();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ToLines(int width) =>
        NextLines.Of([.. Errors.Take(MostRows)], Points.Count, width);

    private void DrawBox(SvgWriter svg)
    {
        var (x, y) = (Inputs[0], Inputs[1]);
        (double X, double Y)[] points =
        [
            .. Points.Where(p => p.Count > 1 && double.IsFinite(p[0]) && double.IsFinite(p[1]))
                .Select(p => (p[0], p[1])),
        ];
        var across = LinearScale.Around(points.Select(p => p.X).Append(x.Low).Append(x.High), 0.08);
        var up = LinearScale.Around(points.Select(p => p.Y).Append(y.Low).Append(y.High), 0.08);
        var plot = PlotArea.Within(new(0, 0, FigureSize.Width, BoxHeight), across, up);
        plot.Draw(svg, TextWidth.Shortened(x.Name, 200), TextWidth.Shortened(y.Name, 200));
        var labels = new LabelPlacer(plot.Area);
        if (Area(plot, x.MeasuredLow, x.MeasuredHigh, y.MeasuredLow, y.MeasuredHigh) is { } measured)
        {
            svg.Rectangle(measured, "band", "measured so far");
            if (measured.Width > 110 && measured.Height > 20)
            {
                svg.Text(measured.Left + 6, measured.Top + 14, "measured so far", "quiet");
                labels.Block(new(measured.Left, measured.Top, 110, 18));
            }
        }

        if (Area(plot, x.Low, x.High, y.Low, y.High) is { } box)
        {
            svg.Rectangle(box, "rule");
            for (var i = 0; i <= FrameMarks; i++) // names keep off its lines
            {
                var (right, down) = (box.Left + i * box.Width / FrameMarks, box.Top + i * box.Height / FrameMarks);
                labels.Avoid(right, box.Top);
                labels.Avoid(right, box.Bottom);
                labels.Avoid(box.Left, down);
                labels.Avoid(box.Right, down);
            }
        }

        foreach (var (px, py) in points)
        {
            labels.Avoid(plot.X(px), plot.Y(py));
            svg.Circle(plot.X(px), plot.Y(py), 5, "dot");
        }

        // Points in one place bear all their numbers.
        CloudDrawing.Names(svg, points.Index().GroupBy(p => p.Item).Select(group => labels.Place(
            TextWidth.Shortened(string.Join(", ", group.Select(p => NumberText.Count(p.Index + 1))), 120),
            plot.X(group.Key.X), plot.Y(group.Key.Y), 5)), "label strong");
    }

    private static FigureBox? Area(PlotArea plot, double left, double right, double low, double high) =>
        double.IsFinite(left) && double.IsFinite(right) && double.IsFinite(low) && double.IsFinite(high)
            ? new(plot.X(left), plot.Y(high), Math.Max(0, plot.X(right) - plot.X(left)),
                Math.Max(0, plot.Y(low) - plot.Y(high)))
            : null;
}

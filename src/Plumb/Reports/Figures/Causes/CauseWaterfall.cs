namespace Plumb.Reports;

/// <summary>
/// From where a parameter should be to where it is, cause by cause; all parameters on one axis, those farthest off
/// first.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Origin">Where each row begins: "truth" or "best fit".</param>
/// <param name="Rows">All parameters; a few are drawn.</param>
internal sealed record CauseWaterfall(string Title, string Caption, string Origin, IReadOnlyList<CauseRow> Rows)
    : PageFigure(Title, Caption)
{
    private const int MostDrawn = 6;
    private const double Step = 17; // from cause to cause
    private const double Head = 30; // the name of a parameter
    private const double Space = 14; // below a parameter
    private const double MostName = 120;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "causes";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table
    {
        get
        {
            string[] causes = [.. Rows.SelectMany(row => row.Parts).Select(part => part.Cause).Distinct()];
            return new(
                [
                    PageColumn.Names("parameter"), new(Origin), .. causes.Select(cause => new PageColumn(cause)),
                    new("learned"),
                ],
                [
                    .. Rows.Select(row => (IReadOnlyList<PageCell>)
                    [
                        row.Name, NumberText.Coefficient(row.From),
                        .. causes.Select(cause => (PageCell)row.Parts.Where(part => part.Cause == cause)
                            .Select(part => NumberText.Signed(part.Amount)).FirstOrDefault("")),
                        NumberText.Coefficient(row.To),
                    ]),
                ]);
        }
    }

    /// <inheritdoc/>
    public override string ToSvg()
    {
        CauseRow[] drawn =
        [
            .. Rows.Where(row => row.IsFinite).OrderByDescending(row => Math.Abs(row.Sums[^1])).Take(MostDrawn),
        ];
        var rest = Rows.Count - drawn.Length;
        var height = drawn.Sum(HeightOf) + 48 + (rest > 0 ? 18 : 0);
        var svg = new SvgWriter(this, FigureSize.Width, height);
        var names = drawn.SelectMany(row => row.Parts).Select(part => TextWidth.Of(part.Cause))
            .Append(TextWidth.Of("learned")).Max();
        var left = Math.Min(MostName, names) + 14;
        var scale = LinearScale.Around(drawn.SelectMany(row => row.Sums).Append(0));
        const double Numbers = 66;
        var area = new FigureBox(left, 8, FigureSize.Width - left - Numbers, Math.Max(0, drawn.Sum(HeightOf) - 8));
        var plot = new PlotArea(area with { Width = area.Width + Numbers }, area, scale, scale);
        DrawAxis(svg, plot);
        var top = 0.0;
        foreach (var row in drawn)
        {
            DrawRow(svg, plot, row, top);
            top += HeightOf(row);
        }

        if (rest > 0)
        {
            svg.Text(FigureSize.Margin, height - 8, $"The table holds {NumberText.Of(rest, "more parameter")}.",
                "quiet");
        }

        return svg.Finish();
    }

    private static double HeightOf(CauseRow row) => Head + (row.Parts.Count + 1) * Step + Space;

    private void DrawAxis(SvgWriter svg, PlotArea plot)
    {
        svg.Open("grid");
        foreach (var tick in plot.AcrossTicks())
        {
            var x = Math.Floor(plot.X(tick.Value)) + 0.5;
            svg.Line(x, plot.Area.Top, x, plot.Area.Bottom, tick.Value == 0 ? "zero" : "");
        }

        svg.Close();
        svg.Open("quiet");
        foreach (var tick in plot.AcrossTicks())
        {
            svg.Text(plot.Middle(tick), plot.Area.Bottom + 16, tick.Text, "middle");
        }

        svg.Text(plot.Area.Middle, plot.Area.Bottom + 33, "difference from the " + Origin, "middle");
        svg.Close();
    }

    private void DrawRow(SvgWriter svg, PlotArea plot, CauseRow row, double top)
    {
        var places = $"{Origin} {Short(row.From)}, learned {Short(row.To)}";
        var y = top + 18;
        svg.Text(FigureSize.Margin, y, TextWidth.Shortened(row.Name, 150), "label strong");
        svg.Text(FigureSize.Width - 4, y, places, "label end quiet");
        var sums = row.Sums;
        foreach (var (i, part) in row.Parts.Index())
        {
            DrawBar(svg, plot, top + Head + i * Step, part, sums[i], sums[i + 1],
                part.Amount < 0 ? "second-fill" : "fill");
        }

        DrawBar(svg, plot, top + Head + row.Parts.Count * Step, new("learned", sums[^1]), 0, sums[^1], "ink");
    }

    private static void DrawBar(SvgWriter svg, PlotArea plot, double top, CausePart part, double from, double to,
        string kind)
    {
        const double Bar = 11;
        svg.Text(plot.Area.Left - 8, top + 10, TextWidth.Shortened(part.Cause, MostName),
            kind == "ink" ? "end" : "end quiet");
        var (x1, x2) = (plot.X(Math.Min(from, to)), plot.X(Math.Max(from, to)));
        var text = part.Amount == 0 ? "0" : NumberText.Signed(part.Amount).Replace('-', '−');
        svg.Rectangle(new(x1, top, Math.Max(1, x2 - x1), Bar), kind, $"{part.Cause}: {text}");
        if (kind != "ink")
        {
            var x = Math.Clamp(plot.X(to), plot.Area.Left, plot.Area.Right);
            svg.Line(x, top + Bar, x, top + Step, "rule");
        }

        svg.Text(FigureSize.Width - 4, top + 10, text, "end");
    }

    private static string Short(double value) => NumberText.Significant(value, 4).Replace('-', '−');
}

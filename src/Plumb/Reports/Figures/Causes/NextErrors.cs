namespace Plumb.Reports;

/// <summary>The standard error of each weight before and after, on a logarithmic axis.</summary>
internal static class NextErrors
{
    /// <summary>Draws a row a weight.</summary>
    public static void Draw(SvgWriter svg, IReadOnlyList<NextError> errors, double top, double rowHeight)
    {
        const double MostName = 130;
        const string Words = "not determined";
        var never = TextWidth.Of(Words) + 6; // where there is no error yet
        var left = Math.Min(MostName, errors.Select(error => TextWidth.Of(error.Name)).DefaultIfEmpty(0).Max()) + 16;
        var isAnyNever = errors.Any(error => double.IsPositiveInfinity(error.Before));
        var scale = LogScale.Around(errors.SelectMany(error => new[] { error.Before, error.After }), 0.06);
        var area = new FigureBox(left, top, FigureSize.Width - left - (isAnyNever ? never + 12 : 18),
            errors.Count * rowHeight);
        var plot = new PlotArea(new(0, 0, area.Right + 12, 0), area, scale, scale);
        DrawAxis(svg, plot);
        if (isAnyNever)
        {
            svg.Text(area.Right + 6 + never / 2, top - 12, Words, "quiet middle");
        }

        foreach (var (i, error) in errors.Index())
        {
            var y = top + (i + 0.5) * rowHeight;
            svg.Text(left - 10, y + FigureSize.Base, TextWidth.Shortened(error.Name, MostName), "end");
            var before = double.IsPositiveInfinity(error.Before) ? area.Right + 6 + never / 2
                : error.Before > 0 && double.IsFinite(error.Before) ? plot.X(error.Before) : double.NaN;
            var after = error.After > 0 && double.IsFinite(error.After) ? plot.X(error.After) : double.NaN;
            DrawRow(svg, error, before, after, y);
        }

        if (errors.Count > 0)
        {
            svg.Text(area.Left, top - 12, "○ before   ● after", "quiet");
        }
    }

    private static void DrawAxis(SvgWriter svg, PlotArea plot)
    {
        svg.Open("grid");
        foreach (var tick in plot.AcrossTicks())
        {
            var x = Math.Floor(plot.X(tick.Value)) + 0.5;
            svg.Line(x, plot.Area.Top, x, plot.Area.Bottom, "");
        }

        svg.Close();
        svg.Open("quiet");
        foreach (var tick in plot.AcrossTicks())
        {
            svg.Text(plot.Middle(tick), plot.Area.Bottom + 16, tick.Text, "middle");
        }

        svg.Text(plot.Area.Middle, plot.Area.Bottom + 34, "standard error", "middle");
        svg.Close();
    }

    private static void DrawRow(SvgWriter svg, NextError error, double before, double after, double y)
    {
        var (first, then) = (NumberText.Measure(error.Before), NumberText.Measure(error.After));
        svg.Open("", $"{error.Name}: {first} before, {then} after");
        if (!double.IsNaN(before) && !double.IsNaN(after))
        {
            svg.Line(before, y, after, y, "line");
        }

        if (!double.IsNaN(before))
        {
            svg.Circle(before, y, 4, "ring");
        }

        if (!double.IsNaN(after))
        {
            svg.Circle(after, y, 4.5, "dot");
        }

        svg.Close();
    }
}

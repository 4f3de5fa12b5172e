namespace Plumb.Reports;

/// <summary>Each input as a line from its least to its largest value, with the points on it.</summary>
internal static class NextStrips
{
    /// <summary>Draws the lines from the top.</summary>
    public static void Draw(SvgWriter svg, IReadOnlyList<NextInput> inputs, IReadOnlyList<IReadOnlyList<double>> points)
    {
        const double Height = 40;
        const double MostName = 130;
        var left = Math.Min(MostName, inputs.Select(input => TextWidth.Of(input.Name)).DefaultIfEmpty(0).Max()) + 22;
        foreach (var (i, input) in inputs.Index())
        {
            var y = 22 + i * Height;
            double[] values = [.. points.Where(p => p.Count > i && double.IsFinite(p[i])).Select(p => p[i])];
            var scale = LinearScale.Around(values.Append(input.Low).Append(input.High), 0);
            var area = new FigureBox(left, y - 10, FigureSize.Width - left - 20, 20);
            var plot = new PlotArea(new(left - 12, 0, area.Width + 30, 0), area, scale, scale);
            svg.Text(left - 16, y + FigureSize.Base, TextWidth.Shortened(input.Name, MostName), "end");
            if (double.IsFinite(input.MeasuredLow) && double.IsFinite(input.MeasuredHigh))
            {
                var from = plot.X(input.MeasuredLow);
                svg.Rectangle(new(from, y - 6, Math.Max(1, plot.X(input.MeasuredHigh) - from), 12), "band",
                    "measured so far");
            }

            svg.Line(area.Left, y, area.Right, y, "rule");
            var ends = new[] { input.Low, input.High }.Where(double.IsFinite)
                .Select(end => new AxisTick(end, NumberText.Rate(end).Replace('-', '−'))).ToArray();
            if (ends.Length == 2 && plot.Middle(ends[1]) - plot.Middle(ends[0]) > 120)
            {
                foreach (var end in ends)
                {
                    svg.Text(plot.Middle(end), y + 19, end.Text, "middle quiet small");
                }
            }

            foreach (var group in values.GroupBy(value => Math.Round(plot.X(value), 1)))
            {
                svg.Circle(group.Key, y, Math.Min(7, 3 + group.Count()), "dot", NumberText.Of(group.Count(), "point"));
            }
        }
    }
}

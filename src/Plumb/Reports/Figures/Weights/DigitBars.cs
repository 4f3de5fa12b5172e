using System.Globalization;

namespace Plumb.Reports;

/// <summary>
/// Three bars a weight: the digits that arithmetic, data and noise leave; the shortest is solid, for it counts.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Rows">In the order of the file.</param>
internal sealed record DigitBars(string Title, string Caption, IReadOnlyList<DigitRow> Rows)
    : PageFigure(Title, Caption)
{
    private const int MostRows = 40;
    private const double Most = 17; // a double has no more
    private const double RowHeight = 30;
    private const double Bar = 6;
    private const double MostName = 130;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "digits";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => new(
        [PageColumn.Names("weight"), new("arithmetic"), new("data"), new("noise"), PageColumn.Names("limited by")],
        [.. Rows.Select(row => (IReadOnlyList<PageCell>)
            [row.Name, .. row.Limits.Select(limit => (PageCell)Text(limit.Digits)), row.Least.Limit])]);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        const double Top = 26;
        DigitRow[] rows = [.. Rows.Take(MostRows)];
        var rest = Rows.Count - rows.Length;
        var bottom = Top + rows.Length * RowHeight;
        var svg = new SvgWriter(this, FigureSize.Width, bottom + 44 + (rest > 0 ? 18 : 0));
        var left = Math.Min(MostName, rows.Select(row => TextWidth.Of(row.Name)).DefaultIfEmpty(0).Max()) + 14;
        var right = rows.Select(row => TextWidth.Of(Words(row.Least))).DefaultIfEmpty(0).Max() + 16;
        var area = new FigureBox(left, Top, FigureSize.Width - left - right, bottom - Top);
        var plot = new PlotArea(area, area, new LinearScale(0, Most), new LinearScale(0, 1));
        DrawAxis(svg, plot);
        foreach (var (i, row) in rows.Index())
        {
            DrawRow(svg, plot, row, Top + i * RowHeight);
        }

        if (rest > 0)
        {
            svg.Text(FigureSize.Margin, svg.Bounds.Bottom - 8,
                $"The first {MostRows}; the table holds {NumberText.Count(rest)} more.", "quiet");
        }

        return svg.Finish();
    }

    private static void DrawAxis(SvgWriter svg, PlotArea plot)
    {
        var area = plot.Area;
        foreach (var digits in new[] { 0, 4, 8, 12, 16 })
        {
            var x = Math.Floor(plot.X(digits)) + 0.5;
            svg.Open("grid");
            svg.Line(x, area.Top - 4, x, area.Bottom, digits == 0 ? "zero" : "");
            svg.Close();
            svg.Text(x, area.Bottom + 16, NumberText.Count(digits), "quiet middle");
        }

        svg.Text(area.Left, area.Top - 12, "from top: arithmetic, data, noise", "quiet");
        svg.Text(area.Middle, area.Bottom + 34, "digits to trust", "quiet middle");
    }

    private static void DrawRow(SvgWriter svg, PlotArea plot, DigitRow row, double top)
    {
        svg.Text(plot.Area.Left - 8, top + RowHeight / 2 + FigureSize.Base,
            TextWidth.Shortened(row.Name, MostName), "end");
        var hasSolid = false;
        foreach (var (i, (limit, digits)) in row.Limits.Index())
        {
            if (double.IsNaN(digits))
            {
                continue;
            }

            var isLeast = !hasSolid && digits == row.Least.Digits;
            hasSolid |= isLeast;
            var width = Math.Max(1.5, plot.X(digits) - plot.Area.Left);
            svg.Rectangle(new(plot.Area.Left, top + 4 + i * (Bar + 1.5), width, Bar), isLeast ? "fill" : "pale",
                $"{row.Name}: {Text(digits)} digits by {limit}");
        }

        var least = row.Least;
        if (least.Limit.Length > 0)
        {
            svg.Text(plot.Area.Right + 8, top + RowHeight / 2 + FigureSize.Base,
                Words(least));
        }
    }

    // Rounded down, as everywhere.
    private static string Words((string Limit, double Digits) least) => Text(least.Digits) + " " + least.Limit;

    private static string Text(double digits)
    {
        const double Endless = 99;
        return double.IsNaN(digits) ? "-" : digits > Endless ? "all"
            : (Math.Floor(Math.Max(0, digits) * 10) / 10).ToString("F1", CultureInfo.InvariantCulture);
    }
}

namespace Plumb.Reports;

/// <summary>Two axes and what lies between them.</summary>
/// <param name="Outer">Where their numbers and names may stand.</param>
/// <param name="Area">Where points are drawn.</param>
/// <param name="Across">From left to right.</param>
/// <param name="Up">From bottom to top.</param>
internal sealed record PlotArea(FigureBox Outer, FigureBox Area, AxisScale Across, AxisScale Up)
{
    private const double TickGap = 6;
    private const double Right = 12; // free beside the area
    private const double LeastAcross = 62; // from number to number
    private const double LeastUp = 36;

    /// <summary>An area that leaves room for the numbers and names of both axes.</summary>
    /// <param name="box">All that may be used.</param>
    /// <param name="across">From left to right.</param>
    /// <param name="up">From bottom to top.</param>
    public static PlotArea Within(FigureBox box, AxisScale across, AxisScale up)
    {
        const double Above = 22; // the name of the upward axis
        const double Below = 38; // numbers and the name of the axis across
        var numbers = up.Ticks(UpTicks(box.Height - Above - Below)).Select(tick => TextWidth.Of(tick.Text))
            .DefaultIfEmpty(0).Max();
        var left = Math.Min(numbers + TickGap + 2, box.Width / 3);
        var (width, height) = (box.Width - left - Right, box.Height - Above - Below);
        return new(box, new(box.Left + left, box.Top + Above, width, height), across, up);
    }

    /// <summary>The same, beginning farther right: areas above each other begin at one place.</summary>
    public PlotArea From(double left) => this with
    {
        Area = new(left, Area.Top, Area.Right - left, Area.Height),
    };

    /// <summary>The place of a number from left to right.</summary>
    public double X(double value) => Area.Left + Across.Share(value) * Area.Width;

    /// <summary>The place of a number from bottom to top.</summary>
    public double Y(double value) => Area.Bottom - Up.Share(value) * Area.Height;

    /// <summary>Whether a point is seen.</summary>
    public bool Holds(double x, double y) => Across.Holds(x) && Up.Holds(y);

    /// <summary>Grid, numbers and names; the upward axis is named above it: no text stands on its side.</summary>
    public void Draw(SvgWriter svg, string across, string up)
    {
        svg.Open("grid");
        var rows = Up.Ticks(UpTicks(Area.Height));
        var columns = AcrossTicks();
        foreach (var tick in rows)
        {
            svg.Line(Area.Left, Crisp(Y(tick.Value)), Area.Right, Crisp(Y(tick.Value)), "");
        }

        foreach (var tick in columns)
        {
            svg.Line(Crisp(X(tick.Value)), Area.Top, Crisp(X(tick.Value)), Area.Bottom, "");
        }

        svg.Close();
        svg.Open("quiet");
        foreach (var tick in rows)
        {
            svg.Text(Area.Left - TickGap, Y(tick.Value) + FigureSize.Base, tick.Text, "end");
        }

        foreach (var tick in columns)
        {
            svg.Text(Middle(tick), Area.Bottom + FigureSize.Line, tick.Text, "middle");
        }

        svg.Text(Outer.Left + 2, Area.Top - 10, up);
        svg.Text(Area.Middle, Area.Bottom + 2 * FigureSize.Line, across, "middle");
        svg.Close();
    }

    /// <summary>The numbers across, as many as stand apart.</summary>
    public IReadOnlyList<AxisTick> AcrossTicks()
    {
        for (var most = Math.Max(2, (int)(Area.Width / LeastAcross) + 1); most > 2; most--)
        {
            var ticks = Across.Ticks(most);
            var isFree = ticks.Zip(ticks.Skip(1), (a, b) =>
                Middle(b) - Middle(a) - (TextWidth.Of(a.Text) + TextWidth.Of(b.Text)) / 2).All(gap => gap > 6);
            if (isFree)
            {
                return ticks;
            }
        }

        List<AxisTick> apart = [];
        foreach (var tick in Across.Ticks(2).OrderBy(tick => tick.Value == 0 ? 0 : 1))
        {
            if (apart.All(other => Math.Abs(Middle(tick) - Middle(other))
                - (TextWidth.Of(tick.Text) + TextWidth.Of(other.Text)) / 2 > 6))
            {
                apart.Add(tick);
            }
        }

        return apart;
    }

    /// <summary>The middle of a number across: under its place, but within what may be used.</summary>
    public double Middle(AxisTick tick)
    {
        var half = TextWidth.Of(tick.Text) / 2 + 1;
        return Math.Max(Outer.Left + half, Math.Min(X(tick.Value), Outer.Right - half));
    }

    private static int UpTicks(double height) => Math.Max(2, (int)(height / LeastUp));

    // Thin lines are sharp in the middle of a pixel.
    private static double Crisp(double place) => Math.Floor(place) + 0.5;
}

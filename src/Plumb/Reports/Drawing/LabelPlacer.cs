namespace Plumb.Reports;

/// <summary>
/// Finds room for labels, one after the other: beside what they belong to, else farther off; never over another label
/// or what is blocked, and over as few marks as can be.
/// </summary>
/// <param name="bounds">Where labels may stand.</param>
internal sealed class LabelPlacer(FigureBox bounds)
{
    private const double Padding = 1.5;
    private static readonly double[] s_distances = [3, 10, 18, 28, 40, 56, 76]; // from the edge of the mark;
    private readonly List<FigureBox> _taken = [];
    private readonly List<(double X, double Y)> _marks = [];

    /// <summary>Keeps labels off an area.</summary>
    public void Block(FigureBox box) => _taken.Add(box);

    /// <summary>Keeps labels off a mark where there is room elsewhere.</summary>
    public void Avoid(double x, double y) => _marks.Add((x, y));

    /// <summary>A place for a label; none where all are taken.</summary>
    /// <param name="text">What it says.</param>
    /// <param name="x">The middle of its mark.</param>
    /// <param name="y">The middle of its mark.</param>
    /// <param name="radius">Of its mark.</param>
    public PlacedLabel? Place(string text, double x, double y, double radius = 3)
    {
        var (width, height) = (TextWidth.Of(text), FigureSize.Text + 1);
        PlacedLabel? best = null;
        var least = double.PositiveInfinity;
        foreach (var (ring, distance) in s_distances.Index())
        {
            if (least <= ring * 4)
            {
                break; // farther off is no better
            }

            const int Angles = 16;
            for (var i = 0; i < Angles; i++)
            {
                var box = At(x, y, radius + distance, i * 2 * Math.PI / Angles, width, height);
                if (!bounds.Holds(box) || _taken.Exists(box.Overlaps))
                {
                    continue;
                }

                var cost = ring * 4 + Side(i) + _marks.Count(mark => box.Holds(mark.X, mark.Y));
                if (cost < least)
                {
                    least = cost;
                    best = new(text, box, x, y, ring > 1);
                }
            }
        }

        if (best is { } found)
        {
            _taken.Add(Padded(found.Box));
        }

        return best;
    }

    // Right before left, level before slanted.
    private static double Side(int i) => i switch { 0 => 0, 8 => 0.5, 12 => 0.75, 4 => 1, _ => 1.5 };

    private static FigureBox At(double x, double y, double distance, double angle, double width, double height)
    {
        var (sine, cosine) = Math.SinCos(angle);
        var middleX = x + cosine * (distance + width / 2);
        var middleY = y + sine * (distance + height / 2);
        return new(middleX - width / 2, middleY - height / 2, width, height);
    }

    private static FigureBox Padded(FigureBox box) =>
        new(box.Left - Padding, box.Top - Padding, box.Width + 2 * Padding, box.Height + 2 * Padding);
}

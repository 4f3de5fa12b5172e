namespace Plumb.Reports;

/// <summary>The numbers below lines of a terminal that share an axis.</summary>
internal static class LineAxis
{
    /// <summary>The cell of a number, counted from 0.</summary>
    public static int Cell(AxisScale scale, double value, int cells) =>
        (int)Math.Round(scale.Share(value) * (cells - 1));

    /// <summary>A line with the scale's numbers, which do not touch each other.</summary>
    /// <param name="scale">The axis.</param>
    /// <param name="left">The columns before it.</param>
    /// <param name="cells">Its columns.</param>
    public static string Numbers(AxisScale scale, int left, int cells)
    {
        var line = new string(' ', left + cells).ToCharArray();
        var free = 0;
        foreach (var tick in scale.Ticks(Math.Max(3, cells / 7)))
        {
            var start = Math.Clamp(left + Cell(scale, tick.Value, cells) - tick.Text.Length / 2, 0,
                line.Length - tick.Text.Length);
            if (start >= free)
            {
                tick.Text.CopyTo(0, line, start, tick.Text.Length);
                free = start + tick.Text.Length + 1;
            }
        }

        return new string(line).TrimEnd();
    }
}

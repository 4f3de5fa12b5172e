namespace Plumb;

/// <summary>Even steps.</summary>
internal sealed record LinearScale(double Low, double High) : AxisScale(Low, High)
{
    private const double Largest = 1e300; // so that differences and margins stay finite

    /// <summary>A scale that holds all finite numbers, with a margin at both ends.</summary>
    public static LinearScale Around(IEnumerable<double> values, double margin = 0.05)
    {
        var (low, high) = Ends(values);
        (low, high) = (Math.Clamp(low, -Largest, Largest), Math.Clamp(high, -Largest, Largest));
        var size = Math.Max(Math.Abs(low), Math.Abs(high));
        var span = high - low;
        if (span <= size * 1e-12 || span < 1e-300) // rounding, not a range
        {
            var half = size < 1e-290 ? 1 : size * 0.1;
            return new(low - half, high + half);
        }

        return new(low - span * margin, high + span * margin);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AxisTick> Ticks(int most)
    {
        var step = NiceNumbers.Step(Low, High, most);
        var first = Math.Ceiling(Low / step * (1 - 1e-12));
        List<double> values = [];
        for (var i = first; i * step <= High && values.Count < 100; i++)
        {
            if (i * step >= Low)
            {
                values.Add(i * step);
            }
        }

        return [.. values.Select(value => new AxisTick(value, NiceNumbers.Text(value, step, Low, High)))];
    }

    /// <inheritdoc/>
    protected override double Transform(double value) => value;

    /// <inheritdoc/>
    protected override double Inverse(double value) => value;
}

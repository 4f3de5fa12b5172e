namespace Plumb.Reports;

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
        const int Tries = 8; // finer steps until there are two
        IReadOnlyList<AxisTick> ticks = [];
        for (var i = 0; i < Tries && ticks.Count < 2; i++)
        {
            ticks = With(NiceNumbers.Step(Low, High, Math.Max(2, most) + i));
        }

        return ticks;
    }

    /// <inheritdoc/>
    protected override double Transform(double value) => value;

    /// <inheritdoc/>
    protected override double Inverse(double value) => value;

    private IReadOnlyList<AxisTick> With(double step)
    {
        const int Most = 100;
        var first = Math.Ceiling(Low / step * (1 - 1e-12));
        return
        [
            .. Enumerable.Range(0, Most).Select(i => (first + i) * step).Where(Holds).Distinct()
                .Select(value => new AxisTick(value, NiceNumbers.Text(value, step, Low, High))),
        ];
    }
}

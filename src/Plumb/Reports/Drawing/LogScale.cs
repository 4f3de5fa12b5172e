namespace Plumb.Reports;

/// <summary>Even factors: positive numbers only.</summary>
internal sealed record LogScale(double Low, double High) : AxisScale(Low, High)
{
    private const double Least = 1e-300;
    private const double Largest = 1e300;

    /// <summary>A scale that holds all positive finite numbers, with a margin at both ends.</summary>
    public static LogScale Around(IEnumerable<double> values, double margin = 0.05)
    {
        var (low, high) = Ends(values.Where(value => value > 0 && double.IsFinite(value))
            .Select(value => Math.Log10(Math.Clamp(value, Least, Largest))));
        var span = high - low;
        const double LeastSpan = 0.2; // decades; less is spread
        var more = span < LeastSpan ? (LeastSpan - span) / 2 + 0.05 : span * margin;
        const double MostDecades = 305;
        return new(Math.Pow(10, Math.Max(-MostDecades, low - more)), Math.Pow(10, Math.Min(MostDecades, high + more)));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AxisTick> Ticks(int most)
    {
        var (low, high) = ((int)Math.Ceiling(Math.Log10(Low) - 1e-9), (int)Math.Floor(Math.Log10(High) + 1e-9));
        if (high - low < 1)
        {
            return Between(most);
        }

        var stride = 1;
        while ((high - low) / stride + 1 > Math.Max(2, most))
        {
            stride += stride < 3 ? 1 : 3; // 1, 2, 3, 6, 9 ... decades
        }

        var isPlain = low >= -3 && high <= 4;
        return
        [
            .. Enumerable.Range(low, high - low + 1).Where(k => k % stride == 0)
                .Select(k => new AxisTick(Math.Pow(10, k), isPlain ? PlainPower(k) : NiceNumbers.Power(k))),
        ];
    }

    /// <inheritdoc/>
    protected override double Transform(double value) => Math.Log10(value);

    /// <inheritdoc/>
    protected override double Inverse(double value) => Math.Pow(10, value);

    // Within a decade or so: 1, 2, 5, or even steps where that leaves fewer than two.
    private IReadOnlyList<AxisTick> Between(int most)
    {
        List<AxisTick> ticks = [];
        for (var k = (int)Math.Floor(Math.Log10(Low)); k <= Math.Log10(High); k++)
        {
            foreach (var digit in (ReadOnlySpan<double>)[1, 2, 5])
            {
                var power = Math.Pow(10, k);
                if (Holds(digit * power))
                {
                    ticks.Add(new(digit * power, NiceNumbers.Text(digit * power, power, digit * power, digit * power)));
                }
            }
        }

        return ticks.Count >= 2 ? ticks : new LinearScale(Low, High).Ticks(most);
    }

    private static string PlainPower(int k) =>
        NiceNumbers.Text(Math.Pow(10, k), Math.Pow(10, Math.Min(k, 0)), 1, 1);
}

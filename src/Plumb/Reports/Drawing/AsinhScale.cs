namespace Plumb;

/// <summary>
/// Even steps near zero, even factors far from it, on both sides: asinh(value).
/// </summary>
internal sealed record AsinhScale(double Low, double High) : AxisScale(Low, High)
{
    private const double Largest = 1e300;

    /// <summary>A scale that holds zero and all finite numbers, with a margin at both ends.</summary>
    public static AsinhScale Around(IEnumerable<double> values, double margin = 0.05)
    {
        var (low, high) = Ends(values.Append(0).Select(value => Math.Clamp(value, -Largest, Largest)));
        var (from, to) = (Math.Asinh(low), Math.Asinh(high));
        var more = Math.Max((to - from) * margin, 0.2 - (to - from));
        return new(Math.Sinh(from - more), Math.Sinh(to + more));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AxisTick> Ticks(int most)
    {
        var largest = Math.Max(Math.Abs(Low), Math.Abs(High));
        if (largest < 1)
        {
            return new LinearScale(Low, High).Ticks(most);
        }

        // Finest first: 1, 2, 5, 10, 20 ..., then powers of 10, of 100 ...
        var decades = (int)Math.Floor(Math.Log10(largest));
        var sets = new[] { true, false }.Select(isFine => Values(decades, 1, isFine))
            .Concat(Enumerable.Range(2, 300).Select(stride => Values(decades, stride, false)));
        var isPlain = decades <= 4;
        foreach (var set in sets)
        {
            double[] values = [.. set.SelectMany(v => new[] { -v, v }).Append(0).Where(Holds).Order()];
            if (values.Length <= Math.Max(3, most))
            {
                return [.. values.Select(v => new AxisTick(v, Text(v, isPlain)))];
            }
        }

        return [new(0, "0")];
    }

    /// <inheritdoc/>
    protected override double Transform(double value) => Math.Asinh(value);

    /// <inheritdoc/>
    protected override double Inverse(double value) => Math.Sinh(value);

    private static IEnumerable<double> Values(int decades, int stride, bool isFine) =>
        Enumerable.Range(0, decades + 1).Where(k => k % stride == 0)
            .SelectMany(k => isFine ? new[] { 1, 2, 5 }.Select(d => d * Math.Pow(10, k)) : [Math.Pow(10, k)]);

    private static string Text(double value, bool isPlain) => isPlain || Math.Abs(value) < 10
        ? NiceNumbers.Text(value, 1, 1, 1)
        : (value < 0 ? "−" : "") + NiceNumbers.Power((int)Math.Round(Math.Log10(Math.Abs(value))));
}

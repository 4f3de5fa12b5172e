namespace Plumb.Reports;

/// <summary>
/// Even steps near zero, even factors far from it, on both sides: asinh(value).
/// </summary>
internal sealed record AsinhScale(double Low, double High) : AxisScale(Low, High)
{
    private const double Largest = 1e300;
    private const int MostDecades = 310;
    private static readonly double[] s_one = [1];
    private static readonly double[] s_digits = [1, 2, 5];

    /// <summary>A scale that holds zero and all finite numbers, with a margin at both ends.</summary>
    public static AsinhScale Around(IEnumerable<double> values, double margin = 0.05)
    {
        var (low, high) = Ends(
            values.Where(double.IsFinite).Append(0).Select(value => Math.Clamp(value, -Largest, Largest)));
        var (from, to) = (Math.Asinh(low), Math.Asinh(high));
        var more = Math.Max((to - from) * margin, 0.2 - (to - from));
        const double Farthest = 1e305;
        return new(Math.Max(-Farthest, Math.Sinh(from - more)), Math.Min(Farthest, Math.Sinh(to + more)));
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
        var sets = Enumerable.Range(1, MostDecades).Select(stride => Values(decades, stride, s_one))
            .Prepend(Values(decades, 1, s_digits));
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

    private static IEnumerable<double> Values(int decades, int stride, double[] digits) =>
        Enumerable.Range(0, decades + 1).Where(k => (decades - k) % stride == 0)
            .SelectMany(k => digits.Select(digit => digit * Math.Pow(10, k)));

    private static string Text(double value, bool isPlain) => isPlain || Math.Abs(value) < 1000
        ? NiceNumbers.Text(value, 1, 1, 1)
        : (value < 0 ? "−" : "") + NiceNumbers.Power((int)Math.Round(Math.Log10(Math.Abs(value))));
}

namespace Plumb.Tests.Origins;

/// <summary>How a column is scaled before a fit: less its centre, and then divided by its unit.</summary>
internal readonly record struct ColumnScale(double Centre, double Unit)
{
    /// <summary>A column as it is.</summary>
    public static ColumnScale None { get; } = new(0, 1);

    /// <summary>The scale of values, by the name of the way.</summary>
    public static ColumnScale Of(string scaling, double[] values)
    {
        double Quantile(double level)
        {
            var sorted = values.Order().ToArray();
            var place = level * (sorted.Length - 1);
            var below = (int)place;
            return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
        }

        var (centre, unit) = scaling switch
        {
            "standardized" =>
                (values.Average(), Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)))),
            "centred" => (values.Average(), 1),
            "min-max" => (values.Min(), values.Max() - values.Min()),
            "max-abs" => (0, values.Max(Math.Abs)),
            _ => (Quantile(0.5), Quantile(0.75) - Quantile(0.25)),
        };
        return new ColumnScale(centre, unit > 0 ? unit : 1);
    }
}

namespace Plumb.Reports;

/// <summary>How numbers become places between two ends. The list is closed: linear, logarithmic, asinh.</summary>
/// <param name="Low">The number at the beginning, finite.</param>
/// <param name="High">The number at the end, finite and more.</param>
internal abstract record AxisScale(double Low, double High)
{
    /// <summary>Whether a number has a place: it is finite and between the ends.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>The place of a number from 0 to 1; those beyond an end are at it.</summary>
    /// <param name="value">Not NaN.</param>
    public double Share(double value)
    {
        var clamped = Math.Clamp(value, Low, High);
        var low = Transform(Low);
        return (Transform(clamped) - low) / (Transform(High) - low);
    }

    /// <summary>The number at a place from 0 to 1.</summary>
    public double At(double share) => Inverse(Transform(Low) * (1 - share) + Transform(High) * share);

    /// <summary>Round numbers between the ends, in order, about so many, or two.</summary>
    public abstract IReadOnlyList<AxisTick> Ticks(int most);

    /// <summary>What is even along the axis.</summary>
    protected abstract double Transform(double value);

    /// <summary>Back from what is even along the axis.</summary>
    protected abstract double Inverse(double value);

    /// <summary>The least and the largest finite number; 0 and 1 where there is none.</summary>
    protected static (double Low, double High) Ends(IEnumerable<double> values)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low <= high ? (low, high) : (0, 1);
    }
}

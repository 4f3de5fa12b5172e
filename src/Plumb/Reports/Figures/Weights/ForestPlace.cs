namespace Plumb.Reports;

/// <summary>Where a weight and its intervals lie on the axis; NaN where there is no such number.</summary>
/// <param name="Middle">The weight.</param>
/// <param name="Low">Where the 95 % interval begins.</param>
/// <param name="High">Where it ends.</param>
internal readonly record struct ForestPlace(double Middle, double Low, double High)
{
    /// <summary>The 50 % interval's share of the 95 % one.</summary>
    public double InnerShare { get; init; }

    /// <summary>Where the 50 % interval begins.</summary>
    public double InnerLow => Middle + (Low - Middle) * InnerShare;

    /// <summary>Where it ends.</summary>
    public double InnerHigh => Middle + (High - Middle) * InnerShare;

    /// <summary>Whether there is something to draw.</summary>
    public bool IsKnown => double.IsFinite(Middle);

    /// <summary>Whether there is an interval.</summary>
    public bool HasInterval => IsKnown && Low <= Middle && Middle <= High;

    /// <summary>The place of a row.</summary>
    public static ForestPlace Of(ForestRow row, ForestAxis axis)
    {
        if (!row.IsDetermined)
        {
            return new(double.NaN, double.NaN, double.NaN);
        }

        var unit = axis == ForestAxis.Effect ? Math.Abs(row.Spread) : row.Error > 0 ? 1 / row.Error : double.NaN;
        return new(row.Estimate * unit, row.Low * unit, row.High * unit) { InnerShare = row.InnerShare };
    }
}

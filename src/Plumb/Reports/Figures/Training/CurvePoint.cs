namespace Plumb.Reports;

/// <summary>A number after so many steps.</summary>
internal readonly record struct CurvePoint(double Step, double Value)
{
    /// <summary>Whether it has a place on logarithmic axes; a value of 0 has it at the lower edge.</summary>
    public bool IsSeen => Step >= 0 && double.IsFinite(Step) && Value >= 0 && double.IsFinite(Value);
}

namespace Plumb.Diagnosis;

/// <summary>Where a column's values lie.</summary>
/// <param name="Least">The smallest value.</param>
/// <param name="Greatest">The largest value.</param>
/// <param name="LowerQuartile">A quarter of the values lie below, by linear interpolation between two; NaN where not
/// all were at hand.</param>
/// <param name="Median">Half of them do.</param>
/// <param name="UpperQuartile">Three quarters do.</param>
public sealed record ColumnRange(double Least, double Greatest, double LowerQuartile, double Median,
    double UpperQuartile)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ColumnRange), PrintMembers);
}

namespace Plumb.Designs;

/// <summary>A number for which a function of its column is not defined.</summary>
/// <param name="Row">Its row, from 0.</param>
/// <param name="Factor">The function of the column.</param>
/// <param name="Value">The number.</param>
public sealed record UndefinedValue(int Row, TermFactor Factor, double Value)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(UndefinedValue), PrintMembers);
}

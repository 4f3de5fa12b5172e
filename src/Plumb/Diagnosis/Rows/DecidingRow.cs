namespace Plumb.Diagnosis;

/// <summary>
/// A row that decides part of a fit alone: without it, the other rows would leave a direction undetermined, or nearly
/// so.
/// </summary>
/// <param name="Row">Its number among the rows of data, from 1.</param>
/// <param name="Leverage">Its part in its own prediction: 1, or nearly.</param>
/// <param name="PValue">How probable it would be that a row of so many has such a leverage by chance.</param>
public sealed record DecidingRow(long Row, double Leverage, double PValue)
{
    /// <summary>The inputs whose weights depend on it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];
}

namespace Plumb.Formats;

/// <summary>A value of a column of texts, and how often it stands there.</summary>
/// <param name="Name">The value.</param>
/// <param name="Rows">In how many rows.</param>
public sealed record LevelRows(string Name, long Rows)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Shown.Count(Rows, "row")}";
}

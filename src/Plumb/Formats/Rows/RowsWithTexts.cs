namespace Plumb.Formats;

/// <summary>A block of rows, and the texts of some of their cells.</summary>
/// <param name="Rows">The rows: not-a-number where a value is missing.</param>
/// <param name="Texts">The texts, of as many rows.</param>
public sealed record RowsWithTexts(Dataset Rows, RowTexts Texts)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(RowsWithTexts), PrintMembers);
}

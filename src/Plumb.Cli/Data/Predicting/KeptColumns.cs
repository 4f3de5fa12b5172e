namespace Plumb.Cli;

/// <summary>
/// The columns of the data that are written beside predictions, and what becomes of rows without one.
/// </summary>
/// <param name="Columns">Their names; none where only predictions are written.</param>
/// <param name="Lacking">What becomes of rows that lack a value which the model needs.</param>
internal sealed record KeptColumns(IReadOnlyList<string> Columns, LackingRows Lacking)
{
    /// <summary>Whether rows are read with their texts, and none left out by the reader.</summary>
    public bool NeedTexts => Columns.Count > 0 || Lacking == LackingRows.Empty;
}

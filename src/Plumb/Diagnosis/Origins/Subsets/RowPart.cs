namespace Plumb.Diagnosis;

/// <summary>A part of the rows that a map is the best fit of.</summary>
/// <param name="Code">first-rows, last-rows or row-left-out.</param>
/// <param name="Row">The last of the first rows, the first of the last rows, or the row left out; counted from
/// 1.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Misfit">The largest sum over the part of residual times standardized input, beside what chance would
/// make it: 0 at a best fit.</param>
public sealed record RowPart(string Code, long Row, long Rows, double Misfit)
{
    /// <summary>Which rows, such as "the first 300 of 442 rows".</summary>
    public string Text => Code switch
    {
        "first-rows" => FormattableString.Invariant($"the first {Row} of {Rows} rows"),
        "last-rows" => FormattableString.Invariant($"the last {Rows - Row + 1} of {Rows} rows"),
        _ => FormattableString.Invariant($"all rows but row {Row}"),
    };

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(RowPart), PrintMembers);
}

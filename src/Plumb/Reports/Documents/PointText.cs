namespace Plumb.Reports;

/// <summary>The coordinates of points as a file of data would have them: levels and dates by name.</summary>
internal static class PointText
{
    /// <summary>The text of a coordinate; null where it is a number.</summary>
    /// <param name="design">What the inputs are made from.</param>
    /// <param name="column">The column's place among those.</param>
    /// <param name="value">The number.</param>
    public static string? Of(Design design, int column, double value) =>
        design.Meanings.GetValueOrDefault(design.Columns.Inputs[column]) switch
        {
            ColumnMeaning.Category category => category.Names[(int)value],
            ColumnMeaning.Time date => new Dates(date.Beginning, DateUnits.UnitOf(date.Unit)).TextOf(value),
            ColumnMeaning.Truth => value == 0 ? "no" : "yes",
            _ => null,
        };
}

namespace Plumb.Reports;

/// <summary>
/// What people read of a result, before it is rendered: the same for a terminal, for HTML and for Markdown.
/// </summary>
/// <param name="Title">What it is about, in a line.</param>
/// <param name="Parts">From top to bottom.</param>
internal sealed record Page(string Title, IReadOnlyList<PagePart> Parts)
{
    /// <summary>All tables, those of pictures as well.</summary>
    public IEnumerable<PageTable> Tables => Parts.Select(part => part switch
    {
        PageTable table => table,
        PageFigure figure => figure.Table,
        _ => null,
    }).OfType<PageTable>();

    /// <summary>
    /// The headings to explain after a part: those of a table whose meaning is not plain to everyone, after the last
    /// table that has them.
    /// </summary>
    public IReadOnlyList<PageColumn> LegendAfter(PagePart part)
    {
        if (part is not PageTable table)
        {
            return [];
        }

        var later = Parts.OfType<PageTable>().SkipWhile(other => !ReferenceEquals(other, table)).Skip(1)
            .SelectMany(other => other.Columns).Select(column => column.Heading).ToHashSet();
        return [.. table.Columns.Where(column => column.Meaning.Length > 0 && !later.Contains(column.Heading))];
    }
}

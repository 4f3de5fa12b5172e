namespace Plumb;

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

    /// <summary>The headings of tables whose meaning is not plain to everyone.</summary>
    public IReadOnlyList<PageColumn> Legend =>
    [
        .. Parts.OfType<PageTable>().SelectMany(table => table.Columns).Where(column => column.Meaning.Length > 0)
            .DistinctBy(column => column.Heading),
    ];

    /// <summary>Whether a part is the last table, after which the legend stands.</summary>
    public bool IsLastTable(PagePart part) => ReferenceEquals(part, Parts.OfType<PageTable>().LastOrDefault());
}

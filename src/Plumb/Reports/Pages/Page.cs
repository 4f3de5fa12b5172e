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
}

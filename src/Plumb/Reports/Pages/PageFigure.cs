namespace Plumb.Reports;

/// <summary>A picture, with the numbers that it is drawn from.</summary>
/// <param name="Title">What it shows, in a few words.</param>
/// <param name="Caption">How to read it: a sentence or two.</param>
internal abstract record PageFigure(string Title, string Caption) : PagePart
{
    /// <summary>A short name for files and links, such as "weights".</summary>
    public abstract string Id { get; }

    /// <summary>What is drawn, as numbers: for those who cannot see it.</summary>
    public abstract PageTable Table { get; }

    /// <summary>
    /// The picture as an svg element, in the classes that <see cref="FigureStyle"/> gives colours for light and dark;
    /// all names in it are escaped.
    /// </summary>
    public abstract string ToSvg();

    /// <summary>The picture as lines of text of at most so many columns; none where it has no such form.</summary>
    public virtual IReadOnlyList<string> ToLines(int width) => [];
}

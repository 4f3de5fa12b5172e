using System.Text;

namespace Plumb.Reports;

/// <summary>
/// Writes one svg element: names are escaped, coordinates short, ids begin with the figure's, colours come from
/// classes.
/// </summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _text = new();
    private readonly Stack<string> _open = new();
    private readonly string _id;

    /// <summary>Begins the picture of a figure.</summary>
    public SvgWriter(PageFigure figure, double width, double height)
    {
        _id = SvgText.Escaped(figure.Id);
        Bounds = new(0, 0, width, height);
        _text.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" ")
            .Append($"viewBox=\"0 0 {SvgText.Coordinate(width)} {SvgText.Coordinate(height)}\" role=\"img\" ")
            .Append($"aria-labelledby=\"{_id}-title {_id}-desc\">\n")
            .Append($"<title id=\"{_id}-title\">{SvgText.Escaped(figure.Title)}</title>\n")
            .Append($"<desc id=\"{_id}-desc\">{SvgText.Escaped(figure.Caption)}</desc>\n");
        _open.Push("svg");
    }

    /// <summary>All that is seen.</summary>
    public FigureBox Bounds { get; }

    /// <summary>An id of this figure's own.</summary>
    public string Id(string name) => _id + "-" + name;

    /// <summary>A group of a class; closed by <see cref="Close"/>.</summary>
    public SvgWriter Open(string kind, string title = "", string attributes = "")
    {
        _text.Append($"<g{Class(kind)}{attributes}>").Append(Title(title)).Append('\n');
        _open.Push("g");
        return this;
    }

    /// <summary>Closes the last group.</summary>
    public void Close() => _text.Append($"</{_open.Pop()}>\n");

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string kind) => _text
        .Append($"<line{Class(kind)} x1=\"{Of(x1)}\" y1=\"{Of(y1)}\" x2=\"{Of(x2)}\" y2=\"{Of(y2)}\"/>\n");

    /// <summary>A rectangle.</summary>
    public void Rectangle(FigureBox box, string kind, string title = "", string attributes = "")
    {
        _text.Append($"<rect{Class(kind)} x=\"{Of(box.Left)}\" y=\"{Of(box.Top)}\" ")
            .Append($"width=\"{Of(box.Width)}\" height=\"{Of(box.Height)}\"{attributes}");
        End("rect", title);
    }

    /// <summary>A circle.</summary>
    public void Circle(double x, double y, double radius, string kind, string title = "")
    {
        _text.Append($"<circle class=\"{kind}\" cx=\"{Of(x)}\" cy=\"{Of(y)}\" r=\"{Of(radius)}\"");
        End("circle", title);
    }

    /// <summary>A path; nothing where it is empty.</summary>
    public void Path(SvgPath path, string kind, string title = "", string attributes = "")
    {
        if (path.IsEmpty)
        {
            return;
        }

        _text.Append($"<path class=\"{kind}\" d=\"{path}\"{attributes}");
        End("path", title);
    }

    /// <summary>A line of text, its base line at y; the kind "end" or "middle" among the classes aligns it.</summary>
    public void Text(double x, double y, string text, string kind = "")
    {
        _text.Append($"<text{Class(kind)} x=\"{Of(x)}\" y=\"{Of(y)}\">{SvgText.Escaped(text)}</text>\n");
    }

    /// <summary>Stripes for what can be anything: fill with <see cref="Fill"/> of the name.</summary>
    public void Hatch(string name, double spacing = 6) => _text
        .Append($"<defs><pattern id=\"{Id(name)}\" width=\"{Of(spacing)}\" height=\"{Of(spacing)}\" ")
        .Append("patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">")
        .Append($"<rect class=\"hatch-ground\" width=\"{Of(spacing)}\" height=\"{Of(spacing)}\"/>")
        .Append($"<line class=\"hatch-line\" y2=\"{Of(spacing)}\"/></pattern></defs>\n");

    /// <summary>A window: what is drawn with <see cref="Clipped"/> of the name is cut off at its edges.</summary>
    public void Window(string name, FigureBox box) => _text
        .Append($"<defs><clipPath id=\"{Id(name)}\"><rect x=\"{Of(box.Left)}\" y=\"{Of(box.Top)}\" ")
        .Append($"width=\"{Of(box.Width)}\" height=\"{Of(box.Height)}\"/></clipPath></defs>\n");

    /// <summary>The attribute that fills with a hatch.</summary>
    public string Fill(string name) => $" fill=\"url(#{Id(name)})\"";

    /// <summary>The attribute that cuts off at a window.</summary>
    public string Clipped(string name) => $" clip-path=\"url(#{Id(name)})\"";

    /// <summary>Closes all and returns the element.</summary>
    public string Finish()
    {
        while (_open.Count > 0)
        {
            Close();
        }

        return _text.ToString();
    }

    private static string Of(double value) => SvgText.Coordinate(value);

    private static string Class(string kind) => kind.Length == 0 ? "" : $" class=\"{kind}\"";

    private static string Title(string title) =>
        title.Length == 0 ? "" : $"<title>{SvgText.Escaped(title)}</title>";

    private void End(string tag, string title) =>
        _text.Append(title.Length == 0 ? "/>\n" : $">{Title(title)}</{tag}>\n");
}

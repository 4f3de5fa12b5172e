using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plumb.Tests;

/// <summary>A picture as it was written, and what must be true of every picture.</summary>
internal sealed partial class DrawnFigure
{
    private readonly XElement _root;

    private DrawnFigure(string svg)
    {
        _root = XDocument.Parse(svg).Root!;
        double[] size = [.. _root.Attribute("viewBox")!.Value.Split(' ').Select(Number)];
        Bounds = new(size[0], size[1], size[2], size[3]);
    }

    public FigureBox Bounds { get; }

    /// <summary>All lines of text and where they stand.</summary>
    public IReadOnlyList<(string Text, FigureBox Box)> Texts =>
        [.. _root.Descendants().Where(e => e.Name.LocalName == "text").Select(e => (e.Value, BoxOf(e)))];

    /// <summary>Draws it and checks it.</summary>
    public static DrawnFigure Of(PageFigure figure)
    {
        var svg = figure.ToSvg();
        Assert.Equal(svg, figure.ToSvg());
        var drawn = new DrawnFigure(svg);
        drawn.IsWellMade(figure);
        drawn.IsWithinBounds();
        drawn.HasNoTextOverAnother();
        Assert.NotEmpty(figure.Table.Columns);
        Assert.All(figure.Table.Rows, row => Assert.True(row.Count <= figure.Table.Columns.Count));
        return drawn;
    }

    private void IsWellMade(PageFigure figure)
    {
        Assert.Equal("img", _root.Attribute("role")!.Value);
        string[] ids = [.. _root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.StartsWith(figure.Id + "-", id, StringComparison.Ordinal));
        Assert.All(_root.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.Contains(id, ids));
        Assert.All(_root.DescendantsAndSelf().Attributes().SelectMany(a => Address().Matches(a.Value)),
            match => Assert.Contains(match.Groups[1].Value, ids));
        Assert.DoesNotContain(_root.Descendants(),
            e => e.Name.LocalName is not ("title" or "desc" or "g" or "line" or "rect" or "circle" or "path" or "text"
                or "defs" or "pattern" or "clipPath"));
        Assert.DoesNotContain(_root.DescendantsAndSelf().Attributes(),
            a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName is "href" or "style");
        Assert.All(_root.DescendantsAndSelf().Attributes("class").SelectMany(a => a.Value.Split(' ')),
            kind => Assert.Matches($@"\.{kind}\b", FigureStyle.Sheet));
        Assert.DoesNotContain(_root.ToString(), c => char.IsControl(c) && c is not ('\n' or '\r'));
    }

    private void IsWithinBounds()
    {
        foreach (var element in _root.Descendants().Where(e => !e.Ancestors().Any(a => a.Attribute("clip-path") != null
            || a.Name.LocalName == "pattern")))
        {
            Assert.All(PlacesOf(element), at => Assert.True(Bounds.Holds(at.X, at.Y), $"{at} of {element}"));
        }

        Assert.All(Texts, text => Assert.True(Bounds.Holds(text.Box), $"{text}"));
    }

    private void HasNoTextOverAnother()
    {
        var texts = Texts;
        foreach (var (i, text) in texts.Index())
        {
            Assert.All(texts.Skip(i + 1), other => Assert.False(text.Box.Overlaps(other.Box), $"{text} and {other}"));
        }
    }

    private static IEnumerable<(double X, double Y)> PlacesOf(XElement e)
    {
        double Of(string name) => Number(e.Attribute(name)?.Value ?? "0");
        return e.Name.LocalName switch
        {
            "line" => [(Of("x1"), Of("y1")), (Of("x2"), Of("y2"))],
            "rect" => [(Of("x"), Of("y")), (Of("x") + Of("width"), Of("y") + Of("height"))],
            "circle" => [(Of("cx") - Of("r"), Of("cy") - Of("r")), (Of("cx") + Of("r"), Of("cy") + Of("r"))],
            "path" => Pair().Matches(e.Attribute("d")!.Value)
                .Select(pair => (Number(pair.Groups[1].Value), Number(pair.Groups[2].Value))),
            _ => [],
        };
    }

    private static FigureBox BoxOf(XElement text)
    {
        const double Small = 11;
        var kind = text.Attribute("class")?.Value.Split(' ') ?? [];
        var size = kind.Contains("small") ? Small : FigureSize.Text;
        var width = TextWidth.Of(text.Value, size);
        var x = Number(text.Attribute("x")!.Value);
        var left = kind.Contains("end") ? x - width : kind.Contains("middle") ? x - width / 2 : x;
        return new(left, Number(text.Attribute("y")!.Value) - size * 0.75, width, size * 0.9);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"url\(#([^)]*)\)")]
    private static partial Regex Address();

    [GeneratedRegex(@"(-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}

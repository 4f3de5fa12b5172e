namespace Plumb.Reports;

/// <summary>
/// Why the loss vanishes and W and b are still wrong: with one point the loss is a valley with a flat floor, and the
/// path of training ends where it meets the floor; with enough points it is a bowl, and the path ends at the truth.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">How to read it.</param>
/// <param name="Planes">Beside each other: one or two.</param>
/// <param name="Across">The name of the direction from left to right.</param>
/// <param name="Up">The name of the direction upwards.</param>
internal sealed record SeedStory(string Title, string Caption, IReadOnlyList<SeedPlane> Planes, string Across,
    string Up) : PageFigure(Title, Caption)
{
    private const double Gap = 20;
    private const double Head = 48;

    /// <summary>Its short name.</summary>
    public string Name { get; init; } = "seed";

    /// <inheritdoc/>
    public override string Id => Name;

    /// <inheritdoc/>
    public override PageTable Table => new(
        [PageColumn.Names("picture"), PageColumn.Names("place"), new(Across), new(Up), new("loss above its least")],
        [.. Planes.SelectMany(plane => Places(plane).Select(place => (IReadOnlyList<PageCell>)
            [
                plane.Title, place.Name, NumberText.Coefficient(place.At.X), NumberText.Coefficient(place.At.Y),
                NumberText.Measure(plane.Loss(place.At.X, place.At.Y)),
            ]))]);

    /// <inheritdoc/>
    public override string ToSvg()
    {
        var width = (FigureSize.Width - Gap * (Planes.Count - 1) - 8) / Math.Max(1, Planes.Count);
        var side = Math.Min(width, 320);
        var svg = new SvgWriter(this, FigureSize.Width, Head + side + 28);
        PlanePoint[] shown =
        [
            .. Planes.SelectMany(plane => Places(plane).Select(place => place.At).Concat(plane.Path))
                .Where(at => at.IsFinite),
        ];
        foreach (var (i, plane) in Planes.Index())
        {
            var area = new FigureBox(4 + i * (width + Gap), Head, width, side);
            svg.Text(area.Left, 16, TextWidth.Shortened(plane.Title, width), "strong");
            svg.Text(area.Left, 33, TextWidth.Shortened(plane.Words, width), "quiet");
            var up = i == 0 ? TextWidth.Wrapped("↑ " + Up, width / 3, 3) : [];
            var upWidth = up.Select(text => TextWidth.Of(text)).DefaultIfEmpty(0).Max();
            FigureBox taken = new(area.Left + 6, area.Top + 4, upWidth, up.Count * FigureSize.Line);
            SeedDrawing.Draw(svg, area, plane, shown, taken, "plane" + NumberText.Count(i));
            svg.Text(area.Middle, area.Bottom + 18, TextWidth.Shortened(Across + " →", width), "quiet middle");
            foreach (var (line, text) in up.Index())
            {
                svg.Text(taken.Left, area.Top + 15 + line * FigureSize.Line, text, "label quiet");
            }
        }

        return svg.Finish();
    }

    /// <summary>The named places of a plane.</summary>
    public static IEnumerable<(string Name, PlanePoint At)> Places(SeedPlane plane)
    {
        if (plane.Path.Count > 0)
        {
            yield return ("start", plane.Path[0]);
            yield return ("learned", plane.Path[^1]);
        }

        yield return ("truth", plane.Truth);
        if (plane.Twin is { } twin)
        {
            yield return ("twin", twin);
        }
    }
}

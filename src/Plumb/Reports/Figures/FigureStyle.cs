namespace Plumb.Reports;

/// <summary>
/// Colours of pictures for light, dark and paper, that can be told apart by those who see fewer colours; text has a
/// contrast of at least 4.5 to what is behind it. A page may insist by data-theme="light" or "dark" on its root.
/// </summary>
internal static class FigureStyle
{
    private const string Light = """
          --figure-paper: #ffffff; --figure-ink: #1b1f24; --figure-quiet: #59616b; --figure-grid: #e7e9ec;
          --figure-axis: #9098a1; --figure-mark: #0b63a5; --figure-second: #b3470b; --figure-third: #00755a;
          --figure-band: #d9e7f3; --figure-stripe: #9aa1a9; --figure-ground: #f4f5f6;
        """;

    private const string Dark = """
          --figure-paper: #14171a; --figure-ink: #e8eaed; --figure-quiet: #a5adb7; --figure-grid: #2b3037;
          --figure-axis: #6f7781; --figure-mark: #6cb4ee; --figure-second: #f0935a; --figure-third: #4cc3a0;
          --figure-band: #1d3a54; --figure-stripe: #6a727c; --figure-ground: #1d2126;
        """;

    /// <summary>The style sheet: once a page.</summary>
    public const string Sheet = ".figure {\n" + Light + "\n}\n@media (prefers-color-scheme: dark) {\n.figure {\n" + Dark
        + "\n}\n}\n:root[data-theme=\"light\"] .figure {\n" + Light + "\n}\n:root[data-theme=\"dark\"] .figure {\n"
        + Dark + "\n}\n@media print {\n.figure, :root[data-theme] .figure {\n" + Light + "\n}\n}\n" + Rules;

    private const string Rules = """
        @media (forced-colors: active) {
        .figure {
          --figure-paper: Canvas; --figure-ink: CanvasText; --figure-quiet: CanvasText; --figure-grid: GrayText;
          --figure-axis: CanvasText; --figure-mark: LinkText; --figure-second: CanvasText; --figure-third: CanvasText;
          --figure-band: Canvas; --figure-stripe: GrayText; --figure-ground: Canvas;
        }
        }
        .figure:not(:root) { display: block; width: 100%; max-width: 40rem; height: auto; }
        .figure {
          font: 12px/1 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
          font-variant-numeric: tabular-nums; fill: none; stroke-linecap: round; stroke-linejoin: round;
          print-color-adjust: exact; -webkit-print-color-adjust: exact;
        }
        .figure text { fill: var(--figure-ink); }
        .figure .quiet, .figure .quiet text { fill: var(--figure-quiet); }
        .figure .end { text-anchor: end; }
        .figure .middle { text-anchor: middle; }
        .figure .strong { font-weight: 600; }
        .figure .small { font-size: 11px; }
        .figure .label { paint-order: stroke; stroke: var(--figure-paper); stroke-width: 3px; }
        .figure .grid line { stroke: var(--figure-grid); stroke-linecap: butt; }
        .figure .grid .zero { stroke: var(--figure-axis); }
        .figure .rule { stroke: var(--figure-axis); stroke-linecap: butt; }
        .figure .dashed { stroke: var(--figure-axis); stroke-dasharray: 1 4; }
        .figure .leader { stroke: var(--figure-axis); stroke-width: .75; }
        .figure .bracket { stroke: var(--figure-quiet); }
        .figure .loose { stroke-dasharray: 1 3; }
        .figure .on-hatch { paint-order: stroke; stroke: var(--figure-ground); stroke-width: 5px; }
        .figure .pale { fill: var(--figure-mark); fill-opacity: .25; }
        .figure .dots { stroke: var(--figure-mark); stroke-width: 5; stroke-opacity: .5; }
        .figure .dot { fill: var(--figure-mark); stroke: var(--figure-paper); }
        .figure .ring { fill: var(--figure-paper); stroke: var(--figure-mark); stroke-width: 1.5; }
        .figure .line { stroke: var(--figure-mark); stroke-width: 1.5; }
        .figure .thin { stroke: var(--figure-mark); stroke-opacity: .55; }
        .figure .stem { stroke: var(--figure-mark); stroke-opacity: .3; stroke-linecap: butt; }
        .figure .solid { stroke-opacity: 1; }
        .figure .thick { stroke: var(--figure-mark); stroke-width: 4.5; stroke-linecap: butt; }
        .figure .fill { fill: var(--figure-mark); }
        .figure .band { fill: var(--figure-band); }
        .figure .ground { fill: var(--figure-ground); }
        .figure .ink { fill: var(--figure-ink); }
        .figure .edge { fill: var(--figure-paper); stroke: var(--figure-axis); }
        .figure .second-line { stroke: var(--figure-second); stroke-width: 2; }
        .figure .dashes { stroke-width: 1; stroke-dasharray: 4 4; }
        .figure .second-dot { fill: var(--figure-second); stroke: var(--figure-paper); }
        .figure .second-fill { fill: var(--figure-second); }
        .figure text.second { fill: var(--figure-second); }
        .figure .third-line { stroke: var(--figure-third); stroke-width: 2; }
        .figure .third-fill { fill: var(--figure-third); stroke: var(--figure-paper); }
        .figure text.third { fill: var(--figure-third); }
        .figure text.mark { fill: var(--figure-mark); }
        .figure .contour { fill: var(--figure-band); }
        .figure .level { fill: var(--figure-paper); fill-opacity: .3; stroke: var(--figure-mark); stroke-opacity: .25; }
        .figure .floor { stroke: var(--figure-third); stroke-width: 2; stroke-dasharray: 1 5; }
        .figure .steps { stroke: var(--figure-second); stroke-width: 4; }
        .figure .second-ring { fill: var(--figure-paper); stroke: var(--figure-second); stroke-width: 2; }
        .figure .hatch-ground { fill: var(--figure-ground); }
        .figure .hatch-line { stroke: var(--figure-stripe); }
        .figure .many-1 { fill: var(--figure-mark); fill-opacity: .14; }
        .figure .many-2 { fill: var(--figure-mark); fill-opacity: .3; }
        .figure .many-3 { fill: var(--figure-mark); fill-opacity: .48; }
        .figure .many-4 { fill: var(--figure-mark); fill-opacity: .7; }
        .figure .many-5 { fill: var(--figure-mark); }

        """;

    /// <summary>
    /// A picture as a file of its own: with the style sheet, a size and something behind it.
    /// </summary>
    /// <param name="svg">From <see cref="PageFigure.ToSvg"/>.</param>
    public static string Standalone(string svg)
    {
        const string Start = "<svg ";
        const double Enlarged = 1.5;
        var end = svg.IndexOf('>', StringComparison.Ordinal) + 1;
        var size = svg.AsSpan(svg.IndexOf("viewBox=\"", StringComparison.Ordinal) + "viewBox=\"".Length);
        Span<Range> numbers = stackalloc Range[4];
        size = size[..size.IndexOf('"')];
        size.Split(numbers, ' ');
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var width = SvgText.Coordinate(double.Parse(size[numbers[2]], invariant) * Enlarged);
        var height = SvgText.Coordinate(double.Parse(size[numbers[3]], invariant) * Enlarged);
        return $"{Start}width=\"{width}\" height=\"{height}\" {svg[Start.Length..end]}\n<style>\n{Sheet}"
            + $":root {{ background: var(--figure-paper); }}\n</style>{svg[end..]}";
    }
}

namespace Plumb.Reports;

/// <summary>Draws a forest: names, a panel per target, and for one target its numbers.</summary>
internal sealed class ForestDrawing
{
    private const double RowHeight = 22;
    private const double MostName = 130;
    private const double Lane = 9; // of a bracket
    private const double Gap = 16; // between panels
    private const double AxisHeight = 44;
    private const double NoAxisHeight = 8;
    private const double NumberSize = 11;
    private const int MostPanels = 3; // beside each other
    private const int MostLines = 2; // of a relation

    private readonly WeightForest _forest;
    private readonly int _rows;
    private readonly double _nameWidth;
    private readonly double _numberWidth;
    private readonly IReadOnlyList<ForestBracket> _brackets;
    private readonly int[] _lanes; // of the brackets, from left to right
    private readonly double[] _tops;
    private readonly IReadOnlyList<string>[] _texts;
    private readonly double _height;
    private readonly double _head;
    private readonly AxisScale _scale;

    public ForestDrawing(WeightForest forest)
    {
        _forest = forest;
        var all = forest.Targets.Select(target => target.Rows.Count).DefaultIfEmpty(0).Max();
        _rows = Math.Min(all, WeightForest.MostRows);
        _nameWidth = Math.Min(MostName, Names().Select(name => TextWidth.Of(name)).DefaultIfEmpty(0).Max()) + 14;
        _brackets =
        [
            .. forest.Brackets.Where(b => b.Rows.Any(row => row >= 0 && row < _rows)).OrderBy(b => LastOf(b))
                .ThenByDescending(b => b.Rows.Min()),
        ];
        _lanes = Lanes();
        _numberWidth = forest.Targets.Count == 1 ? 4 + forest.Targets[0].Rows.Take(_rows)
            .Select(row => TextWidth.Of(NumberOf(row), NumberSize)).DefaultIfEmpty(0).Max() : 0;
        _texts =
        [
            .. _brackets.Select((b, i) => TextWidth.Wrapped(b.Text, FigureSize.Width - TextLeft(i) - 8, MostLines)),
        ];
        _tops = new double[_rows + 1];
        for (var row = 0; row < _rows; row++)
        {
            var lines = LinesAfter(row, _brackets.Count);
            _tops[row + 1] = _tops[row] + RowHeight + (lines == 0 ? 0 : lines * FigureSize.Line + 8);
        }

        _height = _tops[_rows];
        _head = forest.Targets.All(target => target.Name.Length == 0) ? 6 : 24;
        _scale = ForestScale.Of(forest.Targets.SelectMany(target => target.Rows.Take(_rows))
            .Select(row => ForestPlace.Of(row, forest.Axis)), forest.Axis);
    }

    private double PanelsLeft => _brackets.Count == 0 ? _nameWidth : _nameWidth + (_lanes.Max() + 1) * Lane + 6;

    public string ToSvg()
    {
        var bands = (_forest.Targets.Count + MostPanels - 1) / MostPanels;
        var rest = _forest.Targets.Select(target => target.Rows.Count).DefaultIfEmpty(0).Max() - _rows;
        var bandHeight = _head + _height + (_forest.HasAxis ? AxisHeight : NoAxisHeight);
        var svg = new SvgWriter(_forest, FigureSize.Width, Math.Max(1, bands) * bandHeight + (rest > 0 ? 20 : 0));
        svg.Hatch("any");
        for (var band = 0; band < bands; band++)
        {
            DrawBand(svg, band * bandHeight + _head, [.. _forest.Targets.Skip(band * MostPanels).Take(MostPanels)]);
        }

        if (rest > 0)
        {
            svg.Text(FigureSize.Margin, svg.Bounds.Bottom - 8,
                $"The first {_rows} inputs; the table holds {NumberText.Count(rest)} more.", "quiet");
        }

        return svg.Finish();
    }

    private void DrawBand(SvgWriter svg, double top, IReadOnlyList<ForestTarget> targets)
    {
        foreach (var (row, name) in Names().Index())
        {
            svg.Text(_nameWidth - 10, Middle(top, row) + FigureSize.Base, TextWidth.Shortened(name, MostName - 2),
                "end");
        }

        var room = FigureSize.Width - PanelsLeft - _numberWidth - 8;
        var width = (room - Gap * (targets.Count - 1)) / targets.Count;
        foreach (var (i, target) in targets.Index())
        {
            var area = new FigureBox(PanelsLeft + i * (width + Gap), top, width, _height);
            DrawPanel(svg, area, target, i == 0 && targets.Count == 1);
        }

        if (_forest.HasAxis)
        {
            svg.Text(PanelsLeft + room / 2, top + _height + 34, _forest.AxisText, "quiet middle");
        }

        foreach (var (i, bracket) in _brackets.Index())
        {
            DrawBracket(svg, top, i, bracket);
        }
    }

    private void DrawPanel(SvgWriter svg, FigureBox area, ForestTarget target, bool hasNumbers)
    {
        var outer = area with { Left = area.Left - 8, Width = area.Width + 14 };
        var plot = new PlotArea(outer, area, _scale, _scale);
        if (_forest.HasAxis)
        {
            DrawAxis(svg, plot);
        }

        if (target.Name.Length > 0)
        {
            svg.Text(area.Left, area.Top - 10, TextWidth.Shortened(target.Name, area.Width * 0.9), "strong");
        }

        foreach (var (i, row) in target.Rows.Take(_rows).Index())
        {
            var y = Middle(area.Top, i);
            DrawRow(svg, plot, row, y);
            if (hasNumbers)
            {
                svg.Text(FigureSize.Width - 4, y + FigureSize.Base, NumberOf(row), "end small");
            }
        }
    }

    private static void DrawAxis(SvgWriter svg, PlotArea plot)
    {
        var area = plot.Area;
        svg.Open("grid");
        foreach (var tick in plot.AcrossTicks())
        {
            var x = Math.Floor(plot.X(tick.Value)) + 0.5;
            svg.Line(x, area.Top, x, area.Bottom, tick.Value == 0 ? "zero" : "");
        }

        svg.Close();
        svg.Open("quiet");
        foreach (var tick in plot.AcrossTicks())
        {
            svg.Text(plot.Middle(tick), area.Bottom + 16, tick.Text, "middle");
        }

        svg.Close();
    }

    private void DrawRow(SvgWriter svg, PlotArea plot, ForestRow row, double y)
    {
        var at = ForestPlace.Of(row, _forest.Axis);
        var area = plot.Area;
        if (!row.IsDetermined)
        {
            const string Words = "any value fits as well";
            svg.Rectangle(new(area.Left, y - 8, area.Width, 16), "", $"{row.Name}: {Words}", svg.Fill("any"));
            foreach (var words in new[] { Words, "any value" })
            {
                if (TextWidth.Of(words, NumberSize) + 16 < area.Width)
                {
                    svg.Text(area.Middle, y + FigureSize.Base, words, "middle small on-hatch");
                    return;
                }
            }

            return;
        }

        if (!at.IsKnown)
        {
            return;
        }

        svg.Open("", $"{row.Name}: {NumberOf(row)}");
        if (at.HasInterval)
        {
            svg.Line(plot.X(at.Low), y, plot.X(at.High), y, "line");
            svg.Line(plot.X(at.InnerLow), y, plot.X(at.InnerHigh), y, "thick");
            Arrow(svg, plot.Area.Left, y, at.Low < plot.Across.Low ? 1 : 0);
            Arrow(svg, plot.Area.Right, y, at.High > plot.Across.High ? -1 : 0);
        }

        svg.Circle(plot.X(at.Middle), y, 4, "dot");
        svg.Close();
    }

    // The interval goes on beyond the edge.
    private static void Arrow(SvgWriter svg, double x, double y, int direction)
    {
        if (direction != 0)
        {
            var end = x + direction * 6;
            svg.Path(new SvgPath().MoveTo(end, y - 4).LineTo(x, y).LineTo(end, y + 4), "line");
        }
    }

    private void DrawBracket(SvgWriter svg, double top, int i, ForestBracket bracket)
    {
        int[] rows = [.. bracket.Rows.Where(row => row >= 0 && row < _rows).Distinct().Order()];
        var last = rows[^1];
        var y = top + _tops[last] + RowHeight + LinesAfter(last, i) * FigureSize.Line + 10;
        var x = _nameWidth + _lanes[i] * Lane + 0.5;
        var path = new SvgPath().MoveTo(x, Middle(top, rows[0])).LineTo(x, y).LineTo(TextLeft(i) - 4, y);
        foreach (var row in rows)
        {
            path.MoveTo(x, Middle(top, row)).LineTo(x + 5, Middle(top, row));
        }

        svg.Path(path, bracket.IsExact ? "bracket" : "bracket loose", bracket.Text);
        foreach (var (line, text) in _texts[i].Index())
        {
            svg.Text(TextLeft(i), y + FigureSize.Base + line * FigureSize.Line, text, "label quiet");
        }
    }

    // Brackets over the same rows stand beside each other, others in one line.
    private int[] Lanes()
    {
        var lanes = new int[_brackets.Count];
        for (var i = 0; i < lanes.Length; i++)
        {
            var first = FirstOf(_brackets[i]); // and it ends no higher than those before it
            int[] taken = [.. Enumerable.Range(0, i).Where(b => LastOf(_brackets[b]) >= first).Select(b => lanes[b])];
            lanes[i] = Enumerable.Range(0, i + 1).First(lane => !taken.Contains(lane));
        }

        return lanes;
    }

    // Of the relations of the first so many brackets that end at a row.
    private int LinesAfter(int row, int brackets) => _brackets.Take(brackets).Index()
        .Where(b => LastOf(b.Item) == row).Sum(b => Math.Max(1, _texts[b.Index].Count));

    private double TextLeft(int bracket) => Math.Min(_nameWidth + _lanes[bracket] * Lane + 16, FigureSize.Width / 2);

    private int FirstOf(ForestBracket bracket) => bracket.Rows.Where(row => row >= 0 && row < _rows).Min();

    private int LastOf(ForestBracket bracket) => bracket.Rows.Where(row => row >= 0 && row < _rows).Max();

    private double Middle(double top, int row) => top + _tops[row] + RowHeight / 2;

    private IEnumerable<string> Names() =>
        (_forest.Targets.Count == 0 ? [] : _forest.Targets[0].Rows.Take(_rows)).Select(row => row.Name);

    private static string NumberOf(ForestRow row) => row.Text.Replace('-', '−');
}

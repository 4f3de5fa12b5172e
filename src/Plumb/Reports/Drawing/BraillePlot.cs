namespace Plumb.Reports;

/// <summary>Two axes and dots between them, in a terminal.</summary>
internal sealed class BraillePlot
{
    private readonly AxisScale _across;
    private readonly AxisScale _up;
    private readonly BrailleCanvas _canvas;
    private readonly List<(double X, double Y, string Text)> _names = [];
    private readonly int _margin;
    private readonly int _columns;
    private readonly int _rows;

    /// <summary>A picture of at most so many columns, and as high as looks well.</summary>
    public BraillePlot(int width, AxisScale across, AxisScale up)
    {
        (_across, _up) = (across, up);
        _rows = Math.Clamp(width / 6, 8, 16);
        _margin = up.Ticks(_rows / 2).Select(tick => tick.Text.Length).DefaultIfEmpty(0).Max() + 2;
        _columns = Math.Max(8, Math.Min(width, 100) - _margin - 1);
        _canvas = new(_columns, _rows);
    }

    /// <summary>A dot; nothing where it is not between the ends.</summary>
    public void Dot(double x, double y)
    {
        if (_across.Holds(x) && _up.Holds(y))
        {
            _canvas.Set(_across.Share(x), _up.Share(y));
        }
    }

    /// <summary>A dot of four, seen over a line.</summary>
    public void Thick(double x, double y)
    {
        if (_across.Holds(x) && _up.Holds(y))
        {
            var (right, down) = (1.0 / (_canvas.Width - 1), 1.0 / (_canvas.Height - 1));
            foreach (var (dx, dy) in new[] { (0, 0), (right, 0), (0, -down), (right, -down) })
            {
                _canvas.Set(_across.Share(x) + dx, _up.Share(y) + dy);
            }
        }
    }

    /// <summary>A line through all points that are between the ends.</summary>
    public void Line(IEnumerable<(double X, double Y)> points)
    {
        (double X, double Y)? last = null;
        foreach (var (x, y) in points)
        {
            if (!_across.Holds(x) || !_up.Holds(y))
            {
                last = null;
                continue;
            }

            var at = (_across.Share(x), _up.Share(y));
            _canvas.Line(last?.X ?? at.Item1, last?.Y ?? at.Item2, at.Item1, at.Item2);
            last = at;
        }
    }

    /// <summary>Words beside a point, where there is room.</summary>
    public void Name(double x, double y, string text)
    {
        if (_across.Holds(x) && _up.Holds(y))
        {
            _names.Add((x, y, text));
        }
    }

    /// <summary>The lines, with the numbers of both axes and their names.</summary>
    public IReadOnlyList<string> ToLines(string up, string across)
    {
        foreach (var (x, y, text) in _names)
        {
            var column = (int)(_across.Share(x) * (_columns - 1));
            var row = (int)((1 - _up.Share(y)) * (_rows - 1) + 0.5);
            _ = (from shift in new[] { 0, -1, 1, -2, 2 }
                 from start in new[] { column + 2, column - text.Length - 1, column - text.Length / 2 }
                 select (start, row: row + shift)).Any(place => _canvas.Write(place.start, place.row, text));
        }

        var numbers = new string[_rows];
        foreach (var tick in _up.Ticks(_rows / 2))
        {
            numbers[(int)Math.Round((1 - _up.Share(tick.Value)) * (_rows - 1))] = tick.Text;
        }

        var lines = _canvas.ToLines();
        return
        [
            LineText.Cut(up, _margin + _columns),
            .. lines.Select((line, row) =>
                (numbers[row] ?? "").PadLeft(_margin - 2) + (numbers[row] is null ? " │" : " ┤") + line.TrimEnd()),
            new string(' ', _margin - 1) + "└" + Rule(),
            Numbers().TrimEnd(),
            LineText.Cut(new string(' ', _margin) + across, _margin + _columns),
        ];
    }

    private string Rule()
    {
        var rule = new string('─', _columns).ToCharArray();
        foreach (var tick in Across())
        {
            rule[Column(tick)] = '┬';
        }

        return new(rule);
    }

    private string Numbers()
    {
        var line = new string(' ', _margin + _columns).ToCharArray();
        foreach (var tick in Across())
        {
            var start = Math.Clamp(_margin + Column(tick) - tick.Text.Length / 2, 0, line.Length - tick.Text.Length);
            tick.Text.CopyTo(0, line, start, tick.Text.Length);
        }

        return new(line);
    }

    private IReadOnlyList<AxisTick> Across()
    {
        for (var most = _columns / 6; most > 2; most--)
        {
            var ticks = _across.Ticks(most);
            if (ticks.Zip(ticks.Skip(1), (a, b) => Column(b) - Column(a) - (a.Text.Length + b.Text.Length + 1) / 2)
                .All(gap => gap >= 2))
            {
                return ticks;
            }
        }

        return [.. _across.Ticks(2).Take(2)];
    }

    private int Column(AxisTick tick) => (int)Math.Round(_across.Share(tick.Value) * (_columns - 1));
}

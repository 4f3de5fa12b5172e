namespace Plumb.Reports;

/// <summary>
/// The outline of areas that may touch: edges that two of them share are left out, so that there is neither a seam nor
/// a number too many. All areas go round the same way.
/// </summary>
internal sealed class Outline
{
    private const double Unit = 10; // to a tenth, as coordinates are written
    private readonly List<(Corner From, Corner To)> _edges = [];
    private readonly HashSet<(Corner From, Corner To)> _open = [];

    /// <summary>Adds an area by its corners.</summary>
    public void Add(params ReadOnlySpan<(double X, double Y)> corners)
    {
        var from = Corner.At(corners[^1]);
        foreach (var corner in corners)
        {
            var to = Corner.At(corner);
            if (from != to && !_open.Remove((to, from)) && _open.Add((from, to)))
            {
                _edges.Add((from, to));
            }

            from = to;
        }
    }

    /// <summary>What is left, round by round.</summary>
    public SvgPath ToPath()
    {
        var next = _edges.Where(_open.Contains).ToLookup(edge => edge.From, edge => edge.To);
        var path = new SvgPath();
        foreach (var (start, _) in _edges)
        {
            if (!Follow(start, next, out var at))
            {
                continue;
            }

            path.MoveTo(start.X / Unit, start.Y / Unit);
            var from = start;
            while (at != start)
            {
                path.LineBy((at.X - from.X) / Unit, (at.Y - from.Y) / Unit);
                from = at;
                if (!Follow(from, next, out at))
                {
                    break;
                }
            }

            path.Close();
        }

        return path;
    }

    // The edge from a corner, once.
    private bool Follow(Corner from, ILookup<Corner, Corner> next, out Corner to)
    {
        foreach (var end in next[from])
        {
            if (_open.Remove((from, end)))
            {
                to = end;
                return true;
            }
        }

        to = from;
        return false;
    }

    private readonly record struct Corner(int X, int Y)
    {
        public static Corner At((double X, double Y) place) =>
            new((int)Math.Round(place.X * Unit), (int)Math.Round(place.Y * Unit));
    }
}

using System.Text;

namespace Plumb.Reports;

/// <summary>The outline of a path.</summary>
internal sealed class SvgPath
{
    private readonly StringBuilder _data = new();

    /// <summary>Whether nothing was drawn.</summary>
    public bool IsEmpty => _data.Length == 0;

    /// <summary>Lifts the pen.</summary>
    public SvgPath MoveTo(double x, double y) => Add('M', x, y);

    /// <summary>Draws on.</summary>
    public SvgPath LineTo(double x, double y) => Add('L', x, y);

    /// <summary>Draws on, from where the pen is.</summary>
    public SvgPath LineBy(double x, double y)
    {
        var (across, down) = (SvgText.Coordinate(x), SvgText.Coordinate(y));
        _ = across == "0" ? _data.Append('v').Append(down) : down == "0" ? _data.Append('h').Append(across)
            : _data.Append('l').Append(across).Append(down[0] == '-' ? "" : " ").Append(down);
        return this;
    }

    /// <summary>Draws along a cubic curve.</summary>
    public SvgPath CurveTo(double x1, double y1, double x2, double y2, double x, double y)
    {
        Add('C', x1, y1);
        Add(' ', x2, y2);
        return Add(' ', x, y);
    }

    /// <summary>A dot, for paths with round ends.</summary>
    public SvgPath Dot(double x, double y)
    {
        Add('M', x, y);
        _data.Append("h0");
        return this;
    }

    /// <summary>Closes the outline.</summary>
    public SvgPath Close()
    {
        _data.Append('Z');
        return this;
    }

    /// <summary>
    /// Through all points in order; the pen is lifted at what is not finite, and points that fall on the last one
    /// are left out.
    /// </summary>
    public static SvgPath Through(IEnumerable<(double X, double Y)> points)
    {
        const double Least = 0.3; // closer points cannot be told apart
        var path = new SvgPath();
        (double X, double Y) last = (double.NaN, double.NaN);
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                last = (double.NaN, double.NaN);
            }
            else if (double.IsNaN(last.X) || Math.Abs(x - last.X) + Math.Abs(y - last.Y) >= Least)
            {
                path.Add(double.IsNaN(last.X) ? 'M' : 'L', x, y);
                last = (x, y);
            }
        }

        return path;
    }

    /// <inheritdoc/>
    public override string ToString() => _data.ToString();

    private SvgPath Add(char command, double x, double y)
    {
        _data.Append(command).Append(SvgText.Coordinate(x)).Append(' ').Append(SvgText.Coordinate(y));
        return this;
    }
}

namespace Plumb.Reports;

/// <summary>A picture of dots in a terminal: each character holds two across and four down.</summary>
/// <param name="columns">Characters across.</param>
/// <param name="rows">Lines.</param>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const char Blank = '\u2800';
    private static readonly int[,] s_bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };
    private readonly int[,] _cells = new int[rows, columns];
    private readonly char[,] _letters = new char[rows, columns];

    /// <summary>Dots across.</summary>
    public int Width => columns * 2;

    /// <summary>Dots down.</summary>
    public int Height => rows * 4;

    /// <summary>Sets the dot at a place from 0 to 1, from the left and from the bottom.</summary>
    public void Set(double across, double up)
    {
        var x = Math.Clamp((int)Math.Round(across * (Width - 1)), 0, Width - 1);
        var y = Math.Clamp((int)Math.Round((1 - up) * (Height - 1)), 0, Height - 1);
        _cells[y / 4, x / 2] |= s_bits[y % 4, x % 2];
    }

    /// <summary>Dots from place to place.</summary>
    public void Line(double fromAcross, double fromUp, double toAcross, double toUp)
    {
        var steps = Math.Max(1,
            (int)Math.Max(Math.Abs(toAcross - fromAcross) * Width, Math.Abs(toUp - fromUp) * Height));
        for (var i = 0; i <= steps; i++)
        {
            var t = (double)i / steps;
            Set(fromAcross + t * (toAcross - fromAcross), fromUp + t * (toUp - fromUp));
        }
    }

    /// <summary>Writes letters where no dot is; whether there was room.</summary>
    public bool Write(int column, int row, string text)
    {
        if (column < 0 || row < 0 || row >= rows || column + text.Length > columns
            || Enumerable.Range(column, text.Length).Any(i => _cells[row, i] != 0 || _letters[row, i] != 0))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            _letters[row, column + i] = text[i];
        }

        return true;
    }

    /// <summary>The lines from top to bottom; where no dot is, spaces.</summary>
    public IReadOnlyList<string> ToLines() =>
    [
        .. Enumerable.Range(0, rows).Select(row => string.Concat(Enumerable.Range(0, columns).Select(column =>
            _letters[row, column] != 0 ? _letters[row, column]
            : _cells[row, column] == 0 ? ' ' : (char)(Blank + _cells[row, column])))),
    ];
}

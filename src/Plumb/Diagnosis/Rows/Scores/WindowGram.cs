using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Exact sums of products of sums over windows of scores. With windows of L + 1 rows, those that reach beyond the ends
/// as well, it is L + 1 times the sum over |l| at most L of (1 - |l| / (L + 1)) s[i] s[i - l]'.
/// </summary>
internal sealed class WindowGram
{
    private const int RowsAtATime = 128;
    private const int GridBits = 46; // of numbers near 1; 2^80 of them have room
    private const double MostUnits = 1e30;

    private static readonly double s_grid = Math.ScaleB(1, GridBits);

    private readonly double[][] _columns;
    private readonly ColumnRows _rows;
    private readonly ExactGram _gram;
    private readonly Int128[] _window;
    private int _count;

    /// <summary>No windows yet.</summary>
    /// <param name="width">The numbers of a score.</param>
    public WindowGram(int width)
    {
        _columns = [.. Enumerable.Range(0, width).Select(_ => new double[RowsAtATime + ColumnKernels.Octet])];
        _rows = new ColumnRows(RowsAtATime, _columns);
        _gram = new ExactGram(width + 1) { Threads = 1 };
        _window = new Int128[width];
    }

    /// <summary>Whether every sum is that of numbers within bounds.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>A sum of products of two columns.</summary>
    public double this[int i, int j]
    {
        get
        {
            Flush();
            return _gram[i, j].ToDouble();
        }
    }

    /// <summary>A number of a score on the grid that scores are summed on.</summary>
    public static double OnGrid(double value) => Math.Round(value * s_grid);

    /// <summary>Takes a score into the window.</summary>
    public void Include(ReadOnlySpan<double> score)
    {
        for (var k = 0; k < _window.Length; k++)
        {
            IsFinite &= Math.Abs(score[k]) < MostUnits;
            _window[k] += IsFinite ? (Int128)score[k] : 0;
        }
    }

    /// <summary>Takes a score out of the window.</summary>
    public void Exclude(ReadOnlySpan<double> score)
    {
        for (var k = 0; k < _window.Length; k++)
        {
            _window[k] -= IsFinite ? (Int128)score[k] : 0;
        }
    }

    /// <summary>Empties the window.</summary>
    public void Clear() => Array.Clear(_window);

    /// <summary>Adds the window's sums to those of all windows.</summary>
    public void Take()
    {
        for (var k = 0; k < _window.Length; k++)
        {
            _columns[k][_count] = (double)_window[k] / s_grid;
        }

        if (++_count == RowsAtATime)
        {
            Flush();
        }
    }

    /// <summary>Adds another's windows.</summary>
    public void Add(WindowGram other)
    {
        other.Flush();
        _gram.Add(other._gram, 1);
        IsFinite &= other.IsFinite;
    }

    private void Flush()
    {
        IsFinite &= _gram.AddOnThisThread(_rows, default, 0, _count, 1) == _count;
        _count = 0;
    }
}

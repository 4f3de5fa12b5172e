namespace Plumb.Diagnosis;

/// <summary>The windows within a chunk of rows that follow each other.</summary>
/// <param name="width">The numbers of a score.</param>
/// <param name="lags">One less than the rows of a window.</param>
internal sealed class WindowRun(int width, int lags)
{
    private readonly double[][] _ring = new double[lags + 1][]; // the last rows, each at its number modulo their count
    private readonly List<double[]> _head = [];
    private long _rows;

    /// <summary>The sums of the windows.</summary>
    public WindowGram Gram { get; } = new(width);

    /// <summary>Adds the next row.</summary>
    /// <param name="score">Its score, on the grid.</param>
    public void Push(ReadOnlySpan<double> score)
    {
        ref var slot = ref _ring[_rows % _ring.Length];
        if (_rows > lags)
        {
            Gram.Exclude(slot);
            score.CopyTo(slot);
        }
        else
        {
            slot = score.ToArray();
        }

        Gram.Include(slot);
        if (_rows < lags)
        {
            _head.Add(score.ToArray()); // its window begins in the chunk before
        }
        else
        {
            Gram.Take();
        }

        _rows++;
    }

    /// <summary>Ends a chunk, and begins the next.</summary>
    public WindowEnds End()
    {
        var tail = new List<double[]>();
        for (var row = Math.Max(_rows - lags, 0); row < _rows; row++)
        {
            tail.Add([.. _ring[row % _ring.Length]]);
        }

        var ends = new WindowEnds(_rows, [.. _head], tail);
        _head.Clear();
        Gram.Clear();
        _rows = 0;
        return ends;
    }
}

using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The exact sums of a second look: products of weighted columns, as the frame places them; of columns without weights,
/// to explain
/// squared residuals by; and, per target, of coordinates times residual / (1 - leverage), for robust errors.
/// </summary>
internal sealed class RowSums
{
    private const double MostSquare = 1e30; // of one row, on the grid: 2^26 of them have room

    private static readonly double s_grid = Math.ScaleB(1, 46); // of numbers near 1

    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly ExactGram _weighted;
    private readonly SandwichGrams _robust;
    private readonly ColumnRows _weightedRows;
    private readonly ColumnRows _plainRows;
    private readonly double[] _largestSquares; // residuals, a target
    private readonly Int128[] _deleted; // squared residuals from fits to the other rows, a target, on a grid
    private ExactGram? _plain; // where rows have weights

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="clusters">The sums of groups of rows, of all threads.</param>
    public RowSums(RowFrame frame, RowColumns columns, ClusterSums clusters)
    {
        (_frame, _columns) = (frame, columns);
        _weighted = new ExactGram(frame.Columns + 1) { Threads = 1 };
        _robust = new SandwichGrams(frame, columns, HeteroskedasticKind.HC3);
        Asked = new AskedErrors(frame, columns, clusters);
        _largestSquares = new double[frame.Targets.Length];
        _deleted = new Int128[frame.Targets.Length];
        _weightedRows = new ColumnRows(RowColumns.MostRows, columns.Columns);
        _plainRows = new ColumnRows(RowColumns.MostRows, columns.Plain);
    }

    /// <summary>How many rows there were, each as often as it counts.</summary>
    public long Rows { get; private set; }

    /// <summary>How many rows had leverage 1.</summary>
    public long RowsAlone { get; private set; }

    /// <summary>What is summed for errors that were asked for.</summary>
    public AskedErrors Asked { get; }

    /// <summary>Whether every sum is that of finite numbers.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Adds the rows that the columns hold.</summary>
    /// <param name="isWeighted">Whether they have weights.</param>
    /// <param name="areCounted">Whether a row may stand for several.</param>
    public void Add(bool isWeighted, bool areCounted)
    {
        var count = _columns.Count;
        var frequencies = areCounted ? _columns.Frequencies.AsMemory(0, count) : default;
        Count(areCounted);
        Add(_weighted, _weightedRows, frequencies);
        if (isWeighted)
        {
            Add(_plain ??= new ExactGram(_columns.Plain.Length + 1) { Threads = 1 }, _plainRows, frequencies);
        }

        for (var t = 0; t < _largestSquares.Length; t++)
        {
            FindLargest(t, count);
            AddDeleted(t, count);
        }

        IsFinite &= _robust.Add(frequencies) & Asked.Add(frequencies);
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(RowSums other)
    {
        (Rows, RowsAlone, IsFinite) = (Rows + other.Rows, RowsAlone + other.RowsAlone, IsFinite && other.IsFinite);
        _weighted.Add(other._weighted, 1);
        for (var t = 0; t < _largestSquares.Length; t++)
        {
            _largestSquares[t] = Math.Max(_largestSquares[t], other._largestSquares[t]);
            _deleted[t] += other._deleted[t];
        }

        _robust.Add(other._robust);
        Asked.Add(other.Asked);
        if (other._plain is not null)
        {
            (_plain ??= new ExactGram(_columns.Plain.Length + 1)).Add(other._plain, 1);
        }
    }

    /// <summary>A sum of products of two weighted columns.</summary>
    public DoubleDouble Weighted(int i, int j) => DoubleDouble.Of(_weighted[i, j]);

    /// <summary>
    /// A sum of products of two columns without weights: the coordinates, the squared residuals, then 1.
    /// </summary>
    public DoubleDouble Plain(int i, int j) =>
        DoubleDouble.Of(_plain is { } plain ? plain[i, j] : _weighted[OfPlain(i), OfPlain(j)]);

    /// <summary>The place of 1 among the columns without weights.</summary>
    public int One => _columns.Plain.Length;

    /// <summary>
    /// Sums of products of two coordinates times the squared residual / (1 - leverage): the constant comes last.
    /// </summary>
    public double Robust(int target, int i, int j) => _robust[target, i, j];

    /// <summary>The largest squared residual of a target.</summary>
    public double LargestSquare(int target) => _largestSquares[target];

    /// <summary>
    /// A target's sum of squared residuals, each from the fit to the other rows, over that of its residuals: PRESS over
    /// the residual sum of squares. NaN where a row has leverage 1. Allen, Technometrics 16, 1974.
    /// </summary>
    public double DeletedRatio(int target)
    {
        var place = _frame.PlaceOfTarget(target) + 2;
        return RowsAlone > 0 ? double.NaN : (double)_deleted[target] / s_grid / Weighted(place, place).High;
    }

    private void AddDeleted(int target, int count)
    {
        var residuals = _columns.Residuals(target);
        for (var i = 0; i < count; i++)
        {
            var deleted = residuals[i] / (1 - _columns.Leverages[i]);
            var square = deleted * deleted * s_grid;
            if (square < MostSquare) // others have leverage 1, or leave the range, and are told elsewhere
            {
                _deleted[target] += (Int128)Math.Round(square) * (Int128)_columns.Frequencies[i];
            }
        }
    }

    private void FindLargest(int target, int count)
    {
        // A kernel looks at whole octets, and behind the last row stand numbers of others.
        var squares = _columns.Columns[_frame.PlaceOfTarget(target) + 3];
        if (ColumnKernels.Largest(squares.AsSpan(0, _columns.Length)) > _largestSquares[target])
        {
            foreach (var square in squares.AsSpan(0, count))
            {
                _largestSquares[target] = Math.Max(_largestSquares[target], square);
            }
        }
    }

    private int OfPlain(int column) =>
        column < _frame.Coordinates ? column
        : column < One ? _frame.PlaceOfTarget(column - _frame.Coordinates) + 3
        : _frame.Columns;

    private void Count(bool areCounted)
    {
        var frequencies = _columns.Frequencies.AsSpan(0, _columns.Count);
        Rows += areCounted ? Sum(frequencies) : frequencies.Length;
        if (1 - _columns.LargestLeverage <= RowFrame.Alone)
        {
            for (var i = 0; i < frequencies.Length; i++)
            {
                RowsAlone += 1 - _columns.Leverages[i] <= RowFrame.Alone ? (long)frequencies[i] : 0;
            }
        }
    }

    private static long Sum(ReadOnlySpan<double> frequencies)
    {
        var sum = 0L;
        foreach (var frequency in frequencies)
        {
            sum += (long)frequency;
        }

        return sum;
    }

    private void Add(ExactGram gram, ColumnRows rows, ReadOnlyMemory<double> frequencies)
    {
        var count = _columns.Count;
        IsFinite &= gram.AddOnThisThread(rows, frequencies, 0, count, 1) == count;
    }
}

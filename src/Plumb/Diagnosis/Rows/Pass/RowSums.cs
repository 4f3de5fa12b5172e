using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The exact sums of a second look: products of weighted columns, as the frame places them; of columns without weights,
/// to explain
/// squared residuals by; and, a target, of coordinates times residual / (1 - leverage), for robust errors.
/// </summary>
internal sealed class RowSums
{
    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly ExactGram _weighted;
    private readonly ExactGram[] _robust;
    private readonly double[][] _deleted; // coordinates times residual / (1 - leverage)
    private readonly ColumnRows _weightedRows;
    private readonly ColumnRows _plainRows;
    private readonly ColumnRows _deletedRows;
    private readonly double[] _factor = new double[RowColumns.MostRows];
    private readonly double[] _largestSquares; // residuals, a target
    private ExactGram? _plain; // where rows have weights

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    public RowSums(RowFrame frame, RowColumns columns)
    {
        (_frame, _columns) = (frame, columns);
        _weighted = new ExactGram(frame.Columns + 1) { Threads = 1 };
        _robust =
            [.. frame.Targets.Where(_ => frame.HasProducts)
                .Select(_ => new ExactGram(frame.Coordinates + 2) { Threads = 1 })];
        _largestSquares = new double[frame.Targets.Length];
        _deleted = RowColumns.NewColumns(frame.Coordinates + 1);
        _weightedRows = new ColumnRows(RowColumns.MostRows, columns.Columns);
        _plainRows = new ColumnRows(RowColumns.MostRows, columns.Plain);
        _deletedRows = new ColumnRows(RowColumns.MostRows, _deleted);
    }

    /// <summary>How many rows there were, each as often as it counts.</summary>
    public long Rows { get; private set; }

    /// <summary>How many rows had leverage 1.</summary>
    public long RowsAlone { get; private set; }

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
        }

        for (var t = 0; t < _robust.Length; t++)
        {
            if (_frame.Targets[t].HasResidual)
            {
                AddRobust(t, frequencies);
            }
        }
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(RowSums other)
    {
        (Rows, RowsAlone, IsFinite) = (Rows + other.Rows, RowsAlone + other.RowsAlone, IsFinite && other.IsFinite);
        _weighted.Add(other._weighted, 1);
        for (var t = 0; t < _largestSquares.Length; t++)
        {
            _largestSquares[t] = Math.Max(_largestSquares[t], other._largestSquares[t]);
        }

        for (var t = 0; t < _robust.Length; t++)
        {
            _robust[t].Add(other._robust[t], 1);
        }

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
    public double Robust(int target, int i, int j) => _robust[target][i, j].ToDouble();

    /// <summary>The largest squared residual of a target.</summary>
    public double LargestSquare(int target) => _largestSquares[target];

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

    private void AddRobust(int target, ReadOnlyMemory<double> frequencies)
    {
        // A row alone meets its target, whatever the noise.
        var factor = _factor.AsSpan(0, _columns.Length);
        ColumnKernels.DivideByRests(_columns.Residuals(target), _columns.Leverages, RowFrame.Alone, factor);
        for (var k = 0; k <= _frame.Coordinates; k++)
        {
            var column = _columns.Columns[k < _frame.Coordinates ? k : _frame.PlaceOfConstant];
            ColumnKernels.Multiply(column, factor, _frame.CoarseShifter, _deleted[k].AsSpan(0, factor.Length));
        }

        Add(_robust[target], _deletedRows, frequencies);
    }

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

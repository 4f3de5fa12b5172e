using System.Runtime.CompilerServices;
using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// The exact sums over neighbouring rows of products of the steps between them: in each target's square and cube of the
/// prediction
/// and residual, and in the coordinates and the constant; and of the squared steps and second differences of the
/// coordinates.
/// Where rows are many, products of steps in coordinates are left out: they change the variance of Durbin and Watson's
/// statistic by
/// less than its part rank / rows.
/// </summary>
internal sealed class NeighbourSums
{
    private const int MostRows = 2 * RowColumns.MostRows; // rows that stand for several come twice
    private const int Room = MostRows + ColumnKernels.Octet; // kernels read ahead
    private const int BendBits = 40; // second differences are summed in units of 2^-40
    private static readonly double s_perBend = Math.ScaleB(1, BendBits);
    private static readonly double s_mostOfSome = Math.ScaleB(1, 54 - BendBits);

    private readonly RowFrame _frame;
    private readonly int[] _places; // of the columns of a row that steps are taken in
    private readonly int _gramColumns; // the first of these, whose steps' products are summed
    private readonly double[] _ordered = new double[Room];
    private readonly double[][] _steps;
    private readonly double[] _squares = new double[Room];
    private readonly double[] _stepSquares = new double[Room];
    private readonly ColumnRows _stepRows;
    private readonly double[][] _single; // steps that come one by one
    private readonly ColumnRows _singleRows;
    private readonly ExactGram _gram;
    private int _singleCount;

    /// <summary>How often neighbouring residuals have the same sign.</summary>
    public SignRuns Signs { get; }
    private Int128 _bends;
    private Int128 _squaredSteps;

    /// <summary>No rows yet.</summary>
    public NeighbourSums(RowFrame frame)
    {
        _frame = frame;
        var ofTargets = Enumerable.Range(0, frame.Targets.Length)
            .SelectMany(t => Enumerable.Range(frame.PlaceOfTarget(t), 3));
        _places = [.. ofTargets, .. Enumerable.Range(0, frame.Coordinates), frame.PlaceOfConstant];
        HasCoordinates = !frame.HasManyRows;
        _gramColumns = HasCoordinates ? _places.Length : PlaceOfCoordinate(0);
        _steps = NewColumns(_gramColumns);
        Signs = new SignRuns(frame.Targets.Length);
        _stepRows = new ColumnRows(Room, _steps);
        _single = NewColumns(_places.Length);
        _singleRows = new ColumnRows(Room, _single[.._gramColumns]);
        _gram = new ExactGram(_gramColumns + 1) { Threads = 1 };
    }

    /// <summary>How many numbers of a row are needed to tell its neighbours from it.</summary>
    public int Width => _places.Length;

    /// <summary>Whether every sum is that of finite numbers.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>Whether products of steps in coordinates are among the sums.</summary>
    public bool HasCoordinates { get; }

    /// <summary>
    /// The sum of the products of two steps: three per target come first, then the coordinates, then the constant.
    /// </summary>
    public DoubleDouble this[int i, int j]
    {
        get
        {
            Flush();
            return DoubleDouble.Of(_gram[i, j]);
        }
    }

    /// <summary>The place of a target's three columns among the steps.</summary>
    public static int PlaceOfTarget(int target) => 3 * target;

    /// <summary>The sum of the squared second differences of all coordinates.</summary>
    public double Bends() => Math.ScaleB((double)_bends, -BendBits);

    /// <summary>The sum of the squared steps of all coordinates.</summary>
    public double Steps() => Math.ScaleB((double)_squaredSteps, -BendBits);

    /// <summary>What has to be kept of a row.</summary>
    /// <param name="rows">Some rows.</param>
    /// <param name="row">The row's place among them.</param>
    /// <param name="taken">Receives it.</param>
    public void Take(RowColumns rows, int row, Span<double> taken)
    {
        for (var k = 0; k < taken.Length; k++)
        {
            taken[k] = rows.Columns[_places[k]][row];
        }
    }

    /// <summary>The steps within rows that follow each other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="order">Places of rows, in their order; empty where that is the order of the rows
    /// themselves.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(RowColumns rows, ReadOnlySpan<int> order)
    {
        for (var t = 0; t < _frame.Targets.Length; t++)
        {
            Signs.Add(t, rows.Residuals(t).AsSpan(0, rows.Count), rows.Frequencies);
        }

        var count = Math.Max((order.Length > 0 ? order.Length : rows.Count) - 1, 0);
        var length = ColumnKernels.RoundUp(count);
        var steps = _stepSquares.AsSpan(0, length);
        var bends = _squares.AsSpan(0, length);
        steps.Clear();
        bends.Clear();
        for (var k = 0; k < _places.Length; k++)
        {
            var column = order.Length > 0 ? Ordered(rows.Columns[_places[k]], order) : rows.Columns[_places[k]];
            if (k < _gramColumns)
            {
                ColumnKernels.Subtract(column.AsSpan(1), column, _frame.CoarseShifter, _steps[k].AsSpan(0, length));
            }

            if (FactorOf(k) is var factor and > 0)
            {
                ColumnKernels.AddSquaresOfSteps(column, factor, steps, bends);
            }
        }

        AddSteps(count);
        AddTo(ref _squaredSteps, steps[..count]);
        AddTo(ref _bends, bends[..Math.Max(count - 1, 0)]);
    }

    /// <summary>The step from one row to the next.</summary>
    public void AddStep(ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        var sum = 0.0;
        for (var k = 0; k < _places.Length; k++)
        {
            var step = to[k] - from[k];
            _single[k][_singleCount] = step + _frame.CoarseShifter - _frame.CoarseShifter;
            // As the kernel does.
            sum = FactorOf(k) is var factor and > 0 ? Math.FusedMultiplyAdd(step * factor, step, sum) : sum;
        }

        AddTo(ref _squaredSteps, sum);
        for (var t = 0; t < _frame.Targets.Length; t++)
        {
            Signs.AddPair(t, from[PlaceOfTarget(t) + 2], to[PlaceOfTarget(t) + 2]);
        }

        if (++_singleCount == RowColumns.MostRows)
        {
            Flush();
        }
    }

    /// <summary>The second difference of three rows; at an end, the row beyond is taken to be the same.</summary>
    public void AddBend(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> third)
    {
        var sum = 0.0;
        for (var k = 0; k < _places.Length; k++)
        {
            var bend = third[k] - second[k] - (second[k] - first[k]);
            // As the kernel does.
            sum = FactorOf(k) is var factor and > 0 ? Math.FusedMultiplyAdd(bend * factor, bend, sum) : sum;
        }

        AddTo(ref _bends, sum);
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(NeighbourSums other)
    {
        other.Flush();
        _gram.Add(other._gram, 1);
        _bends += other._bends;
        _squaredSteps += other._squaredSteps;
        Signs.Add(other.Signs);
        IsFinite &= other.IsFinite;
    }

    /// <summary>The place of a coordinate, or behind them of the constant.</summary>
    public int PlaceOfCoordinate(int coordinate) => 3 * _frame.Targets.Length + coordinate;

    // Of a column's squared steps and second differences.
    private double FactorOf(int column) =>
        column < PlaceOfCoordinate(0) ? 0 : column == _places.Length - 1 ? _frame.Constant * _frame.Constant : 1;

    private static double[][] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[Room])];

    private double[] Ordered(double[] column, ReadOnlySpan<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            _ordered[i] = column[order[i]];
        }

        return _ordered;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTo(ref Int128 sum, ReadOnlySpan<double> squares)
    {
        var some = 0L; // MostRows numbers below 2^54 are below 2^62
        foreach (var square in squares)
        {
            if (square < s_mostOfSome)
            {
                some += (long)(s_perBend * square);
            }
            else
            {
                AddTo(ref sum, square);
            }
        }

        sum += some;
    }

    private void AddTo(ref Int128 sum, double square)
    {
        var units = s_perBend * square;
        IsFinite &= units < 1e37;
        sum += IsFinite ? (Int128)units : 0;
    }

    private void Flush()
    {
        IsFinite &= _gram.AddOnThisThread(_singleRows, default, 0, _singleCount, 1) == _singleCount;
        _singleCount = 0;
    }

    private void AddSteps(int count) => IsFinite &= _gram.AddOnThisThread(_stepRows, default, 0, count, 1) == count;
}

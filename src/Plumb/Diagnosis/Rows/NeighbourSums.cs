using Plumb.Numerics;

namespace Plumb;

/// <summary>
/// The exact sums over neighbouring rows of products of the steps between them: in the constant, the coordinates, and each
/// target's square and cube of the prediction and residual; and of the squared second differences of the coordinates.
/// </summary>
internal sealed class NeighbourSums
{
    private const int Room = 256;

    private readonly RowFrame _frame;
    private readonly int[] _places; // of the columns of a row that steps are taken in
    private readonly double[][] _steps;
    private readonly double[] _squares = new double[Room];
    private readonly ColumnRows _rows;
    private readonly ColumnRows _squareRows;
    private readonly ExactGram _gram;
    private readonly ExactGram _bendGram = new(2) { Threads = 1 };
    private int _stepCount;
    private int _bendCount;

    /// <summary>No rows yet.</summary>
    public NeighbourSums(RowFrame frame)
    {
        _frame = frame;
        _places = [.. Enumerable.Range(0, 1 + frame.Coordinates), .. Enumerable.Range(0, frame.Targets.Length).SelectMany(t => Enumerable.Range(frame.PlaceOfTarget(t), 3))];
        _steps = NewColumns(_places.Length);
        _rows = new ColumnRows(Room, _steps);
        _squareRows = new ColumnRows(Room, [_squares]);
        _gram = new ExactGram(_places.Length + 1) { Threads = 1 };
    }

    /// <summary>How many numbers of a row are needed to tell its neighbours from it.</summary>
    public int Width => _places.Length;

    /// <summary>Whether every sum is that of finite numbers.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>The sum of the products of two steps: 0 is the constant, then the coordinates, then three a target.</summary>
    public DoubleDouble this[int i, int j] => DoubleDouble.Of(_gram[i, j]);

    /// <summary>The place of a target's three columns among the steps.</summary>
    public int PlaceOfTarget(int target) => 1 + _frame.Coordinates + 3 * target;

    /// <summary>The sum of the squared second differences of all coordinates.</summary>
    public double Bends() => _bendGram[0, 1].ToDouble();

    /// <summary>What has to be kept of a row.</summary>
    public double[] Take(RowColumns rows, int row) => [.. _places.Select(place => rows.Columns[place][row])];

    /// <summary>The steps within rows that follow each other.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="order">Places of rows, in their order; a row that stands for several comes twice.</param>
    /// <param name="count">How many of these there are.</param>
    public void Add(RowColumns rows, int[] order, int count)
    {
        var length = Math.Max(count - 1, 0);
        for (var k = 0; k < _places.Length; k++)
        {
            var (column, steps) = (rows.Columns[_places[k]], _steps[k]);
            for (var i = 0; i < length; i++)
            {
                steps[i] = column[order[i + 1]] - column[order[i]];
            }
        }

        _stepCount = length;
        SquareBends(length);
        _bendCount = Math.Max(length - 1, 0);
        Flush();
    }

    /// <summary>The step from one row to the next.</summary>
    public void AddStep(double[] from, double[] to)
    {
        for (var k = 0; k < _places.Length; k++)
        {
            _steps[k][_stepCount] = to[k] - from[k];
        }

        _stepCount++;
        Flush();
    }

    /// <summary>The second difference of three rows; of two at an end, where the row beyond is taken to be the same.</summary>
    public void AddBend(double[]? first, double[] second, double[]? third)
    {
        var sum = Square(0) * (_frame.Constant * _frame.Constant);
        for (var k = 1; k <= _frame.Coordinates; k++)
        {
            sum += Square(k);
        }

        _squares[_bendCount++] = sum;
        Flush();

        double Square(int k)
        {
            var bend = (third ?? second)[k] - second[k] - (second[k] - (first ?? second)[k]);
            return bend * bend;
        }
    }

    /// <summary>Adds another's sums.</summary>
    public void Add(NeighbourSums other)
    {
        _gram.Add(other._gram, 1);
        _bendGram.Add(other._bendGram, 1);
        IsFinite &= other.IsFinite;
    }

    private static double[][] NewColumns(int count) => [.. Enumerable.Range(0, count).Select(_ => new double[Room])];

    private void SquareBends(int length)
    {
        for (var i = 0; i + 1 < length; i++)
        {
            var bend = _steps[0][i + 1] - _steps[0][i];
            _squares[i] = bend * bend * (_frame.Constant * _frame.Constant);
        }

        for (var k = 1; k <= _frame.Coordinates; k++)
        {
            var steps = _steps[k];
            for (var i = 0; i + 1 < length; i++)
            {
                var bend = steps[i + 1] - steps[i];
                _squares[i] += bend * bend;
            }
        }
    }

    private void Flush()
    {
        IsFinite &= _gram.AddOnThisThread(_rows, default, 0, _stepCount, 1) == _stepCount;
        IsFinite &= _bendGram.AddOnThisThread(_squareRows, default, 0, _bendCount, 1) == _bendCount;
        (_stepCount, _bendCount) = (0, 0);
    }
}

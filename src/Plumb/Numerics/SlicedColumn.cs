using System.Numerics;

namespace Plumb.Numerics;

/// <summary>
/// One column of a block, written without error as slice[0] * 2^Grid(0) + slice[1] * 2^Grid(1) + ...: each slice holds whole numbers of at most 2^21,
/// so that the inner product of two slices is exact in double arithmetic, in every order, with or without fused multiply-add.
/// Ozaki, Ogita, Oishi and Rump, Error-free transformations of matrix multiplication, Numerical Algorithms 59, 2012.
/// </summary>
internal sealed class SlicedColumn
{
    /// <summary>The most rows that a block may have: 2^21 * 2^21 * 2^11 = 2^53.</summary>
    public const int BlockRows = 2048;

    private const int SliceBits = 22; // with the sign; magnitudes reach 2^21
    private const int SafeExponent = 900; // within 2^+-900 the splitting constants neither overflow nor reach the subnormals

    private readonly List<double[]> _slices = [];
    private readonly double[] _rest = new double[BlockRows];
    private int _topGrid;

    /// <summary>The number of slices of the current block.</summary>
    public int Slices { get; private set; }

    /// <summary>The number of rows of the current block.</summary>
    public int Rows { get; private set; }

    /// <summary>The power of two that a slice's whole numbers are multiples of.</summary>
    public int Grid(int slice) => _topGrid - slice * SliceBits;

    /// <summary>A slice's whole numbers, one a row.</summary>
    public ReadOnlySpan<double> Slice(int slice) => _slices[slice].AsSpan(0, Rows);

    /// <summary>Takes a new block; false, and nothing taken, where its magnitudes are too extreme to be sliced in double arithmetic.</summary>
    public bool TrySplit(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        var smallest = double.PositiveInfinity;
        foreach (var value in values)
        {
            var magnitude = Math.Abs(value);
            largest = Math.Max(largest, magnitude);
            smallest = magnitude > 0 ? Math.Min(smallest, magnitude) : smallest;
        }

        Rows = values.Length;
        Slices = 0;
        if (largest == 0)
        {
            return true;
        }

        if (Math.ILogB(largest) > SafeExponent || Math.ILogB(smallest) < -SafeExponent)
        {
            return false;
        }

        _topGrid = Math.ILogB(largest) + 1 - (SliceBits - 1);
        var rest = _rest.AsSpan(0, Rows);
        values.CopyTo(rest);
        for (var more = true; more; Slices++)
        {
            if (Slices == _slices.Count)
            {
                _slices.Add(new double[BlockRows]);
            }

            more = SplitOff(rest, Grid(Slices), _slices[Slices]);
        }

        return true;
    }

    /// <summary>The inner product of two slices: a whole number of at most 2^53.</summary>
    public static long Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var first = Vector<double>.Zero;
        var second = Vector<double>.Zero;
        var width = Vector<double>.Count;
        var i = 0;
        for (; i <= left.Length - 2 * width; i += 2 * width)
        {
            first += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
            second += new Vector<double>(left[(i + width)..]) * new Vector<double>(right[(i + width)..]);
        }

        var sum = Vector.Sum(first + second);
        for (; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return (long)sum;
    }

    /// <summary>Moves the multiples of 2^grid out of the rest, in units of 2^grid; true when something is left.</summary>
    private static bool SplitOff(Span<double> rest, int grid, Span<double> slice)
    {
        var shifter = Math.ScaleB(1.5, grid + 52); // adding it rounds to the grid
        var unit = Math.ScaleB(1, -grid);
        var left = 0.0;
        for (var i = 0; i < rest.Length; i++)
        {
            var high = rest[i] + shifter - shifter;
            slice[i] = high * unit;
            rest[i] -= high;
            left = Math.Max(left, Math.Abs(rest[i]));
        }

        return left > 0;
    }
}

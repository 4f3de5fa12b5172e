using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Adds up z z' over rows without error: each column is written as slice[0] 2^top + slice[1] 2^(top-22) + ..., the slices whole numbers of at most 2^21,
/// so that the product of the matrix of all slices with itself is exact in double arithmetic, in every order, with or without fused multiply-add.
/// Ozaki, Ogita, Oishi and Rump, Error-free transformations of matrix multiplication, Numerical Algorithms 59, 2012.
/// </summary>
/// <param name="size">The length of z.</param>
/// <param name="totals">Receives the sums: the upper triangle, row by row.</param>
internal sealed class SlicedGram(int size, ExactSum[] totals)
{
    private const int SliceBits = 22; // with the sign; magnitudes reach 2^21
    private const int BlockRows = 2048; // 2^21 * 2^21 * 2^11 = 2^53
    private const int ChunkRows = 128; // a chunk's slices stay in the caches between slicing and multiplying
    private const int MostSlices = 8; // columns that need more are rare, and added one product at a time
    private const int MostBlocks = 64; // 8 slices * 2 * 2^53 * 2^6 = 2^63
    private const int SafeExponent = 900; // within 2^+-900 the shifters neither overflow nor reach the subnormals
    private const double KeepAll = 6.6966649846580546E+299; // a shifter so coarse that it moves nothing below 2^900
    private const int NoTop = int.MinValue;

    private readonly int[] _tops = Enumerable.Repeat(NoTop, size).ToArray(); // a column's first grid; it only rises
    private readonly int[] _slices = Enumerable.Repeat(1, size).ToArray(); // how many a column needs; it only grows
    private readonly int _valueStride = RoundUp(size);
    private readonly double[] _values = new double[ChunkRows * RoundUp(size)];
    private readonly double[] _row = new double[RoundUp(size)];
    private Plan _plan = new(0, [], [], [], [], [], []);
    private double[] _matrix = [];
    private double[] _sums = []; // stride x stride: whole numbers below 2^53
    private long[] _levels = []; // for each pair of columns, a sum a pair of slices with the same grid
    private int _rows; // in _sums
    private int _blocks; // in _levels

    /// <summary>Adds rows; false, and nothing added, where magnitudes are too extreme or too far apart to be sliced in double arithmetic.</summary>
    /// <param name="left">The first elements of z, rows x leftColumns.</param>
    /// <param name="leftColumns">How many.</param>
    /// <param name="right">The next elements, rows x rightColumns; the last element of z is 1.</param>
    /// <param name="rightColumns">How many.</param>
    /// <param name="rows">At most the rows of one chunk.</param>
    public bool TryAdd(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int rightColumns, int rows)
    {
        Load(left, leftColumns, right, rightColumns, rows);
        if (!TryRaiseTops(rows))
        {
            return false;
        }

        while (!TrySlice(rows))
        {
            if (!TryGrowSlices(rows))
            {
                return false;
            }

            Load(left, leftColumns, right, rightColumns, rows);
        }

        if (_rows + rows > BlockRows)
        {
            MoveSumsToLevels();
        }

        TileProduct.Accumulate(_matrix, rows, _plan.Stride, _plan.Octets, _sums);
        _rows += rows;
        return true;
    }

    /// <summary>The most rows that can be added at once.</summary>
    public static int MostRows => ChunkRows;

    /// <summary>Whether rows are added (1) or taken away (-1).</summary>
    public int Sign
    {
        get;
        set
        {
            if (value != field)
            {
                Drain();
                field = value;
            }
        }
    } = 1;

    /// <summary>Moves everything to the totals.</summary>
    public void Drain()
    {
        MoveSumsToLevels();
        if (_blocks == 0)
        {
            return;
        }

        var levels = _plan.Levels;
        for (var (i, place) = (0, 0); i < size; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                var values = _levels.AsSpan(place * levels, levels);
                var sum = BigInteger.Zero;
                foreach (var value in values)
                {
                    sum = (sum << SliceBits) + value;
                }

                totals[place].Add(Sign * sum, Top(i) + Top(j) - SliceBits * (levels - 1));
            }
        }

        Array.Clear(_levels);
        _blocks = 0;
    }

    private int Top(int column) => _tops[column] == NoTop ? 0 : _tops[column];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int rightColumns, int rows)
    {
        for (var k = 0; k < rows; k++)
        {
            var row = _values.AsSpan(k * _valueStride, _valueStride);
            left.Slice(k * leftColumns, leftColumns).CopyTo(row);
            right.Slice(k * rightColumns, rightColumns).CopyTo(row[leftColumns..]);
            row[size - 1] = 1;
        }
    }

    /// <summary>Sees to it that each column's first grid covers its values.</summary>
    private bool TryRaiseTops(int rows)
    {
        Span<double> largest = size <= 256 ? stackalloc double[_valueStride] : new double[_valueStride];
        Span<double> smallest = size <= 256 ? stackalloc double[_valueStride] : new double[_valueStride];
        Magnitudes(rows, largest, smallest);
        var raised = false;
        for (var j = 0; j < size; j++)
        {
            if (largest[j] == 0)
            {
                continue;
            }

            if (largest[j] >= Math.ScaleB(1, SafeExponent) || smallest[j] < Math.ScaleB(1, -SafeExponent))
            {
                return false;
            }

            raised |= _tops[j] == NoTop || largest[j] > Math.ScaleB(1, _tops[j] + SliceBits - 1);
        }

        if (!raised && _plan.Stride > 0)
        {
            return true;
        }

        Drain();
        for (var j = 0; j < size; j++)
        {
            if (largest[j] > 0)
            {
                _tops[j] = Math.Max(_tops[j], Math.ILogB(largest[j]) + 1 - (SliceBits - 1));
            }
        }

        Arrange();
        return true;
    }

    /// <summary>Each column's largest magnitude, and its smallest but for zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Magnitudes(int rows, Span<double> largest, Span<double> smallest)
    {
        largest.Clear();
        smallest.Fill(double.PositiveInfinity);
        for (var k = 0; k < rows; k++)
        {
            var row = _values.AsSpan(k * _valueStride, _valueStride);
            for (var c = 0; c < row.Length; c += TileProduct.Octet)
            {
                var magnitude = Vector512.Abs(Vector512.Create<double>(row[c..]));
                Vector512.Max(magnitude, Vector512.Create<double>(largest[c..])).CopyTo(largest[c..]);
                var nonzero = Vector512.ConditionalSelect(Vector512.Equals(magnitude, Vector512<double>.Zero), Vector512.Create(double.PositiveInfinity), magnitude);
                Vector512.Min(nonzero, Vector512.Create<double>(smallest[c..])).CopyTo(smallest[c..]);
            }
        }
    }

    /// <summary>Lays the slices out anew: columns that need most slices first, slice by slice.</summary>
    private void Arrange()
    {
        _plan = Plan.Of(_slices, _tops);
        if (_matrix.Length < ChunkRows * _plan.Stride + TileProduct.Octet)
        {
            _matrix = new double[ChunkRows * _plan.Stride + TileProduct.Octet];
        }

        if (_sums.Length != _plan.Stride * _plan.Stride)
        {
            _sums = new double[_plan.Stride * _plan.Stride];
        }

        var levels = totals.Length * _plan.Levels;
        if (_levels.Length != levels)
        {
            _levels = new long[levels];
        }
    }

    /// <summary>Cuts the rows into slices; false when something is left over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySlice(int rows)
    {
        var isNatural = _plan.IsNatural;
        for (var k = 0; k < rows; k++)
        {
            var row = _values.AsSpan(k * _valueStride, _valueStride);
            if (!isNatural)
            {
                row.CopyTo(_row);
                for (var c = 0; c < size; c++)
                {
                    row[c] = _row[_plan.Order[c]];
                }
            }

            var slices = _matrix.AsSpan(k * _plan.Stride, _plan.Stride + TileProduct.Octet);
            for (var a = 0; a < _plan.Counts.Length; a++)
            {
                CutSlice(row, _plan.Shifters[a], _plan.Units[a], slices[_plan.Offsets[a]..], _plan.Counts[a]);
            }
        }

        return !AnythingLeft(rows);
    }

    /// <summary>Moves multiples of a grid out of the row, in units of the grid. Writes up to seven elements too many, which the next slice overwrites.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CutSlice(Span<double> row, double[] shifters, double[] units, Span<double> slice, int count)
    {
        for (var c = 0; c < count; c += TileProduct.Octet)
        {
            var value = Vector512.Create<double>(row[c..]);
            var shifter = Vector512.Create<double>(shifters.AsSpan(c));
            var high = value + shifter - shifter; // rounds to the grid
            (value - high).CopyTo(row[c..]);
            (high * Vector512.Create<double>(units.AsSpan(c))).CopyTo(slice[c..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AnythingLeft(int rows)
    {
        var left = Vector512<double>.Zero;
        foreach (var rest in MemoryMarshal.Cast<double, Vector512<double>>(_values.AsSpan(0, rows * _valueStride)))
        {
            left |= rest; // only the sign may be set
        }

        return Vector512.Abs(left) != Vector512<double>.Zero;
    }

    private bool TryGrowSlices(int rows)
    {
        var grown = new List<int>();
        for (var c = 0; c < size; c++)
        {
            for (var k = 0; k < rows; k++)
            {
                if (_values[k * _valueStride + c] != 0)
                {
                    grown.Add(_plan.Order[c]);
                    break;
                }
            }
        }

        if (grown.Exists(column => _slices[column] == MostSlices))
        {
            return false;
        }

        Drain();
        foreach (var column in grown)
        {
            _slices[column]++;
        }

        Arrange();
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MoveSumsToLevels()
    {
        if (_rows == 0)
        {
            return;
        }

        var slices = _plan.Slices;
        for (var t = 0; t < slices.Length; t++)
        {
            var (left, a) = slices[t];
            var row = _sums.AsSpan(t * _plan.Stride, slices.Length);
            for (var u = t; u < row.Length; u++)
            {
                var (right, b) = slices[u];
                var twice = left == right && a != b ? 2 : 1; // the product of two slices of one column stands for both orders
                _levels[Place(Math.Min(left, right), Math.Max(left, right)) * _plan.Levels + a + b] += twice * (long)row[u];
            }
        }

        Array.Clear(_sums);
        _rows = 0;
        if (++_blocks == MostBlocks)
        {
            Drain();
        }
    }

    private int Place(int i, int j) => i * size - i * (i - 1) / 2 + (j - i);

    private static int RoundUp(int count) => (count + TileProduct.Octet - 1) / TileProduct.Octet * TileProduct.Octet;

    /// <summary>Where the slices lie in a row of the matrix.</summary>
    /// <param name="Stride">The length of a row: an odd number of octets, so that rows do not fall on the same cache lines.</param>
    /// <param name="Order">The column at each position.</param>
    /// <param name="Counts">For each slice, how many columns have it: the first ones.</param>
    /// <param name="Offsets">For each slice, where it begins.</param>
    /// <param name="Shifters">For each slice and position, the number that rounds to the grid when it is added: 1.5 * 2^(grid + 52).</param>
    /// <param name="Units">For each slice and position, 2^-grid.</param>
    /// <param name="Slices">For each element of a row, its column and slice.</param>
    private sealed record Plan(int Stride, int[] Order, int[] Counts, int[] Offsets, double[][] Shifters, double[][] Units, (int Column, int Slice)[] Slices)
    {
        public int Octets => RoundUp(Slices.Length) / TileProduct.Octet;

        /// <summary>Pairs of slices a, b with the same a + b have the same grid.</summary>
        public int Levels => 2 * Counts.Length - 1;

        public bool IsNatural { get; } = !Order.Where((column, position) => column != position).Any();

        public static Plan Of(int[] slices, int[] tops)
        {
            int[] order = [.. Enumerable.Range(0, slices.Length).OrderByDescending(column => slices[column])];
            int[] counts = [.. Enumerable.Range(0, slices.Max()).Select(a => slices.Count(count => count > a))];
            int[] offsets = [.. counts.Select((_, a) => counts[..a].Sum())];
            var octets = RoundUp(counts.Sum()) / TileProduct.Octet;
            double[][] Table(Func<int, double> entry, double others) => [.. counts.Select((count, a) => Enumerable.Range(0, RoundUp(order.Length)).Select(p => p < count ? entry(Grid(tops[order[p]], a)) : others).ToArray())];
            return new Plan(
                TileProduct.Octet * (octets | 1),
                order,
                counts,
                offsets,
                Table(grid => Math.ScaleB(1.5, grid + 52), KeepAll),
                Table(grid => Math.ScaleB(1, -grid), 0),
                [.. counts.SelectMany((count, a) => order[..count].Select(column => (column, a)))]);
        }

        private static int Grid(int top, int slice) => (top == NoTop ? 0 : top) - slice * SliceBits;
    }
}

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
    private const int MostSpare = 2; // bits that a column's grid is raised by when another column's must be, as each time costs
    private const int LeastGrid = -960; // above it neither shifters nor slices come near the subnormals
    private const int NoTop = int.MinValue;

    private static readonly double s_mostMagnitude = Math.ScaleB(1, 900); // below it no shifter overflows
    private static readonly double s_keepAll = Math.ScaleB(1, 996); // a shifter so coarse that it moves nothing below 2^900

    private readonly int[] _tops = Enumerable.Repeat(NoTop, size).ToArray(); // a column's first grid; it only rises
    private readonly int[] _spare = new int[size];
    private readonly int[] _slices = Enumerable.Repeat(1, size).ToArray(); // how many a column needs; it only grows
    private readonly int _valueStride = RoundUp(size);
    private readonly double[] _values = new double[ChunkRows * RoundUp(size)];
    private readonly double[] _row = new double[RoundUp(size)];
    private readonly double[] _largest = new double[RoundUp(size)];
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

    private void Load(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int rightColumns, int rows)
    {
        var values = _values.AsSpan();
        for (var k = 0; k < rows; k++)
        {
            left[..leftColumns].CopyTo(values);
            right[..rightColumns].CopyTo(values[leftColumns..]);
            values[size - 1] = 1;
            left = left[leftColumns..];
            right = right[rightColumns..];
            values = values[_valueStride..];
        }
    }

    /// <summary>Sees to it that each column's first grid covers its values.</summary>
    private bool TryRaiseTops(int rows)
    {
        FindLargest(rows);
        var raised = _plan.Stride == 0;
        for (var j = 0; j < size; j++)
        {
            if (_largest[j] >= s_mostMagnitude)
            {
                return false;
            }

            raised |= _largest[j] > 0 && (_tops[j] == NoTop || _largest[j] > Math.ScaleB(1, _tops[j] + SliceBits - 1));
        }

        if (!raised)
        {
            return true;
        }

        Drain();
        for (var j = 0; j < size; j++)
        {
            var needed = _largest[j] == 0 ? NoTop : Math.Max(Math.ILogB(_largest[j]) + 1 - (SliceBits - 1), LeastGrid);
            if (_tops[j] != NoTop && _spare[j] < MostSpare)
            {
                _tops[j]++;
                _spare[j]++;
            }

            _tops[j] = Math.Max(_tops[j], needed);
        }

        Arrange();
        return true;
    }

    /// <summary>Each column's largest magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLargest(int rows)
    {
        ref var values = ref MemoryMarshal.GetArrayDataReference(_values);
        for (var c = 0; c < _valueStride; c += TileProduct.Octet)
        {
            var largest = Vector512<double>.Zero;
            ref var value = ref Unsafe.Add(ref values, c);
            for (var k = 0; k < rows; k++)
            {
                largest = Vector512.MaxNative(largest, Vector512.Abs(Vector512.LoadUnsafe(ref value)));
                value = ref Unsafe.Add(ref value, _valueStride);
            }

            largest.CopyTo(_largest, c);
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
    private bool TrySlice(int rows)
    {
        if (!_plan.IsNatural)
        {
            Reorder(rows);
        }

        // From the last octet to the first: what an octet writes beyond its slice, up to seven zeros, the next slice's first octet then overwrites.
        var left = Vector512<double>.Zero;
        for (var c = _valueStride - TileProduct.Octet; c >= 0; c -= TileProduct.Octet)
        {
            left |= SliceOctet(c, _plan.SlicesAt(c), rows);
        }

        return Vector512.Abs(left) == Vector512<double>.Zero; // only signs may be left
    }

    private void Reorder(int rows)
    {
        for (var k = 0; k < rows; k++)
        {
            var row = _values.AsSpan(k * _valueStride, _valueStride);
            row.CopyTo(_row);
            for (var c = 0; c < size; c++)
            {
                row[c] = _row[_plan.Order[c]];
            }
        }
    }

    /// <summary>Cuts eight columns into slices, in units of their grids; what is left stays in the values, and all of it together is returned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<double> SliceOctet(int octet, int slices, int rows)
    {
        var left = Vector512<double>.Zero;
        ref var value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), octet);
        ref var slice = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_matrix), octet);
        ref var shifter = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_plan.Shifters), octet);
        ref var unit = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_plan.Units), octet);
        ref var offset = ref MemoryMarshal.GetArrayDataReference(_plan.Offsets);
        for (var k = 0; k < rows; k++)
        {
            var rest = Vector512.LoadUnsafe(ref value);
            for (var a = 0; a < slices; a++)
            {
                var shift = Vector512.LoadUnsafe(ref shifter, (nuint)(a * _valueStride));
                var high = rest + shift - shift; // rounds to the grid
                rest -= high;
                (high * Vector512.LoadUnsafe(ref unit, (nuint)(a * _valueStride))).StoreUnsafe(ref slice, (nuint)Unsafe.Add(ref offset, a));
            }

            rest.StoreUnsafe(ref value);
            left |= rest;
            value = ref Unsafe.Add(ref value, _valueStride);
            slice = ref Unsafe.Add(ref slice, _plan.Stride);
        }

        return left;
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

        if (grown.Exists(column => _slices[column] == MostSlices || Top(column) - SliceBits * _slices[column] < LeastGrid))
        {
            return false;
        }

        MoveSumsToLevels();
        var most = _slices.Max();
        foreach (var column in grown)
        {
            _slices[column]++;
        }

        GrowTheLast();
        if (_slices.Max() > most)
        {
            Drain(); // there are more levels from now on
        }

        Arrange();
        return true;
    }

    /// <summary>Columns of one kind come to need a slice more one after the other; when a quarter of them do, the rest follow at once, as each time costs.</summary>
    private void GrowTheLast()
    {
        const int Quarter = 4;
        var most = _slices.Max();
        var behind = Enumerable.Range(0, size).Where(column => _slices[column] == most - 1 && most > 2).ToList();
        if (Quarter * _slices.Count(count => count == most) >= behind.Count)
        {
            behind.ForEach(column => _slices[column]++);
        }
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
    /// <param name="Shifters">For each slice and position (slices x padded size), the number that rounds to the grid when it is added: 1.5 * 2^(grid + 52).</param>
    /// <param name="Units">For each slice and position, 2^-grid.</param>
    /// <param name="Slices">For each element of a row, its column and slice.</param>
    private sealed record Plan(int Stride, int[] Order, int[] Counts, int[] Offsets, double[] Shifters, double[] Units, (int Column, int Slice)[] Slices)
    {
        public int Octets => RoundUp(Slices.Length) / TileProduct.Octet;

        /// <summary>Pairs of slices a, b with the same a + b have the same grid.</summary>
        public int Levels => 2 * Counts.Length - 1;

        public bool IsNatural { get; } = !Order.Where((column, position) => column != position).Any();

        /// <summary>How many slices the octet at this position has.</summary>
        public int SlicesAt(int position) => Counts.Count(count => count > position);

        public static Plan Of(int[] slices, int[] tops)
        {
            int[] order = [.. Enumerable.Range(0, slices.Length).OrderByDescending(column => slices[column])];
            int[] counts = [.. Enumerable.Range(0, slices.Max()).Select(a => slices.Count(count => count > a))];
            int[] offsets = [.. counts.Select((_, a) => counts[..a].Sum())];
            var octets = RoundUp(counts.Sum()) / TileProduct.Octet;
            double[] Table(Func<int, double> entry, double others) => [.. counts.SelectMany((count, a) => Enumerable.Range(0, RoundUp(order.Length)).Select(p => p < count ? entry(Grid(tops[order[p]], a)) : others))];
            return new Plan(
                TileProduct.Octet * (octets | 1),
                order,
                counts,
                offsets,
                Table(grid => Math.ScaleB(1.5, grid + 52), s_keepAll),
                Table(grid => Math.ScaleB(1, -grid), 0),
                [.. counts.SelectMany((count, a) => order[..count].Select(column => (column, a)))]);
        }

        private static int Grid(int top, int slice) => (top == NoTop ? 0 : top) - slice * SliceBits;
    }
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Plumb.Numerics;

/// <summary>
/// Adds up z z' over rows without error: each column is written as slice[0] 2^top + slice[1] 2^(top-22) + ..., the
/// slices whole numbers of at most 2^21,
/// so that their products are exact in double arithmetic, in every order, with or without fused multiply-add: of all
/// slices with all, or of residues formed of them (<see cref="ResidueProducts"/>).
/// Ozaki, Ogita, Oishi and Rump, Error-free transformations of matrix multiplication, Numerical Algorithms 59, 2012.
/// A slice that few values need (normal data have a fourth one for one value in thousands) is not given to the whole
/// column: its products are added one by one.
/// </summary>
/// <param name="size">The length of z.</param>
/// <param name="totals">Receives the sums: the upper triangle, row by row.</param>
/// <param name="threads">The most threads.</param>
internal sealed class SlicedGram(int size, ExactSums totals, int threads)
{
    /// <summary>
    /// The most rows that can be added at once: their slices stay in the caches between slicing and multiplying.
    /// </summary>
    public const int MostRows = 128;

    private const int SliceBits = SlicePlan.SliceBits;
    private const int RowsOfLevels = 1 << 16; // 8 slices * 2 * 2^42 * 2^16 = 2^62, and room for the rests
    private const int SlicesOfRests = 2; // beyond a column's own

    private static readonly double s_mostMagnitude = Math.ScaleB(1, 900); // below it no shifter overflows

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = threads };
    private readonly ColumnGrids _grids = new(size);
    private readonly int _valueStride = SlicePlan.RoundUp(size);
    private readonly AlignedScratch _values = new(MostRows * SlicePlan.RoundUp(size));
    private readonly double[] _row = new double[SlicePlan.RoundUp(size)];
    private readonly double[] _largest = new double[SlicePlan.RoundUp(size)];
    private readonly List<Rest> _rests = [];
    private readonly int[] _lastRests = new int[MostRows]; // each row's last one's place; -1 for none
    private readonly long[] _noted = new long[size]; // each column's rests since it grew
    private readonly bool[] _grows = new bool[size]; // whether a column must have a slice more
    private SlicePlan? _plan;
    private bool _multipliesResidues;
    private bool _isPrepared; // whether there is room for the products of the plan
    private ColumnProducts? _products; // of the slices
    private AlignedScratch _matrix = new(0);
    private double[] _sums = []; // of the products of slices; 0 whenever rows are laid out anew
    // For each pair of columns, a sum a pair of slices with the same grid; none where residues are multiplied.
    private long[] _levels = [];
    private SparseSliceProducts? _restProducts; // where they are
    private int _rows; // on their way into the totals
    private long _sliced; // all rows so far

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

    /// <summary>Adds rows, all of them or none.</summary>
    /// <param name="rows">Holds them, without the last element of z.</param>
    /// <param name="start">The first.</param>
    /// <param name="count">At most the rows of one chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SliceOutcome TryAdd(RowBlock rows, int start, int count)
    {
        Load(rows, start, count);
        FetchQuarter(rows, start + count, 0);
        var most = FindLargest(count);
        if (!double.IsFinite(most))
        {
            return SliceOutcome.NotFinite;
        }

        if (most >= s_mostMagnitude)
        {
            return SliceOutcome.Unsliceable;
        }

        RaiseTops();
        FetchQuarter(rows, start + count, 1);
        while (!TrySlice(count))
        {
            if (!TryGrowSlices())
            {
                return SliceOutcome.Unsliceable;
            }

            Load(rows, start, count);
        }

        FetchQuarter(rows, start + count, 2);
        if (_rows + count > RowsOfLevels)
        {
            Drain();
        }

        if (!_isPrepared)
        {
            Prepare();
        }

        AddRests();
        FetchQuarter(rows, start + count, 3);
        _products!.Accumulate(_matrix.Memory, count);
        _rows += count;
        _sliced += count;
        return SliceOutcome.Added;
    }

    /// <summary>Moves everything to the totals.</summary>
    public void Drain()
    {
        if (_rows == 0)
        {
            return;
        }

        _products!.Flush();
        _restProducts?.Flush(_parallel, (i, j, sum, level) => AddTotal(i, j, sum, level));
        DrainLevels();
        _rows = 0;
    }

    /// <summary>Adds the sum of products of two columns' slices, whose places add up to the level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddTotal(int i, int j, Int256 sum, int level) =>
        totals.Add(UpperTriangle.Place(i, j, size), Sign < 0 ? -sum : sum,
            _grids.GridOf(i, 0) + _grids.GridOf(j, level));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrainLevels()
    {
        var levels = _plan!.Levels;
        for (var (i, place) = (0, 0); i < size && _levels.Length > 0; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                var own = _levels.AsSpan(place * levels, levels);
                if (!own.ContainsAnyExcept(0))
                {
                    continue;
                }

                var sum = BigInteger.Zero;
                foreach (var value in own)
                {
                    sum = (sum << SliceBits) + value;
                }

                totals.Add(place, new Dyadic(Sign * sum, _grids.GridOf(i, 0) + _grids.GridOf(j, levels - 1)), 1);
            }
        }

        Array.Clear(_levels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(RowBlock rows, int start, int count)
    {
        _values.Align();
        var values = _values.Span;
        rows.Load(start, count, values, _valueStride);
        for (var k = 0; k < count; k++)
        {
            values[k * _valueStride + size - 1] = 1;
        }
    }

    /// <summary>Lets memory bring the next rows, a quarter at a time, while the processor is busy with these.</summary>
    private void FetchQuarter(RowBlock rows, int next, int quarter)
    {
        // A quarter of more rows is more than can be on its way at once, and would have to be waited for.
        const int MostColumns = 24;
        const int QuarterRows = MostRows / 4;
        if (size <= MostColumns && next + MostRows <= rows.Rows)
        {
            rows.Fetch(next + quarter * QuarterRows, QuarterRows);
        }
    }

    /// <summary>Sees to it that each column's first grid covers its values.</summary>
    private void RaiseTops()
    {
        if (_plan is null || !_grids.Cover(_largest))
        {
            Drain();
            _grids.Raise(_largest);
            Arrange();
        }
    }

    /// <summary>
    /// Each column's largest magnitude, and that of all; not finite where a value is not: without their signs, bits are
    /// in the order of magnitudes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FindLargest(int rows)
    {
        ref var values = ref MemoryMarshal.GetReference(_values.Span);
        var most = 0L;
        for (var c = 0; c < _valueStride; c += TileProduct.Octet)
        {
            var largest = Vector512<long>.Zero;
            ref var value = ref Unsafe.Add(ref values, c);
            for (var k = 0; k < rows; k++)
            {
                largest = Vector512.Max(largest, Vector512.Abs(Vector512.LoadUnsafe(ref value)).AsInt64());
                value = ref Unsafe.Add(ref value, _valueStride);
            }

            largest.AsDouble().CopyTo(_largest, c);
            for (var i = 0; i < TileProduct.Octet; i++)
            {
                most = Math.Max(most, largest[i]);
            }
        }

        return BitConverter.Int64BitsToDouble(most);
    }

    /// <summary>Lays the slices out anew.</summary>
    private void Arrange()
    {
        const int Beyond = ResidueTiles.PanelColumns; // where vectors read that begin in the last row
        var multipliesResidues = ResidueProducts.Pays(size, _grids.Most, _grids.Total) && _grids.TryLevel();
        if (multipliesResidues != _multipliesResidues)
        {
            Drain(); // each way keeps the sums that are on their way in a place of its own
        }

        _multipliesResidues = multipliesResidues;
        _plan = _grids.Plan(2 * SlicesOfRests);
        _isPrepared = false;
        if (_matrix.Length < MostRows * _plan.Stride + Beyond)
        {
            _matrix = new AlignedScratch(MostRows * _plan.Stride + Beyond);
        }
    }

    /// <summary>
    /// Makes room for the products of rows laid out like this; not before they are, as one slice more after the other
    /// may be asked for.
    /// </summary>
    private void Prepare()
    {
        _isPrepared = true;
        var levels = _multipliesResidues ? 0 : totals.Length * _plan!.Levels;
        if (_levels.Length != levels)
        {
            _levels = new long[levels];
        }

        _restProducts = null;
        if (_multipliesResidues)
        {
            var slices = _plan!.Offsets.Length;
            _restProducts = new SparseSliceProducts(size, slices, SlicesOfRests);
            _products = _products is ResidueProducts residues && residues.Slices == slices ? residues
                : new ResidueProducts(_plan, size, _parallel, (i, j, sum) => AddTotal(i, j, sum, 2 * slices - 2));
        }
        else
        {
            _sums = _sums.Length == _plan!.Stride * _plan.Stride ? _sums : new double[_plan.Stride * _plan.Stride];
            _products = new SliceProducts(_plan, _levels, size, _sums);
        }
    }

    /// <summary>Cuts the rows into slices; false when more is left over than can be added one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySlice(int rows)
    {
        if (!_plan!.IsNatural)
        {
            Reorder(rows);
        }

        // From the last octet to the first: what an octet writes beyond its slice, up to seven zeros, the next slice's
        // first octet then overwrites.
        _rests.Clear();
        _lastRests.AsSpan().Fill(-1);
        _matrix.Align();
        var values = _values.Span;
        var matrix = _matrix.Span;
        var isComplete = true;
        for (var c = _valueStride - TileProduct.Octet; c >= 0; c -= TileProduct.Octet)
        {
            var offsets = _plan.Offsets.AsSpan(0, _plan.SlicesOfOctets[c / TileProduct.Octet]);
            var left = Slices8.Cut(values[c..], _valueStride, rows, _plan.Shifters.AsSpan(c), _plan.Units.AsSpan(c),
                offsets, matrix[c..], _plan.Stride);
            if (Vector512.Abs(left) != Vector512<double>.Zero) // only signs may be left
            {
                isComplete &= TryNoteRests(c, rows);
            }
        }

        return isComplete;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reorder(int rows)
    {
        for (var k = 0; k < rows; k++)
        {
            var row = _values.Span.Slice(k * _valueStride, _valueStride);
            row.CopyTo(_row);
            for (var c = 0; c < size; c++)
            {
                row[c] = _row[_plan!.Order[c]];
            }
        }
    }

    /// <summary>
    /// Notes what is left of eight columns as slices that are not in the matrix; false where that is not all, or where
    /// so many values need them that a column had better have one more.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNoteRests(int octet, int rows)
    {
        const int RowsARest = 64; // one value in so many: a slice for the whole column costs about as much
        const int Chance = 8; // so many may fall into a few rows where they are rare
        var isComplete = true;
        for (var c = octet; c < Math.Min(octet + TileProduct.Octet, size); c++)
        {
            var column = _plan!.Order[c];
            for (var k = 0; k < rows; k++)
            {
                var value = _values.Span[k * _valueStride + c];
                if (value != 0)
                {
                    _noted[column]++;
                    _grows[column] |= _noted[column] > Chance + (_sliced + rows) / RowsARest
                        || !TryNote(k, column, value);
                }
            }

            isComplete &= !_grows[column];
        }

        return isComplete;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNote(int row, int column, double value)
    {
        var first = _grids.SlicesOf(column);
        for (var slice = first; slice < first + SlicesOfRests && value != 0; slice++)
        {
            if (!_grids.HasRoomFor(column, slice))
            {
                return false;
            }

            var grid = _grids.GridOf(column, slice);
            var whole = Math.Round(Math.ScaleB(value, -grid));
            value -= Math.ScaleB(whole, grid);
            _rests.Add(new Rest(row, column, slice, (long)whole, _lastRests[row]));
            _lastRests[row] = _rests.Count - 1;
        }

        return value == 0;
    }

    /// <summary>
    /// Adds the products of the slices that are not in the matrix, with those that are and with each other in their
    /// row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRests()
    {
        foreach (var rest in _rests)
        {
            var row = _matrix.Span.Slice(rest.Row * _plan!.Stride, _plan.Slices.Length);
            if (_restProducts is not null)
            {
                _restProducts.Add(rest.Column, rest.Slice, rest.Value, row, _plan.Offsets);
            }
            else
            {
                for (var t = 0; t < row.Length; t++)
                {
                    var (column, slice) = _plan.Slices[t];
                    // The product of two slices of one column stands for both orders.
                    Add(column, rest.Column, slice + rest.Slice,
                        (column == rest.Column ? 2 : 1) * rest.Value * (long)row[t]);
                }
            }

            Add(rest.Column, rest.Column, 2 * rest.Slice, rest.Value * rest.Value);
            for (var place = rest.Previous; place >= 0; place = _rests[place].Previous)
            {
                var other = _rests[place];
                Add(other.Column, rest.Column, other.Slice + rest.Slice,
                    (other.Column == rest.Column ? 2 : 1) * rest.Value * other.Value);
            }
        }

        void Add(int i, int j, int level, long product)
        {
            (i, j) = (Math.Min(i, j), Math.Max(i, j));
            if (_levels.Length > 0)
            {
                _levels[UpperTriangle.Place(i, j, size) * _plan!.Levels + level] += product;
            }
            else
            {
                AddTotal(i, j, (Int128)product, level);
            }
        }
    }

    private bool TryGrowSlices()
    {
        var grown = Enumerable.Range(0, size).Where(column => _grows[column]).ToList();
        Array.Clear(_grows);
        grown.ForEach(column => _noted[column] = 0);
        if (!grown.TrueForAll(column => _grids.HasRoomFor(column, _grids.SlicesOf(column))))
        {
            return false;
        }

        _products?.Flush();
        var most = _grids.Most;
        _grids.Grow(grown);
        if (_grids.Most > most)
        {
            Drain(); // there are more levels from now on
        }

        Arrange();
        return true;
    }

    /// <summary>
    /// A slice that is not in the matrix: Value, a whole number in the grid of the column's slice; Previous is the
    /// place of the row's last one before it, or -1.
    /// </summary>
    private readonly record struct Rest(int Row, int Column, int Slice, long Value, int Previous);
}

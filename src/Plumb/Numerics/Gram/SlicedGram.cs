using System.Runtime.CompilerServices;
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
internal sealed class SlicedGram
{
    /// <summary>
    /// The most rows that can be added at once: their slices stay in the caches between slicing and multiplying.
    /// </summary>
    public const int MostRows = 128;

    private const int RowsOfLevels = 1 << 16; // 8 slices * 2 * 2^42 * 2^16 = 2^62, and room for the rests

    private static readonly double s_mostMagnitude = Math.ScaleB(1, 900); // below it no shifter overflows

    private readonly int _size;
    private readonly ParallelOptions _parallel;
    private readonly ColumnGrids _grids;
    private readonly SliceChunk _chunk;
    private readonly SliceRests _rests;
    private readonly LevelSums _levels;
    private SlicePlan? _plan;
    private bool _multipliesResidues;
    private bool _isPrepared; // whether there is room for the products of the plan
    private ColumnProducts? _products; // of the slices
    private AlignedScratch _matrix = new(0);
    private double[] _sums = []; // of the products of slices; 0 whenever rows are laid out anew
    private SparseSliceProducts? _restProducts; // where residues are multiplied
    private int _rows; // on their way into the totals
    private long _sliced; // all rows so far

    /// <summary>No rows so far.</summary>
    /// <param name="size">The length of z.</param>
    /// <param name="totals">Receives the sums: the upper triangle, row by row.</param>
    /// <param name="threads">The most threads.</param>
    public SlicedGram(int size, ExactSums totals, int threads)
    {
        _size = size;
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        _grids = new ColumnGrids(size);
        _chunk = new SliceChunk(size);
        _rests = new SliceRests(size, _grids);
        _levels = new LevelSums(size, _grids, totals);
    }

    /// <summary>Whether rows are added (1) or taken away (-1).</summary>
    public int Sign
    {
        get => _levels.Sign;
        set
        {
            if (value != _levels.Sign)
            {
                Drain();
                _levels.Sign = value;
            }
        }
    }

    /// <summary>Adds rows, all of them or none.</summary>
    /// <param name="rows">Holds them, without the last element of z.</param>
    /// <param name="start">The first.</param>
    /// <param name="count">At most the rows of one chunk.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SliceOutcome TryAdd(RowBlock rows, int start, int count)
    {
        _chunk.Load(rows, start, count);
        _chunk.FetchQuarter(rows, start + count, 0);
        var most = _chunk.FindLargest(count);
        if (!double.IsFinite(most))
        {
            return SliceOutcome.NotFinite;
        }

        if (most >= s_mostMagnitude)
        {
            return SliceOutcome.Unsliceable;
        }

        RaiseTops();
        _chunk.FetchQuarter(rows, start + count, 1);
        while (!TrySlice(count))
        {
            if (!TryGrowSlices())
            {
                return SliceOutcome.Unsliceable;
            }

            _chunk.Load(rows, start, count);
        }

        _chunk.FetchQuarter(rows, start + count, 2);
        if (_rows + count > RowsOfLevels)
        {
            Drain();
        }

        if (!_isPrepared)
        {
            Prepare();
        }

        _rests.AddProducts(_plan!, _matrix.Span, _levels, _restProducts);
        _chunk.FetchQuarter(rows, start + count, 3);
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
        _restProducts?.Flush(_parallel, (i, j, sum, level) => _levels.AddTotal(i, j, sum, level));
        _levels.Drain();
        _rows = 0;
    }

    /// <summary>Sees to it that each column's first grid covers its values.</summary>
    private void RaiseTops()
    {
        if (_plan is null || !_grids.Cover(_chunk.Largest))
        {
            Drain();
            _grids.Raise(_chunk.Largest);
            Arrange();
        }
    }

    /// <summary>Lays the slices out anew.</summary>
    private void Arrange()
    {
        const int Beyond = ResidueTiles.PanelColumns; // where vectors read that begin in the last row
        var multipliesResidues = ResidueProducts.Pays(_size, _grids.Most, _grids.Total) && _grids.TryLevel();
        if (multipliesResidues != _multipliesResidues)
        {
            Drain(); // each way keeps the sums that are on their way in a place of its own
        }

        _multipliesResidues = multipliesResidues;
        _plan = _grids.Plan(2 * SliceRests.MostSlices);
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
        _levels.Prepare(_multipliesResidues ? 0 : _plan!.AllLevels);
        _restProducts = null;
        if (_multipliesResidues)
        {
            var slices = _plan!.Offsets.Length;
            _restProducts = new SparseSliceProducts(_size, slices, SliceRests.MostSlices);
            _products = _products is ResidueProducts residues && residues.Slices == slices ? residues
                : new ResidueProducts(_plan, _size, _parallel,
                    (i, j, sum) => _levels.AddTotal(i, j, sum, 2 * slices - 2));
        }
        else
        {
            _sums = _sums.Length == _plan!.Stride * _plan.Stride ? _sums : new double[_plan.Stride * _plan.Stride];
            _products = new SliceProducts(_plan, _levels.Values, _size, _sums);
        }
    }

    /// <summary>Cuts the rows into slices; false when more is left over than can be added one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TrySlice(int rows)
    {
        if (!_plan!.IsNatural)
        {
            _chunk.Reorder(_plan, rows);
        }

        // From the last octet to the first: what an octet writes beyond its slice, up to seven zeros, the next slice's
        // first octet then overwrites.
        _rests.Clear();
        _matrix.Align();
        var (stride, isComplete) = (_chunk.Stride, true);
        var values = _chunk.Values;
        var matrix = _matrix.Span;
        for (var c = stride - TileProduct.Octet; c >= 0; c -= TileProduct.Octet)
        {
            var offsets = _plan.Offsets.AsSpan(0, _plan.SlicesOfOctets[c / TileProduct.Octet]);
            var left = Slices8.Cut(values[c..], stride, rows, _plan.Shifters.AsSpan(c), _plan.Units.AsSpan(c),
                offsets, matrix[c..], _plan.Stride);
            if (Vector512.Abs(left) != Vector512<double>.Zero) // only signs may be left
            {
                isComplete &= _rests.TryNote(_chunk, _plan, c, rows, _sliced);
            }
        }

        return isComplete;
    }

    private bool TryGrowSlices()
    {
        var grown = _rests.TakeGrowing();
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
}

using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// What rows hold beyond the slices in the matrix, as slices of their own: a few, whose products are added one by one.
/// </summary>
/// <param name="size">The number of columns.</param>
/// <param name="grids">Where the columns' slices lie.</param>
internal sealed class SliceRests(int size, ColumnGrids grids)
{
    /// <summary>The most such slices of a value, beyond its column's own.</summary>
    public const int MostSlices = 2;

    private readonly List<Rest> _rests = [];
    private readonly int[] _lastRests = new int[SlicedGram.MostRows]; // each row's last one's place; -1 for none
    private readonly long[] _noted = new long[size]; // each column's rests since it grew
    private readonly bool[] _grows = new bool[size]; // whether a column must have a slice more

    /// <summary>Forgets those of the rows before; how often each column had some is remembered.</summary>
    public void Clear()
    {
        _rests.Clear();
        _lastRests.AsSpan().Fill(-1);
    }

    /// <summary>
    /// Notes what is left of eight columns as slices that are not in the matrix; false where that is not all, or where
    /// so many values need them that a column had better have one more.
    /// </summary>
    /// <param name="chunk">What is left of all columns.</param>
    /// <param name="plan">The order of the columns.</param>
    /// <param name="octet">The first of the eight.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="rowsBefore">That of all rows before these.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryNote(SliceChunk chunk, SlicePlan plan, int octet, int rows, long rowsBefore)
    {
        const int RowsARest = 64; // one value in so many: a slice for the whole column costs about as much
        const int Chance = 8; // so many may fall into a few rows where they are rare
        var (stride, isComplete) = (chunk.Stride, true);
        var values = chunk.Values;
        for (var c = octet; c < Math.Min(octet + TileProduct.Octet, size); c++)
        {
            var column = plan.Order[c];
            for (var k = 0; k < rows; k++)
            {
                var value = values[k * stride + c];
                if (value != 0)
                {
                    _noted[column]++;
                    _grows[column] |= _noted[column] > Chance + (rowsBefore + rows) / RowsARest
                        || !TryNoteValue(k, column, value);
                }
            }

            isComplete &= !_grows[column];
        }

        return isComplete;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryNoteValue(int row, int column, double value)
    {
        var first = grids.SlicesOf(column);
        for (var slice = first; slice < first + MostSlices && value != 0; slice++)
        {
            if (!grids.HasRoomFor(column, slice))
            {
                return false;
            }

            var grid = grids.GridOf(column, slice);
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
    /// <param name="plan">How the matrix is laid out.</param>
    /// <param name="matrix">The slices of the rows.</param>
    /// <param name="sums">Receives the products.</param>
    /// <param name="sparse">Receives those with the matrix in their stead, where it is given.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddProducts(SlicePlan plan, ReadOnlySpan<double> matrix, LevelSums sums, SparseSliceProducts? sparse)
    {
        foreach (var rest in _rests)
        {
            var row = matrix.Slice(rest.Row * plan.Stride, plan.Slices.Length);
            if (sparse is not null)
            {
                sparse.Add(rest.Column, rest.Slice, rest.Value, row, plan.Offsets);
            }
            else
            {
                for (var t = 0; t < row.Length; t++)
                {
                    var (column, slice) = plan.Slices[t];
                    // The product of two slices of one column stands for both orders.
                    sums.Add(column, rest.Column, slice + rest.Slice,
                        (column == rest.Column ? 2 : 1) * rest.Value * (long)row[t]);
                }
            }

            sums.Add(rest.Column, rest.Column, 2 * rest.Slice, rest.Value * rest.Value);
            for (var place = rest.Previous; place >= 0; place = _rests[place].Previous)
            {
                var other = _rests[place];
                sums.Add(other.Column, rest.Column, other.Slice + rest.Slice,
                    (other.Column == rest.Column ? 2 : 1) * rest.Value * other.Value);
            }
        }
    }

    /// <summary>The columns that must have a slice more, whose rests are counted anew.</summary>
    public List<int> TakeGrowing()
    {
        var grown = Enumerable.Range(0, size).Where(column => _grows[column]).ToList();
        Array.Clear(_grows);
        grown.ForEach(column => _noted[column] = 0);
        return grown;
    }

    /// <summary>
    /// A slice that is not in the matrix: Value, a whole number in the grid of the column's slice; Previous is the
    /// place of the row's last one before it, or -1.
    /// </summary>
    private readonly record struct Rest(int Row, int Column, int Slice, long Value, int Previous);
}

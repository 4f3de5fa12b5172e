namespace Plumb.Numerics;

/// <summary>
/// Adds up w z z' without error: w z is a sum of two doubles, the rounded product and what rounding leaves (Dekker,
/// Numerische Mathematik 18, 1971), so the sums for
/// [z; rounded w z; rest of w z; w; 1] hold those wanted. Rows of weight 0 are left out.
/// </summary>
internal sealed class WeightedGram
{
    private const int ChunkRows = 128;

    // Above it what rounding leaves is above the subnormals.
    private static readonly double s_least = Math.ScaleB(1, -900);
    private static readonly double s_most = Math.ScaleB(1, 900);

    private readonly int _columns; // of z, less its last element
    private readonly ExactGram _parts;
    private readonly DirectGram _direct;
    private readonly double[] _chunk;
    private readonly StackedRows _rows; // of the chunk

    /// <summary>No rows yet.</summary>
    /// <param name="size">The length of z, its last element 1.</param>
    public WeightedGram(int size)
    {
        _columns = size - 1;
        _direct = new DirectGram(size, null);
        var stride = 3 * _columns + 1;
        _parts = new ExactGram(stride + 1) { Threads = 1 };
        _chunk = new double[ChunkRows * stride];
        _rows = new StackedRows(ChunkRows, _chunk, stride, default, 0);
    }

    /// <summary>
    /// Adds rows, up to the first with a value that is not finite; returns how many. Those whose products leave the
    /// range of doubles are added to the sums directly.
    /// </summary>
    public int Add(ExactGram sums, RowBlock rows, ReadOnlySpan<double> weights, int start, int count, int sign)
    {
        var stride = _parts.Size - 1;
        var filled = 0;
        for (var k = 0; k < count; k++)
        {
            var weight = weights[start + k];
            var row = _chunk.AsSpan(filled * stride, stride);
            rows.Load(start + k, 1, row, stride);
            var parts = Split(row, weight);
            if (parts == SliceOutcome.NotFinite)
            {
                Flush(filled, sign);
                return k;
            }

            if (parts == SliceOutcome.Unsliceable)
            {
                _direct.Add(sums, rows, weights, start + k, 1, sign);
            }
            else if (weight != 0 && ++filled == ChunkRows)
            {
                Flush(filled, sign);
                filled = 0;
            }
        }

        Flush(filled, sign);
        return count;
    }

    /// <summary>Moves everything to the sums.</summary>
    public void DrainTo(ExactGram sums)
    {
        for (var i = 0; i <= _columns; i++)
        {
            for (var j = i; j <= _columns; j++)
            {
                sums.Add(i, j, j < _columns ? _parts[i, _columns + j] + _parts[i, 2 * _columns + j]
                    : i < _columns ? _parts[_columns + i, _parts.Size - 1] + _parts[2 * _columns + i, _parts.Size - 1]
                    : _parts[3 * _columns, _parts.Size - 1]);
            }
        }

        _parts.Clear();
    }

    private void Flush(int filled, int sign) => _parts.AddOnThisThread(_rows, default, 0, filled, sign);

    private SliceOutcome Split(Span<double> row, double weight)
    {
        var outcome = SliceOutcome.Added;
        var rounded = row.Slice(_columns, _columns);
        var rest = row.Slice(2 * _columns, _columns);
        for (var j = 0; j < _columns; j++)
        {
            var product = weight * row[j];
            if (!double.IsFinite(row[j]))
            {
                return SliceOutcome.NotFinite;
            }

            var isExact = product == 0 ? weight == 0 || row[j] == 0
                : Math.Abs(product) is var size && size > s_least && size < s_most;
            outcome = isExact ? outcome : SliceOutcome.Unsliceable;

            rounded[j] = product;
            rest[j] = Math.FusedMultiplyAdd(weight, row[j], -product);
        }

        row[3 * _columns] = weight;
        return outcome;
    }
}

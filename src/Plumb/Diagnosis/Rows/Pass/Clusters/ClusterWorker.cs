namespace Plumb.Diagnosis;

/// <summary>Adds the rows that a thread has computed to the sums of their groups.</summary>
internal sealed class ClusterWorker
{
    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly ClusterSums _sums;
    private readonly ClusterCache[] _scores;
    private readonly ClusterCache? _products;
    private readonly long[] _row; // of the scores, one target after another
    private readonly long[] _productsOfRow = [];

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="sums">The sums of all threads.</param>
    public ClusterWorker(RowFrame frame, RowColumns columns, ClusterSums sums)
    {
        (_frame, _columns, _sums) = (frame, columns, sums);
        _scores = [.. sums.Scores.Select(table => new ClusterCache(table))];
        _row = new long[sums.Width * frame.Targets.Length];
        if (sums.Products is { } products)
        {
            (_products, _productsOfRow) = (new ClusterCache(products), new long[products.Width]);
        }
    }

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    public bool Add()
    {
        var isFinite = true;
        for (var i = 0; i < _columns.Count && _scores.Length > 0; i++)
        {
            var frequency = (long)_columns.Frequencies[i];
            isFinite &= ComputeScores(i, frequency);
            var first = BitsOf(0, i);
            _scores[0].Add(new ClusterKey(first, 0), _row);
            if (_scores.Length > 1)
            {
                var second = BitsOf(1, i);
                _scores[1].Add(new ClusterKey(second, 0), _row);
                _scores[2].Add(new ClusterKey(first, second), _row);
            }

            if (_sums.Products is not null)
            {
                isFinite &= ComputeProducts(i, frequency);
                _products!.Add(new ClusterKey(first, 0), _productsOfRow);
            }
        }

        _sums.KeepBound();
        return isFinite;
    }

    /// <summary>Hands what the thread still has over to the sums of all.</summary>
    public void Flush()
    {
        Array.ForEach(_scores, scores => scores.Flush());
        if (_sums.Products is not null)
        {
            _products!.Flush();
            _sums.KeepBound();
        }
    }

    private ulong BitsOf(int grouping, int row) =>
        BitConverter.DoubleToUInt64Bits(_columns.Groups[grouping][row] + 0.0); // -0 is 0

    private bool ComputeScores(int row, long frequency)
    {
        var (isFinite, place) = (true, 0);
        for (var t = 0; t < _frame.Targets.Length; t++)
        {
            var residual = _columns.Residuals(t)[row];
            for (var k = 0; k < _sums.Width; k++)
            {
                isFinite &= _sums.TryRound(residual * ColumnOf(k)[row], out var score);
                _row[place++] = score * frequency;
            }
        }

        return isFinite;
    }

    private bool ComputeProducts(int row, long frequency)
    {
        var (isFinite, place) = (true, 0);
        for (var k = 0; k < _sums.Width; k++)
        {
            var factor = ColumnOf(k)[row];
            for (var j = 0; j <= k; j++)
            {
                isFinite &= _sums.TryRound(factor * ColumnOf(j)[row], out var product);
                _productsOfRow[place++] = product * frequency;
            }
        }

        return isFinite;
    }

    private double[] ColumnOf(int k) => _columns.Columns[k < _frame.Coordinates ? k : _frame.PlaceOfConstant];
}

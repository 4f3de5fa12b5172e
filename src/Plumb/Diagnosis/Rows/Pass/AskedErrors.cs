namespace Plumb;

/// <summary>What a pass sums for errors that were asked for, beside those that every look finds.</summary>
internal sealed class AskedErrors
{
    private readonly SandwichGrams? _grams;
    private readonly ClusterSums[] _clusters = []; // of one column, or of two and of their pairs
    private readonly WindowRun[] _windows;
    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly double[] _score;

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame, which says what was asked for.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    public AskedErrors(RowFrame frame, RowColumns columns)
    {
        (_frame, _columns, _score) = (frame, columns, new double[frame.Coordinates + 1]);
        _windows = [.. frame.Windows.Select(window => new WindowRun(_score.Length, window.Lags))];
        if (frame.Asked is HeteroskedasticErrors { Kind: not HeteroskedasticKind.HC3 and var kind })
        {
            _grams = new SandwichGrams(frame, columns, kind);
        }
        else if (frame.Asked is ClusteredErrors { Second: var second })
        {
            _clusters = second is null ? [new ClusterSums(frame, columns, 0)]
                : [new ClusterSums(frame, columns, 0), new ClusterSums(frame, columns, 1),
                    new ClusterSums(frame, columns, 0, 1)];
        }
    }

    /// <summary>How many groups there are, by column.</summary>
    public long[] Groups => [.. _clusters.Take(2).Select(cluster => cluster.Count)];

    /// <summary>The sums for errors where noise is uneven; null where others were asked for.</summary>
    public SandwichGrams? Grams => _grams;

    /// <summary>
    /// A target's sums of products of scores, coordinates x coordinates, the constant last: each grouping's times
    /// G / (G - 1), the pairs' subtracted.
    /// </summary>
    public double[,] OfClusters(int target)
    {
        var products = _clusters.Select(cluster => cluster.Products(target)).ToArray();
        var sum = new double[products[0].GetLength(0), products[0].GetLength(0)];
        for (var k = 0; k < products.Length; k++)
        {
            var factor = (double)_clusters[k].Count / (_clusters[k].Count - 1) * (k == 2 ? -1 : 1);
            for (var i = 0; i < sum.GetLength(0); i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    sum[i, j] += factor * products[k][i, j];
                }
            }
        }

        return sum;
    }

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    /// <param name="frequencies">How many rows each stands for; empty where each is one.</param>
    public bool Add(ReadOnlyMemory<double> frequencies)
    {
        var isFinite = _grams?.Add(frequencies) ?? true;
        foreach (var cluster in _clusters)
        {
            isFinite &= cluster.Add();
        }

        if (_windows.Length > 0)
        {
            AddToWindows();
        }

        return isFinite;
    }

    /// <summary>Ends a chunk of rows: what windows that reach beyond it need, one a window.</summary>
    public IReadOnlyList<WindowEnds> EndChunk() => [.. _windows.Select(window => window.End())];

    /// <summary>Adds the windows that reach from one chunk into the next.</summary>
    public void Add(IReadOnlyList<WindowJoin> joins)
    {
        foreach (var (window, join) in _windows.Zip(joins))
        {
            window.Gram.Add(join.Gram);
        }
    }

    /// <summary>Whether the sums over windows are those of numbers within bounds.</summary>
    public bool AreWindowsFinite => Array.TrueForAll(_windows, window => window.Gram.IsFinite);

    /// <summary>The sum of products of two sums over windows; the constant comes last.</summary>
    /// <param name="window">The place of the window in the frame.</param>
    /// <param name="i">A coordinate.</param>
    /// <param name="j">Another.</param>
    public double OfWindows(int window, int i, int j) => _windows[window].Gram[i, j];

    /// <summary>Adds another's sums.</summary>
    public void Add(AskedErrors other)
    {
        _grams?.Add(other._grams!);
        for (var k = 0; k < _clusters.Length; k++)
        {
            _clusters[k].Add(other._clusters[k]);
        }

        for (var k = 0; k < _windows.Length; k++)
        {
            _windows[k].Gram.Add(other._windows[k].Gram);
        }
    }

    private void AddToWindows()
    {
        for (var k = 0; k < _windows.Length; k++)
        {
            var residuals = _columns.Residuals(_frame.Windows[k].Target);
            for (var i = 0; i < _columns.Count; i++)
            {
                for (var c = 0; c < _score.Length; c++)
                {
                    var column = _columns.Columns[c < _frame.Coordinates ? c : _frame.PlaceOfConstant];
                    _score[c] = WindowGram.OnGrid(residuals[i] * column[i]);
                }

                _windows[k].Push(_score);
            }
        }
    }
}

namespace Plumb.Diagnosis;

/// <summary>What a pass sums for errors that were asked for, beside those that every look finds.</summary>
internal sealed class AskedErrors
{
    private readonly SandwichGrams? _grams;
    private readonly ClusterWorker _clusters;
    private readonly WindowRun[] _windows;
    private readonly RowFrame _frame;
    private readonly RowColumns _columns;
    private readonly double[] _score;
    private readonly BootstrapSums? _bootstrap;
    private readonly double[] _products = []; // of a row, for the bootstrap

    /// <summary>No rows yet.</summary>
    /// <param name="frame">The frame, which says what was asked for.</param>
    /// <param name="columns">Holds the rows that are added.</param>
    /// <param name="clusters">The sums of groups of rows, of all threads.</param>
    public AskedErrors(RowFrame frame, RowColumns columns, ClusterSums clusters)
    {
        (_frame, _columns, _score) = (frame, columns, new double[frame.Coordinates + 1]);
        (Clusters, _clusters) = (clusters, new ClusterWorker(frame, columns, clusters));
        _windows = [.. frame.Windows.Select(window => new WindowRun(_score.Length, window.Lags))];
        if (frame is { Asked: BootstrapErrors bootstrap, HasProducts: true })
        {
            var size = frame.Place.Count;
            _products = new double[size * (size + 1) / 2 + size * frame.Targets.Length];
            _bootstrap = new BootstrapSums(_products.Length, frame.Fit.Rows, bootstrap.Resamples, bootstrap.Seed);
        }

        if (frame.Asked is HeteroskedasticErrors { Kind: not HeteroskedasticKind.HC3 and var kind })
        {
            _grams = new SandwichGrams(frame, columns, kind);
        }
    }

    /// <summary>The sums of groups of rows, of all threads that have ended.</summary>
    public ClusterSums Clusters { get; }

    /// <summary>
    /// The number of the next row among all, each as often as it counts; those of weight 0 have none.
    /// </summary>
    public long NextRow { get; set; }

    /// <summary>The sums of a bootstrap's replicates; null where none was asked for.</summary>
    public BootstrapSums? Bootstrap => _bootstrap;

    /// <summary>The sums for errors where noise is uneven; null where others were asked for.</summary>
    public SandwichGrams? Grams => _grams;

    /// <summary>Adds the rows that the columns hold; false where a number is too large.</summary>
    /// <param name="frequencies">How many rows each stands for; empty where each is one.</param>
    public bool Add(ReadOnlyMemory<double> frequencies)
    {
        var isFinite = _grams?.Add(frequencies) ?? true;
        isFinite &= _clusters.Add();
        if (_windows.Length > 0)
        {
            AddToWindows();
        }

        if (_bootstrap is { } bootstrap)
        {
            AddTo(bootstrap);
            isFinite &= bootstrap.IsFinite;
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

    /// <summary>Ends the thread's rows.</summary>
    public void End() => _clusters.Flush();

    /// <summary>Adds another's sums.</summary>
    public void Add(AskedErrors other)
    {
        _grams?.Add(other._grams!);
        other.End();
        for (var k = 0; k < _windows.Length; k++)
        {
            _windows[k].Gram.Add(other._windows[k].Gram);
        }

        _bootstrap?.Add(other._bootstrap!);
    }

    private void AddTo(BootstrapSums bootstrap)
    {
        var (size, first) = (_frame.Place.Count, _frame.Fit.Settings.Bias ? 1 : 0);
        Span<double> coordinates = size <= 512 ? stackalloc double[size] : new double[size];
        for (var i = 0; i < _columns.Count; i++)
        {
            for (var k = 0; k < size; k++)
            {
                coordinates[k] = k < first ? _columns.Columns[_frame.PlaceOfConstant][i] * _frame.Constant
                    : _columns.Columns[k - first][i];
            }

            var place = 0;
            for (var k = 0; k < size; k++)
            {
                for (var j = 0; j <= k; j++)
                {
                    _products[place++] = coordinates[k] * coordinates[j];
                }
            }

            for (var t = 0; t < _frame.Targets.Length; t++)
            {
                var residual = _columns.Residuals(t)[i];
                for (var k = 0; k < size; k++)
                {
                    _products[place++] = residual * coordinates[k];
                }
            }

            for (var times = _columns.Frequencies[i]; times > 0; times--)
            {
                bootstrap.Add(NextRow++, _products);
            }
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

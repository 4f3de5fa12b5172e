namespace Plumb.Diagnosis;

/// <summary>Looks at blocks of rows on one thread; what it has seen does not depend on which.</summary>
internal sealed class RowWorker
{
    /// <summary>More rows that are outliers are no exceptions.</summary>
    public const int MostOutlierRows = 1000;

    private readonly RowFrame _frame;
    private readonly ChunkJoin _stitch;
    private readonly RowColumns _columns;
    private readonly NeighbourSums? _neighbours;
    private readonly RowChain? _chain; // within a block
    private readonly int[] _order = new int[2 * RowColumns.MostRows];
    private readonly RowEnd _headOfChunk;
    private readonly RowEnd _head; // of a piece
    private readonly RowEnd _tail;
    private long _rowsOfChunk;

    /// <summary>No rows yet.</summary>
    public RowWorker(RowFrame frame, ChunkJoin stitch, ClusterSums clusters)
    {
        (_frame, _stitch) = (frame, stitch);
        _columns = new RowColumns(frame);
        Sums = new RowSums(frame, _columns, clusters);
        Search = new RowSearch(frame, _columns);
        Replicates = new Replicates(frame.Targets.Length);
        Precision = new PrecisionSearch(frame.Names.Inputs.Count + frame.Targets.Length);
        Extremes = new ExtremeSearch(frame.Names.Inputs.Count + frame.Targets.Length);
        Outliers = new Moments(frame.Names, threads: 1);
        Contents = new RowContents(frame);
        Groups = new GroupSums(frame, _columns);
        Clouds = [.. Enumerable.Range(0, frame.Clouds).Select(t => new CloudSearch(frame, _columns, t))];
        _neighbours = frame.HasProducts ? new NeighbourSums(frame) : null;
        _chain = _neighbours is null ? null : new RowChain(_neighbours, fromStart: false);
        var width = _neighbours?.Width ?? 0;
        (_headOfChunk, _head, _tail) = (new RowEnd(width), new RowEnd(width), new RowEnd(width));
    }

    /// <summary>The exact sums.</summary>
    public RowSums Sums { get; }

    /// <summary>The rows that stand out.</summary>
    public RowSearch Search { get; }

    /// <summary>Rows with equal inputs.</summary>
    public Replicates Replicates { get; }

    /// <summary>How precise the numbers are.</summary>
    public PrecisionSearch Precision { get; }

    /// <summary>The values at the ends of each column.</summary>
    public ExtremeSearch Extremes { get; }

    /// <summary>The rows that are too far from the fit, while they are few.</summary>
    public Moments Outliers { get; }

    /// <summary>What they hold.</summary>
    public RowContents Contents { get; }

    /// <summary>Columns that may group the rows.</summary>
    public GroupSums Groups { get; }

    /// <summary>The rows for pictures, per target; none where nobody asked.</summary>
    public IReadOnlyList<CloudSearch> Clouds { get; }

    /// <summary>The rows of weight 0, which were left out.</summary>
    public long RowsWithoutWeight { get; private set; }

    /// <summary>Looks at a block.</summary>
    /// <param name="number">The number of its chunk among all, from 0.</param>
    /// <param name="block">The rows, which follow those that the chunk already has.</param>
    /// <param name="before">How many rows there are before the block, each as often as it counts, and those of weight 0
    /// not.</param>
    public void Add(long number, Dataset block, long before = 0)
    {
        Sums.Asked.NextRow = before;
        var areCounted = block.Weights is { AreFrequencies: true };
        var isWeighted = block.Weights is not null && !areCounted;
        var seen = 0;
        for (var start = 0; start < block.Rows;)
        {
            start = _columns.Load(block, start);
            if (_columns.Count == 0)
            {
                continue;
            }

            seen += _columns.Count;
            Sums.Add(isWeighted, areCounted);
            var first = new RowPosition(number, _rowsOfChunk);
            Search.Add(first, row => AddOutlier(block, _columns.Places[row]));
            Replicates.Add(block, _columns);
            Contents.Add(first, block, _columns);
            Groups.Add(block);
            foreach (var cloud in Clouds)
            {
                cloud.Add(first);
            }

            LookAtValues();
            AddNeighbours(areCounted);
        }

        RowsWithoutWeight += block.Rows - seen;
        _rowsOfChunk += block.Rows;
    }

    /// <summary>Ends a chunk.</summary>
    /// <param name="number">Its number.</param>
    public void EndChunk(long number)
    {
        _stitch.Add(number,
            new ChunkBoundary(_rowsOfChunk, _headOfChunk.Clone(), (_chain?.Last ?? _headOfChunk).Clone())
            {
                Windows = Sums.Asked.EndChunk(),
            });
        _rowsOfChunk = 0;
        _headOfChunk.Clear();
        _chain?.Clear();
    }

    /// <summary>Adds what another has seen.</summary>
    public void Add(RowWorker other)
    {
        Sums.Add(other.Sums);
        Search.Add(other.Search);
        Replicates.Add(other.Replicates);
        Precision.Add(other.Precision);
        Extremes.Add(other.Extremes);
        Outliers.Merge(other.Outliers);
        Contents.Add(other.Contents);
        Groups.Add(other.Groups);
        foreach (var (own, others) in Clouds.Zip(other.Clouds))
        {
            own.Add(others);
        }

        RowsWithoutWeight += other.RowsWithoutWeight;
        AddTo(other._neighbours);
    }

    /// <summary>The sums over all neighbours, once every block has been looked at.</summary>
    public NeighbourSums? Neighbours()
    {
        _stitch.Finish();
        AddTo(_stitch.Sums);
        Sums.Asked.Add(_stitch.Windows);
        return _neighbours;
    }

    private void AddTo(NeighbourSums? others)
    {
        if (others is not null)
        {
            _neighbours?.Add(others);
        }
    }

    private void AddOutlier(Dataset block, int place)
    {
        if (Search.OutlierRows > MostOutlierRows)
        {
            return;
        }

        double[]? weight = block.Weights is { } weights ? [weights.Values[place]] : null;
        Outliers.Add(new Dataset(OnlyRow(block.Inputs), OnlyRow(block.Targets), _frame.Names)
        {
            Weights = weight is null ? null : block.Weights!.AreFrequencies ? RowWeights.Frequencies(weight)
                : RowWeights.Precisions(weight),
        });

        Matrix OnlyRow(Matrix matrix) => Matrix.Create(1, matrix.Columns, (_, j) => matrix[place, j]);
    }

    private void LookAtValues()
    {
        for (var j = 0; j < _frame.Names.Inputs.Count; j++)
        {
            Precision.Add(j, _columns.Input(j)[.._columns.Count]);
            Extremes.Add(j, _columns.Input(j)[.._columns.Count], _columns.Frequencies);
        }

        for (var t = 0; t < _frame.Targets.Length; t++)
        {
            Precision.Add(_frame.Names.Inputs.Count + t, _columns.Target(t));
            Extremes.Add(_frame.Names.Inputs.Count + t, _columns.Target(t), _columns.Frequencies);
        }
    }

    private void AddNeighbours(bool areCounted)
    {
        if (_neighbours is null)
        {
            return;
        }

        ReadOnlySpan<int> order = areCounted ? Repeated() : default;
        _neighbours.Add(_columns, order);
        var count = areCounted ? order.Length : _columns.Count;
        Take(_head, 0, order);
        Take(_tail, Math.Max(count - 2, 0), order);
        _chain!.Join(_head, _tail);
        if (_headOfChunk.Count == 0)
        {
            _headOfChunk.Set(_head);
        }
    }

    // Up to two rows.
    private void Take(RowEnd end, int first, ReadOnlySpan<int> order)
    {
        end.Clear();
        var count = order.Length > 0 ? order.Length : _columns.Count;
        for (var place = first; place < Math.Min(first + 2, count); place++)
        {
            _neighbours!.Take(_columns, order.Length > 0 ? order[place] : place, end.Push());
        }
    }

    // The rows' places, those of rows that stand for several twice: more would add nothing.
    private ReadOnlySpan<int> Repeated()
    {
        var count = 0;
        for (var i = 0; i < _columns.Count; i++)
        {
            _order[count++] = i;
            if (_columns.Frequencies[i] > 1)
            {
                _order[count++] = i;
            }
        }

        return _order.AsSpan(0, count);
    }
}

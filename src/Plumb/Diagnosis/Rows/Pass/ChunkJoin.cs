namespace Plumb.Diagnosis;

/// <summary>
/// Puts blocks of rows that were looked at in any order together again: neighbours across their seams, and the numbers
/// of rows.
/// </summary>
internal sealed class ChunkJoin
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ChunkBoundary> _waiting = []; // for blocks before them
    private readonly List<long> _before = []; // the rows before each block
    private readonly RowChain? _chain;
    private long _rows;

    /// <summary>No blocks yet.</summary>
    public ChunkJoin(RowFrame frame)
    {
        Sums = frame.HasProducts ? new NeighbourSums(frame) : null;
        _chain = Sums is null ? null : new RowChain(Sums, fromStart: true);
        Windows = [.. frame.Windows.Select(window => new WindowJoin(frame.Coordinates + 1, window.Lags))];
    }

    /// <summary>The sums over the seams.</summary>
    public NeighbourSums? Sums { get; }

    /// <summary>The windows over the seams, one a window of the frame.</summary>
    public IReadOnlyList<WindowJoin> Windows { get; }

    /// <summary>Takes what was kept of a block.</summary>
    public void Add(long block, ChunkBoundary seam)
    {
        lock (_lock)
        {
            _waiting.Add(block, seam);
            while (_waiting.Remove(_before.Count, out var next))
            {
                _before.Add(_rows);
                _rows += next.Rows;
                _chain?.Join(next.Head, next.Tail);
                for (var k = 0; k < Windows.Count; k++)
                {
                    Windows[k].Add(next.Windows[k]);
                }
            }
        }
    }

    /// <summary>Ends the last row.</summary>
    public void Finish()
    {
        _chain?.Finish();
        foreach (var window in Windows)
        {
            window.Finish();
        }
    }

    /// <summary>The number of a row, from 1.</summary>
    public long NumberOf(RowPosition position) => _before[(int)position.Block] + position.Row + 1;
}

namespace Plumb.Numerics;

/// <summary>Rows, cut into pieces that threads take in turn: what one of them is held up with the others do.</summary>
internal sealed class RowPieces
{
    private const int FewestRows = 4 * SlicedGram.MostRows; // fewer are not worth a turn
    private const int MostRows = 32 * SlicedGram.MostRows;
    private const int PiecesAThread = 16;
    private readonly int _rows;
    private readonly int _pieceRows;
    private readonly int[] _threads; // that took each piece
    private readonly int[] _added; // rows of each piece; fewer than it has where one could not be added
    private int _next;
    private volatile bool _isStopped;

    /// <summary>Rows to be taken.</summary>
    public RowPieces(int rows, int threads)
    {
        _rows = rows;
        // So that only the last is not full.
        _pieceRows = Math.Clamp(rows / (threads * PiecesAThread), FewestRows, MostRows) / SlicedGram.MostRows
            * SlicedGram.MostRows;
        var pieces = (int)Math.Ceiling((double)rows / _pieceRows);
        (_threads, _added) = (new int[pieces], new int[pieces]);
    }

    /// <summary>The first row that could not be added; -1 when all were.</summary>
    public int FirstNotAdded
    {
        get
        {
            var piece = Enumerable.Range(0, _added.Length).FirstOrDefault(piece => _added[piece] < CountOf(piece), -1);
            return piece < 0 ? -1 : StartOf(piece) + _added[piece];
        }
    }

    /// <summary>The rows that were added, and by which thread.</summary>
    public IEnumerable<(int Thread, int Start, int Count)> Added =>
        Enumerable.Range(0, _added.Length).Select(piece => (_threads[piece], StartOf(piece), _added[piece]));

    /// <summary>Takes pieces as long as there are any and all their rows can be added.</summary>
    /// <param name="thread">Which thread takes them.</param>
    /// <param name="add">Adds rows, from one on and so many, and says how many of them it has added.</param>
    public void Take(int thread, Func<int, int, int> add)
    {
        while (!_isStopped && Interlocked.Increment(ref _next) - 1 is var piece && piece < _added.Length)
        {
            _threads[piece] = thread;
            _added[piece] = add(StartOf(piece), CountOf(piece));
            if (_added[piece] < CountOf(piece))
            {
                _isStopped = true;
            }
        }
    }

    private int StartOf(int piece) => piece * _pieceRows;

    private int CountOf(int piece) => Math.Min(_pieceRows, _rows - StartOf(piece));
}

namespace Plumb.Diagnosis;

/// <summary>Rows that follow each other in pieces: what is between the pieces.</summary>
/// <param name="sums">The sums of neighbours.</param>
/// <param name="fromStart">Whether the first row is the first of all, and not only of a block.</param>
internal sealed class RowChain(NeighbourSums sums, bool fromStart)
{
    private readonly RowEnd _last = new(sums.Width);
    private readonly RowEnd _joined = new(sums.Width); // the last rows, then one of the next piece

    /// <summary>The last two rows so far, or fewer; they are written over.</summary>
    public RowEnd Last => _last;

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _last.Clear();

    /// <summary>Adds a piece.</summary>
    /// <param name="head">Its first two rows, or fewer.</param>
    /// <param name="tail">Its last two, where it has two or more.</param>
    public void Join(RowEnd head, RowEnd tail)
    {
        _joined.Set(_last);
        for (var i = 0; i < head.Count; i++)
        {
            if (_joined.Count > 0 && i == 0)
            {
                sums.AddStep(_joined[^1], head[i]);
            }

            if (_joined.Count > (fromStart ? 0 : 1))
            {
                sums.AddBend(_joined.Count > 1 ? _joined[^2] : _joined[^1], _joined[^1], head[i]);
            }

            _joined.Push(head[i]);
        }

        _last.Set(head.Count > 1 ? tail : _joined);
    }

    /// <summary>Ends the last row of all.</summary>
    public void Finish()
    {
        if (_last.Count > 1)
        {
            sums.AddBend(_last[^2], _last[^1], _last[^1]);
        }
    }
}

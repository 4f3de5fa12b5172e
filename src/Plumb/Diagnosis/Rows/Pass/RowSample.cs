namespace Plumb.Diagnosis;

/// <summary>
/// A bounded number of rows, chosen by hashes of what they hold, so that they are the same in any order: all of them
/// while they are few.
/// </summary>
/// <param name="most">The most rows.</param>
internal sealed class RowSample(int most)
{
    private List<Kept> _rows = [];
    private ulong _limit = ulong.MaxValue; // of the hashes kept

    /// <summary>The rows.</summary>
    public IReadOnlyList<Kept> Rows => _rows;

    /// <summary>Whether some were left out.</summary>
    public bool IsPartial => _limit != ulong.MaxValue;

    /// <summary>Whether it takes a row with this hash.</summary>
    public bool Takes(ulong hash) => hash <= _limit;

    /// <summary>At most so many of them: what a sample of that size would hold.</summary>
    public RowSample Within(int fewer)
    {
        var sample = new RowSample(fewer);
        sample.Add(this);
        return sample;
    }

    /// <summary>The same without some rows.</summary>
    public RowSample Except(Func<RowPosition, bool> isOut) =>
        new(most) { _limit = _limit, _rows = [.. _rows.Where(row => !isOut(row.Position))] };

    /// <summary>Takes a row.</summary>
    public void Add(RowPosition position, ulong hash, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double weight)
    {
        _rows.Add(new Kept(position, hash, x.ToArray(), y.ToArray(), weight));
        Shrink();
    }

    /// <summary>Adds another's rows.</summary>
    public void Add(RowSample other)
    {
        _limit = Math.Min(_limit, other._limit);
        _rows = [.. _rows.Concat(other._rows).Where(row => row.Hash <= _limit)];
        Shrink();
    }

    private void Shrink()
    {
        while (_rows.Count > most && _limit > 0)
        {
            _limit >>= 1;
            _rows = [.. _rows.Where(row => row.Hash <= _limit)];
        }
    }

    /// <summary>A row that was kept.</summary>
    public sealed record Kept(RowPosition Position, ulong Hash, double[] Inputs, double[] Targets, double Weight);
}

namespace Plumb.Diagnosis;

/// <summary>The few rows that stand out most: of equals, the first.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class RowRanking(int most)
{
    private readonly List<RowCandidate> _rows = []; // the largest first

    /// <summary>The rows, the largest first.</summary>
    public IReadOnlyList<RowCandidate> Rows => _rows;

    /// <summary>A row that is not as large is not among them.</summary>
    public double Least => _rows.Count < most ? double.NegativeInfinity : _rows[^1].Size;

    /// <summary>Whether a row would be among them.</summary>
    public bool Takes(double size, RowPosition start, long row) =>
        _rows.Count < most || size > _rows[^1].Size
            || (size == _rows[^1].Size && _rows[^1].Position.CompareTo(start with { Row = start.Row + row }) > 0);

    /// <summary>Takes a row, if it is among the first.</summary>
    public void Add(RowCandidate row)
    {
        var place =
            _rows.FindIndex(other => other.Size < row.Size
                || (other.Size == row.Size && other.Position.CompareTo(row.Position) > 0));
        _rows.Insert(place < 0 ? _rows.Count : place, row);
        if (_rows.Count > most)
        {
            _rows.RemoveAt(most);
        }
    }

    /// <summary>Takes another's rows.</summary>
    public void Add(RowRanking other)
    {
        foreach (var row in other._rows)
        {
            Add(row);
        }
    }
}

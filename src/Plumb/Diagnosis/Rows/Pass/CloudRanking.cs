namespace Plumb.Diagnosis;

/// <summary>The few rows of a cloud that are largest by something: of equals, the first.</summary>
internal sealed class CloudRanking
{
    private const int Most = 10;
    private readonly List<(double Size, RowPosition Position, RowPoint Point)> _rows = []; // the largest first

    /// <summary>The rows, the largest first, by the numbers that they have by now.</summary>
    public RowPoint[] Points(Func<RowPosition, long> numberOf) =>
        [.. _rows.Select(row => row.Point with { Row = numberOf(row.Position) })];

    /// <summary>Whether a row would be among them.</summary>
    public bool Takes(double size, RowPosition start, long row) =>
        _rows.Count < Most || size > _rows[^1].Size
            || (size == _rows[^1].Size && _rows[^1].Position.CompareTo(start with { Row = start.Row + row }) > 0);

    /// <summary>Takes a row, if it is among the first.</summary>
    public void Add(double size, RowPosition position, RowPoint point)
    {
        var place = _rows.FindIndex(other =>
            other.Size < size || (other.Size == size && other.Position.CompareTo(position) > 0));
        _rows.Insert(place < 0 ? _rows.Count : place, (size, position, point));
        if (_rows.Count > Most)
        {
            _rows.RemoveAt(Most);
        }
    }

    /// <summary>Takes another's rows.</summary>
    public void Add(CloudRanking other)
    {
        foreach (var (size, position, point) in other._rows)
        {
            Add(size, position, point);
        }
    }
}

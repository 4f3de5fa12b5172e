namespace Plumb.Diagnosis;

/// <summary>How many rows there are in each cell of a plane.</summary>
public sealed class CloudGrid
{
    private readonly long[] _counts; // row by row of cells

    /// <summary>No rows yet.</summary>
    internal CloudGrid(CloudAxis x, CloudAxis y)
    {
        (X, Y) = (x, y);
        _counts = new long[x.Cells * y.Cells];
    }

    /// <summary>From left to right.</summary>
    public CloudAxis X { get; }

    /// <summary>From bottom to top.</summary>
    public CloudAxis Y { get; }

    /// <summary>All rows.</summary>
    public long Total => _counts.Sum();

    /// <summary>The rows of a cell.</summary>
    /// <param name="x">The cell's place along <see cref="X"/>, from 0.</param>
    /// <param name="y">The cell's place along <see cref="Y"/>, from 0.</param>
    public long this[int x, int y] => _counts[y * X.Cells + x];

    /// <summary>Counts a row.</summary>
    internal void Add(double x, double y, long count) => _counts[Y.CellOf(y) * X.Cells + X.CellOf(x)] += count;

    /// <summary>Adds another's rows.</summary>
    internal void Add(CloudGrid other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }
}

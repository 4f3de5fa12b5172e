namespace Plumb.Diagnosis;

/// <summary>How many rows there are in each cell of an axis.</summary>
public sealed class CloudHistogram
{
    private readonly long[] _counts;

    /// <summary>No rows yet.</summary>
    internal CloudHistogram(CloudAxis axis) => (Axis, _counts) = (axis, new long[axis.Cells]);

    /// <summary>The cells.</summary>
    public CloudAxis Axis { get; }

    /// <summary>All rows.</summary>
    public long Total => _counts.Sum();

    /// <summary>The rows of a cell, from 0.</summary>
    public long this[int cell] => _counts[cell];

    /// <summary>Counts a row.</summary>
    internal void Add(double value, long count) => _counts[Axis.CellOf(value)] += count;

    /// <summary>Adds another's rows.</summary>
    internal void Add(CloudHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }
}

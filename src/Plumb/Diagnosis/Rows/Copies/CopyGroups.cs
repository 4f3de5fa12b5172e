using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>Different rows with how often each occurs, in arrays that are used again when some are dropped.</summary>
/// <param name="inputs">The number of inputs.</param>
/// <param name="targets">The number of targets.</param>
internal sealed class CopyGroups(int inputs, int targets)
{
    private const int Few = 256;

    private readonly Dictionary<RowKey, int> _places = [];
    private readonly int _width = inputs + targets;
    private Group[] _groups = new Group[Few];
    private double[] _numbers = new double[Few * (inputs + targets)]; // a row's inputs, then its targets

    /// <summary>How many different rows.</summary>
    public int Count { get; private set; }

    /// <summary>Counts a row.</summary>
    /// <param name="key">What stands for it.</param>
    /// <param name="ofInputs">What stands for its inputs.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="count">How often it occurs.</param>
    public void Add(RowKey key, RowKey ofInputs, ReadOnlySpan<double> x, ReadOnlySpan<double> y, long count = 1)
    {
        if (_places.TryGetValue(key, out var place))
        {
            _groups[place].Count += count;
            return;
        }

        if (Count == _groups.Length)
        {
            Array.Resize(ref _groups, 2 * Count);
            Array.Resize(ref _numbers, 2 * Count * _width);
        }

        _places.Add(key, Count);
        _groups[Count] = new Group(key, ofInputs, count);
        x.CopyTo(InputsOf(Count));
        y.CopyTo(TargetsOf(Count));
        Count++;
    }

    /// <summary>Counts the rows of another.</summary>
    public void Add(CopyGroups other)
    {
        for (var place = 0; place < other.Count; place++)
        {
            var group = other._groups[place];
            Add(group.Key, group.OfInputs, other.InputsOf(place), other.TargetsOf(place), group.Count);
        }
    }

    /// <summary>Drops the rows whose keys are not wanted.</summary>
    public void Keep(Func<RowKey, bool> isWanted)
    {
        var kept = 0;
        _places.Clear();
        for (var place = 0; place < Count; place++)
        {
            var group = _groups[place];
            if (isWanted(group.Key))
            {
                _places.Add(group.Key, kept);
                _groups[kept] = group;
                Row(place).CopyTo(Row(kept++));
            }
        }

        Count = kept;
    }

    /// <summary>All of them.</summary>
    public CopyGroup[] ToArray() => [.. Enumerable.Range(0, Count).Select(place =>
        new CopyGroup(_groups[place].OfInputs, InputsOf(place).ToArray(), TargetsOf(place).ToArray(),
            _groups[place].Count))];

    private Span<double> Row(int place) => _numbers.AsSpan(place * _width, _width);

    private Span<double> InputsOf(int place) => Row(place)[..inputs];

    private Span<double> TargetsOf(int place) => Row(place)[inputs..];

    private record struct Group(RowKey Key, RowKey OfInputs, long Count);
}

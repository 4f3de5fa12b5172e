namespace Plumb.Diagnosis;

/// <summary>
/// A thread's own sums of a few groups. Where groups are few, or their rows follow each other, threads hardly meet at
/// the table; others' sums lose their places to the next, and go to the table some at a time.
/// </summary>
internal sealed class ClusterCache
{
    private const int MostNumbers = 1 << 15;
    private const int MostGroups = 1 << 11;

    private readonly ClusterTable _table;
    private readonly ClusterKey[] _keys;
    private readonly bool[] _taken;
    private readonly long[] _sums;
    private readonly long[]?[] _waiting = new long[]?[ClusterTable.Shares]; // groups on their way to the table
    private readonly int[] _waitingNumbers = new int[ClusterTable.Shares];
    private readonly int _room;

    /// <summary>No groups yet.</summary>
    /// <param name="table">Takes the sums of groups that lose their places.</param>
    public ClusterCache(ClusterTable table)
    {
        _table = table;
        var groups = 1;
        while (2 * groups <= MostGroups && 2 * groups * (long)table.Width <= MostNumbers)
        {
            groups *= 2;
        }

        (_keys, _taken, _sums) = (new ClusterKey[groups], new bool[groups], new long[groups * table.Width]);
        _room = table.Stride * Math.Clamp(MostNumbers / table.Stride, 1, ClusterTable.MostAtATime);
    }

    /// <summary>Adds numbers to a group's.</summary>
    public void Add(ClusterKey key, ReadOnlySpan<long> numbers)
    {
        var place = (int)(key.Hash() & (uint)(_keys.Length - 1));
        var sums = _sums.AsSpan(place * numbers.Length, numbers.Length);
        if (_taken[place] && _keys[place] == key)
        {
            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] += numbers[k];
            }

            return;
        }

        if (_taken[place])
        {
            HandOver(_keys[place], sums);
        }

        (_keys[place], _taken[place]) = (key, true);
        numbers.CopyTo(sums);
    }

    /// <summary>Hands all sums over to the table.</summary>
    public void Flush()
    {
        for (var place = 0; place < _keys.Length; place++)
        {
            if (_taken[place])
            {
                HandOver(_keys[place], _sums.AsSpan(place * _table.Width, _table.Width));
                _taken[place] = false;
            }
        }

        for (var share = 0; share < ClusterTable.Shares; share++)
        {
            Flush(share);
        }
    }

    private void HandOver(ClusterKey key, ReadOnlySpan<long> sums)
    {
        var share = ClusterTable.ShareOf(key);
        var waiting = (_waiting[share] ??= new long[_room]).AsSpan(_waitingNumbers[share], _table.Stride);
        (waiting[0], waiting[1]) = ((long)key.First, (long)key.Second);
        sums.CopyTo(waiting[ClusterTable.LabelNumbers..]);
        if ((_waitingNumbers[share] += _table.Stride) == _room)
        {
            Flush(share);
        }
    }

    private void Flush(int share)
    {
        _table.Add(share, _waiting[share].AsSpan(0, _waitingNumbers[share]));
        _waitingNumbers[share] = 0;
    }
}

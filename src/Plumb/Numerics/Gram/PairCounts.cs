using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumb.Numerics;

/// <summary>
/// How often two small whole numbers came together: in a table while it is small, else only those that did.
/// </summary>
internal sealed class PairCounts
{
    private const int LargestTable = 1 << 21; // 16 MB

    private readonly Dictionary<(int Left, int Right), long> _rare = [];
    private long[] _table = []; // left by left
    private uint _lefts;
    private uint _rights;

    /// <summary>Counts a pair once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int left, int right)
    {
        if ((uint)left < _lefts && (uint)right < _rights)
        {
            _table[left * (int)_rights + right]++;
        }
        else
        {
            Add(left, right, 1);
        }
    }

    /// <summary>Adds another's counts.</summary>
    public void Add(PairCounts other)
    {
        foreach (var (pair, count) in other.All())
        {
            Add(pair.Left, pair.Right, count);
        }
    }

    /// <summary>All pairs that came, once, with their counts.</summary>
    public IEnumerable<((int Left, int Right) Pair, long Count)> All()
    {
        for (var place = 0; place < _table.Length; place++)
        {
            if (_table[place] > 0)
            {
                yield return ((place / (int)_rights, place % (int)_rights), _table[place]);
            }
        }

        foreach (var (pair, count) in _rare)
        {
            yield return (pair, count);
        }
    }

    private void Add(int left, int right, long count)
    {
        if (((uint)left >= _lefts || (uint)right >= _rights) && !TryGrow(left, right))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_rare, (left, right), out _) += count;
        }
        else
        {
            _table[left * (int)_rights + right] += count;
        }
    }

    // Whether the table is large enough now: it doubles, so that what has been counted is seldom moved.
    private bool TryGrow(int left, int right)
    {
        var lefts = Math.Max(_lefts, BitOperations.RoundUpToPowerOf2((uint)left + 1));
        var rights = Math.Max(_rights, BitOperations.RoundUpToPowerOf2((uint)right + 1));
        if ((ulong)lefts * rights > LargestTable)
        {
            return false;
        }

        var table = new long[lefts * rights];
        for (var i = 0; i < _lefts; i++)
        {
            _table.AsSpan(i * (int)_rights, (int)_rights).CopyTo(table.AsSpan(i * (int)rights));
        }

        (_table, _lefts, _rights) = (table, lefts, rights);
        return true;
    }
}

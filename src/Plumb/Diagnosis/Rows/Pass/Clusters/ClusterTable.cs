using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Diagnosis;

/// <summary>
/// Whole numbers per group of rows, which all threads add to: as whole numbers, in whatever order they come. A group
/// takes 8 bytes a number, and 24 to 32 beside them.
/// </summary>
internal sealed class ClusterTable
{
    /// <summary>A group's labels stand before its numbers.</summary>
    public const int LabelNumbers = 2;

    /// <summary>The most groups that are added at a time.</summary>
    public const int MostAtATime = 32;

    private const int ShareBits = 6;
    private const int NumbersAPage = 1 << 14;

    private readonly Share[] _shares;

    /// <summary>No groups yet.</summary>
    /// <param name="width">How many numbers a group has.</param>
    public ClusterTable(int width)
    {
        Width = width;
        _shares = [.. Enumerable.Range(0, Shares).Select(_ => new Share(Stride))];
    }

    /// <summary>Of groups; threads that add to different ones do not wait for each other.</summary>
    public static int Shares => 1 << ShareBits;

    /// <summary>How many numbers a group has.</summary>
    public int Width { get; }

    /// <summary>How many numbers it takes with its labels.</summary>
    public int Stride => Width + LabelNumbers;

    /// <summary>How many groups there are.</summary>
    public long Count => _shares.Sum(share => (long)share.Count);

    /// <summary>The share that a group belongs to.</summary>
    public static int ShareOf(ClusterKey key) => (int)(key.Hash() >> (64 - ShareBits));

    /// <summary>Adds numbers of a few groups of one share.</summary>
    /// <param name="share">The share.</param>
    /// <param name="groups">Each group's labels, then its numbers.</param>
    public void Add(int share, ReadOnlySpan<long> groups)
    {
        lock (_shares[share])
        {
            _shares[share].Add(groups);
        }
    }

    /// <summary>The groups, in no order, some at a time: each one's labels, then its numbers.</summary>
    public IEnumerable<(ReadOnlyMemory<long> Groups, int Count)> Pages() => _shares.SelectMany(share => share.Filled());

    /// <summary>The numbers of each group, in the order of their labels.</summary>
    public IEnumerable<ReadOnlyMemory<long>> InOrder() => Pages()
        .SelectMany(page => Enumerable.Range(0, page.Count).Select(k => page.Groups.Slice(k * Stride, Stride)))
        .OrderBy(group => KeyOf(group.Span)).Select(group => group[LabelNumbers..]);

    private static ClusterKey KeyOf(ReadOnlySpan<long> group) => new((ulong)group[0], (ulong)group[1]);

    // Groups in pages that never move, and where each is by its hash.
    private sealed class Share(int stride)
    {
        private const int PlaceBits = 26; // the rest of 32 are some of the hash: few groups are looked at for another

        private readonly int _pageBits = Math.Min(7, BitOperations.Log2((uint)Math.Max(NumbersAPage / stride, 1)));
        private readonly List<long[]> _pages = [];

        // Of groups, from 1; 0 where there is none. At most half of them are taken.
        private uint[] _places = new uint[16];

        public int Count { get; private set; }

        public void Add(ReadOnlySpan<long> groups)
        {
            Span<int> places = stackalloc int[MostAtATime];
            Span<ulong> hashes = stackalloc ulong[MostAtATime];
            var count = groups.Length / stride;
            for (var k = 0; k < count; k++)
            {
                hashes[k] = KeyOf(groups[(k * stride)..]).Hash();
                CacheLines.Fetch<uint>(_places.AsSpan((int)hashes[k] & (_places.Length - 1), 1));
            }

            for (var k = 0; k < count; k++)
            {
                places[k] = PlaceOf(groups.Slice(k * stride, LabelNumbers), hashes[k]);
                CacheLines.Fetch<long>(At(places[k]));
            }

            for (var k = 0; k < count; k++)
            {
                var sums = At(places[k])[LabelNumbers..];
                var numbers = groups.Slice(k * stride + LabelNumbers, sums.Length);
                for (var j = 0; j < sums.Length; j++)
                {
                    sums[j] += numbers[j];
                }
            }
        }

        public IEnumerable<(ReadOnlyMemory<long> Groups, int Count)> Filled() => _pages.Select((page, k) =>
            ((ReadOnlyMemory<long>)page, Math.Min(Count - (k << _pageBits), 1 << _pageBits)));

        private int PlaceOf(ReadOnlySpan<long> labels, ulong hash)
        {
            var tag = (uint)(hash >> 32) << PlaceBits;
            for (var place = (uint)hash; ; place++)
            {
                ref var known = ref _places[place & (uint)(_places.Length - 1)];
                if (known == 0)
                {
                    if (Count == (1 << PlaceBits) - 1)
                    {
                        throw new InsufficientMemoryException("there are more groups of rows than have room.");
                    }

                    known = tag | (uint)(Count + 1);
                    return Append(labels);
                }

                var group = (int)(known & ((1 << PlaceBits) - 1)) - 1;
                if ((known ^ tag) >> PlaceBits == 0 && At(group)[..LabelNumbers].SequenceEqual(labels))
                {
                    return group;
                }
            }
        }

        private int Append(ReadOnlySpan<long> labels)
        {
            if (Count == _pages.Count << _pageBits)
            {
                _pages.Add(GC.AllocateUninitializedArray<long>(stride << _pageBits, pinned: true));
            }

            var group = Count++;
            labels.CopyTo(At(group));
            At(group)[LabelNumbers..].Clear();
            if (2 * Count > _places.Length)
            {
                Grow();
            }

            return group;
        }

        private void Grow()
        {
            _places = new uint[2 * _places.Length];
            for (var group = 0; group < Count; group++)
            {
                var hash = KeyOf(At(group)).Hash();
                var place = (uint)hash;
                while (_places[place & (uint)(_places.Length - 1)] != 0)
                {
                    place++;
                }

                _places[place & (uint)(_places.Length - 1)] = ((uint)(hash >> 32) << PlaceBits) | (uint)(group + 1);
            }
        }

        private Span<long> At(int group) =>
            _pages[group >> _pageBits].AsSpan((group & ((1 << _pageBits) - 1)) * stride, stride);
    }
}

using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// The sums over rows of w z z', z of length Size with a last element 1 and w the row's weight, held exactly: the order
/// of rows and additions cannot show.
/// </summary>
/// <param name="size">The length of z.</param>
/// <param name="monomials">What z is made of; the columns themselves when left out.</param>
/// <param name="sums">The sums so far; none when left out.</param>
internal sealed class ExactGram(int size, Monomials? monomials = null, ExactSums? sums = null)
{
    private const int FewestRows = 4; // below, slicing costs more than it saves
    private const int SumsATask = 4096; // fewer take less time than a thread's start

    /// <summary>The longest z: one number a pair of slices of each pair of elements must fit one array.</summary>
    public const int LargestSize = 16_000;

    private ExactSums _sums = sums ?? new ExactSums(UpperTriangle.Length(size)); // the upper triangle, row by row
    private readonly DirectGram _direct = new(size, monomials);
    private bool _isShared; // with a copy, until one of the two changes
    private SlicedGram? _sliced; // rows on their way into the sums
    private WeightedGram? _weighted; // likewise
    private ExactGram[] _shares = []; // likewise, one a thread
    private bool _isPending;

    /// <summary>The length of z.</summary>
    public int Size => size;

    /// <summary>The most threads that add rows.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>The sum of z[i] z[j].</summary>
    public Dyadic this[int i, int j] => SumOf(i, j).Value;

    /// <summary>The sum of z[i] z[j], as it is held.</summary>
    public ExactSum SumOf(int i, int j)
    {
        Drain();
        return _sums[UpperTriangle.Place(Math.Min(i, j), Math.Max(i, j), size)];
    }

    /// <summary>About how many bytes the sums take for z of a length.</summary>
    public static long BytesFor(long size)
    {
        // Products of slices, levels, and the exact sums.
        const int BytesAPair = 3 * 3 * sizeof(double) + 5 * sizeof(long) / 2 + 64;
        return size * size * BytesAPair;
    }

    /// <summary>
    /// Adds (sign 1) or takes away (sign -1) rows: all of them, or none and the place of the first value that is not
    /// finite.
    /// </summary>
    /// <param name="rows">The rows, without the last element of z.</param>
    /// <param name="weights">A finite weight per row, not negative; all 1 when empty.</param>
    /// <param name="sign">1 or -1.</param>
    public (int Row, int Column)? Add(RowBlock rows, ReadOnlyMemory<double> weights, int sign)
    {
        var shares = SharesOf(rows.Rows);
        if (shares == 1)
        {
            var added = AddOnThisThread(rows, weights, 0, rows.Rows, sign);
            if (added < rows.Rows)
            {
                AddOnThisThread(rows, weights, 0, added, -sign);
                return rows.FirstNotFinite(added);
            }

            return null;
        }

        // Each thread has sums of its own; that they are exact means that it cannot show how the rows were shared out.
        while (_shares.Length < shares)
        {
            _shares = [.. _shares, new ExactGram(size, monomials) { Threads = 1 }];
        }

        _isPending = true;
        var pieces = new RowPieces(rows.Rows, shares);
        Parallel.For(0, shares,
            share =>
                pieces.Take(share,
                    (start, count) => _shares[share].AddOnThisThread(rows, weights, start, count, sign)));
        var stop = pieces.FirstNotAdded;
        if (stop < 0)
        {
            return null;
        }

        foreach (var (share, start, count) in pieces.Added)
        {
            _shares[share].AddOnThisThread(rows, weights, start, count, -sign);
        }

        return rows.FirstNotFinite(stop);
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another's sums.</summary>
    public void Add(ExactGram other, int sign)
    {
        other.Drain();
        Unshare();
        Parallel.ForEach(Partitioner.Create(0, _sums.Length, SumsATask),
            new ParallelOptions { MaxDegreeOfParallelism = Threads }, range =>
        {
            for (var k = range.Item1; k < range.Item2; k++)
            {
                _sums.Add(k, other._sums[k], sign);
            }
        });
    }

    /// <summary>Adds to one sum, i &lt;= j.</summary>
    public void Add(int i, int j, Dyadic term)
    {
        Unshare();
        _sums.Add(UpperTriangle.Place(i, j, size), term, 1);
    }

    /// <summary>Adds left[i] right[j] 2^(exponents) to each sum, i &lt;= j.</summary>
    /// <param name="left">Whole numbers with their exponents, as many as z has elements.</param>
    /// <param name="right">Likewise.</param>
    public void AddProducts(ReadOnlySpan<(BigInteger Significand, int Exponent)> left,
        ReadOnlySpan<(BigInteger Significand, int Exponent)> right)
    {
        Unshare();
        for (var (i, place) = (0, 0); i < size; i++)
        {
            for (var j = i; j < size; j++, place++)
            {
                _sums.Add(place,
                    new Dyadic(left[i].Significand * right[j].Significand, left[i].Exponent + right[j].Exponent), 1);
            }
        }
    }

    /// <summary>The sums for some elements of z, in this order; the last of z stays the last.</summary>
    public ExactGram Select(IReadOnlyList<int> elements)
    {
        int[] chosen = [.. elements, size - 1];
        var result = new ExactGram(chosen.Length);
        for (var i = 0; i < chosen.Length; i++)
        {
            Stop.IfAsked();
            for (var j = i; j < chosen.Length; j++)
            {
                result.Add(i, j, this[chosen[i], chosen[j]]);
            }
        }

        return result;
    }

    /// <summary>The sums for z with each element multiplied.</summary>
    /// <param name="factors">A factor an element.</param>
    public ExactGram Times(IReadOnlyList<Dyadic> factors)
    {
        var result = new ExactGram(size, monomials) { Threads = Threads };
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                result.Add(i, j, this[i, j] * factors[i] * factors[j]);
            }
        }

        return result;
    }

    /// <summary>A copy that no change of this one changes, nor the other way round.</summary>
    public ExactGram Clone()
    {
        Drain();
        _isShared = true;
        return new ExactGram(size, monomials, _sums) { Threads = Threads, _isShared = true };
    }

    /// <summary>To be called before a change of the sums.</summary>
    private void Unshare()
    {
        if (_isShared)
        {
            (_sums, _isShared, _sliced) = (_sums.Clone(), false, null); // nothing is on its way into them
        }
    }

    /// <summary>Whether all sums are equal.</summary>
    public bool SameAs(ExactGram other)
    {
        Drain();
        other.Drain();
        for (var k = 0; k < _sums.Length; k++)
        {
            if (_sums[k].Value != other._sums[k].Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Drain();
        Unshare();
        _sums.Clear();
    }

    /// <summary>Moves rows that are on their way into the sums.</summary>
    private void Drain()
    {
        if (!Volatile.Read(ref _isPending))
        {
            return;
        }

        lock (_direct) // threads may share sums that none adds to, and each of them may be the first to look
        {
            if (_isPending)
            {
                MoveIntoSums();
                Volatile.Write(ref _isPending, false);
            }
        }
    }

    private void MoveIntoSums()
    {
        _sliced?.Drain();
        _weighted?.DrainTo(this);
        Parallel.ForEach(_shares, share => share.Drain());
        foreach (var share in _shares)
        {
            Add(share, 1);
            share.Clear();
        }
    }

    /// <summary>Into how many shares rows are cut, one per thread.</summary>
    private int SharesOf(int rows)
    {
        const int FewestRowsAShare = 4096; // fewer take less time than it takes to start a thread
        const long MostBytes = 1L << 30; // of all shares' sums
        var most = Math.Max(1, MostBytes / BytesFor(size));
        return (int)Math.Max(1, Math.Min(Math.Min(Threads, most), rows / FewestRowsAShare));
    }

    /// <summary>
    /// Adds rows on this thread, up to the block of the first value that is not finite; returns how many were added.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int AddOnThisThread(RowBlock rows, ReadOnlyMemory<double> weights, int start, int count, int sign)
    {
        Unshare();
        _isPending = true;
        if (monomials is not null)
        {
            return _direct.Add(this, rows, weights.Span, start, count, sign);
        }

        if (weights.Length > 0)
        {
            return (_weighted ??= new WeightedGram(size)).Add(this, rows, weights.Span, start, count, sign);
        }

        for (var added = 0; added < count;)
        {
            var some = Math.Min(count - added, SlicedGram.MostRows);
            var outcome = SliceOutcome.Unsliceable;
            if (some >= FewestRows)
            {
                _sliced ??= new SlicedGram(size, _sums, Threads);
                _sliced.Sign = sign;
                outcome = _sliced.TryAdd(rows, start + added, some);
            }

            if (outcome == SliceOutcome.NotFinite
                || (outcome == SliceOutcome.Unsliceable
                    && _direct.Add(this, rows, default, start + added, some, sign) < some))
            {
                return added;
            }

            added += some;
        }

        return count;
    }
}

using System.Numerics;

namespace Plumb.Numerics;

/// <summary>The sums over rows of z z', z of length Size with a last element 1, held exactly: the order of rows and additions cannot show.</summary>
internal sealed class ExactGram
{
    private readonly ExactSum[] _sums; // the upper triangle, row by row
    private SlicedGram? _pending; // rows on their way into the sums

    /// <summary>No rows yet.</summary>
    public ExactGram(int size)
    {
        Size = size;
        _sums = new ExactSum[size * (size + 1) / 2];
    }

    /// <summary>The length of z.</summary>
    public int Size { get; }

    /// <summary>The sum of z[i] z[j].</summary>
    public Dyadic this[int i, int j]
    {
        get
        {
            _pending?.Drain();
            return _sums[Place(Math.Min(i, j), Math.Max(i, j))].Value;
        }
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) rows; z is a row of left, then one of right, then 1.</summary>
    /// <param name="left">Rows x leftColumns.</param>
    /// <param name="leftColumns">How many.</param>
    /// <param name="right">Rows x rightColumns.</param>
    /// <param name="rightColumns">How many; leftColumns + rightColumns + 1 is the size.</param>
    /// <param name="rows">How many.</param>
    /// <param name="sign">1 or -1.</param>
    public void Add(ReadOnlyMemory<double> left, int leftColumns, ReadOnlyMemory<double> right, int rightColumns, int rows, int sign)
    {
        const int LeastShare = 1 << 14; // rows
        var shares = Math.Min(Environment.ProcessorCount, rows / LeastShare);
        if (shares < 2)
        {
            Add(left.Span, leftColumns, right.Span, rightColumns, rows, sign);
            return;
        }

        // Each thread has sums of its own; that they are exact means that it cannot show how the rows were shared out.
        var parts = new ExactGram[shares];
        Parallel.For(0, shares, share =>
        {
            var start = (int)((long)rows * share / shares);
            var count = (int)((long)rows * (share + 1) / shares) - start;
            parts[share] = new ExactGram(Size);
            parts[share].Add(left.Span.Slice(start * leftColumns, count * leftColumns), leftColumns, right.Span.Slice(start * rightColumns, count * rightColumns), rightColumns, count, 1);
            parts[share]._pending?.Drain();
        });
        foreach (var part in parts)
        {
            Add(part, sign);
        }
    }

    private void Add(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int rightColumns, int rows, int sign)
    {
        const int FewestRows = 4; // below, slicing costs more than it saves
        var start = 0;
        for (; rows - start >= FewestRows; start += Math.Min(rows - start, SlicedGram.MostRows))
        {
            var count = Math.Min(rows - start, SlicedGram.MostRows);
            var someLeft = left.Slice(start * leftColumns, count * leftColumns);
            var someRight = right.Slice(start * rightColumns, count * rightColumns);
            _pending ??= new SlicedGram(Size, _sums);
            _pending.Sign = sign;
            if (!_pending.TryAdd(someLeft, leftColumns, someRight, rightColumns, count))
            {
                AddDirectly(someLeft, leftColumns, someRight, rightColumns, count, sign);
            }
        }

        AddDirectly(left[(start * leftColumns)..], leftColumns, right[(start * rightColumns)..], rightColumns, rows - start, sign);
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another's sums.</summary>
    public void Add(ExactGram other, int sign)
    {
        other._pending?.Drain();
        for (var k = 0; k < _sums.Length; k++)
        {
            var value = other._sums[k].Value;
            _sums[k].Add(sign < 0 ? -value : value);
        }
    }

    /// <summary>Adds to one sum, i &lt;= j.</summary>
    public void Add(int i, int j, Dyadic term) => _sums[Place(i, j)].Add(term);

    /// <summary>The sums for some elements of z, in this order; the last of z stays the last.</summary>
    public ExactGram Select(IReadOnlyList<int> elements)
    {
        int[] chosen = [.. elements, Size - 1];
        var result = new ExactGram(chosen.Length);
        for (var i = 0; i < chosen.Length; i++)
        {
            for (var j = i; j < chosen.Length; j++)
            {
                result.Add(i, j, this[chosen[i], chosen[j]]);
            }
        }

        return result;
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public ExactGram Clone()
    {
        _pending?.Drain();
        var copy = new ExactGram(Size);
        _sums.CopyTo(copy._sums, 0);
        return copy;
    }

    /// <summary>Whether all sums are equal.</summary>
    public bool SameAs(ExactGram other)
    {
        _pending?.Drain();
        other._pending?.Drain();
        for (var k = 0; k < _sums.Length; k++)
        {
            if (_sums[k].Value != other._sums[k].Value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The slow way that takes every double, one product at a time.</summary>
    private void AddDirectly(ReadOnlySpan<double> left, int leftColumns, ReadOnlySpan<double> right, int rightColumns, int rows, int sign)
    {
        var z = new (long Significand, int Exponent)[Size];
        z[^1] = (1, 0);
        for (var k = 0; k < rows; k++)
        {
            for (var j = 0; j < leftColumns; j++)
            {
                z[j] = Dyadic.Split(left[k * leftColumns + j]);
            }

            for (var j = 0; j < rightColumns; j++)
            {
                z[leftColumns + j] = Dyadic.Split(right[k * rightColumns + j]);
            }

            for (var (i, place) = (0, 0); i < Size; i++)
            {
                for (var j = i; j < Size; j++, place++)
                {
                    _sums[place].Add(sign * (BigInteger)z[i].Significand * z[j].Significand, z[i].Exponent + z[j].Exponent);
                }
            }
        }
    }

    private int Place(int i, int j) => i * Size - i * (i - 1) / 2 + (j - i);
}

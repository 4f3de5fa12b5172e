using System.Numerics;

namespace Plumb.Numerics;

/// <summary>The sums over rows of z z', z of length Size, held exactly: the order of rows, blocks and additions cannot show.</summary>
internal sealed class ExactGram(int size)
{
    private readonly ExactSum[] _sums = new ExactSum[size * (size + 1) / 2]; // the upper triangle, row by row
    private readonly SlicedColumn?[] _columns = new SlicedColumn?[size];
    private readonly long[] _bySliceSum = new long[256];

    /// <summary>The length of z.</summary>
    public int Size => size;

    /// <summary>The sum of z[i] z[j].</summary>
    public Dyadic this[int i, int j] => _sums[Place(Math.Min(i, j), Math.Max(i, j))].Value;

    /// <summary>Adds (sign 1) or takes away (sign -1) a block of rows.</summary>
    /// <param name="columns">The block column by column: Size x rows.</param>
    /// <param name="rows">At most <see cref="SlicedColumn.BlockRows"/>.</param>
    /// <param name="sign">1 or -1.</param>
    public void Add(ReadOnlySpan<double> columns, int rows, int sign)
    {
        if (!TrySlice(columns, rows))
        {
            AddDirectly(columns, rows, sign);
            return;
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                AddProduct(_columns[i]!, _columns[j]!, sign, ref _sums[Place(i, j)]);
            }
        }
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another's sums.</summary>
    public void Add(ExactGram other, int sign)
    {
        for (var k = 0; k < _sums.Length; k++)
        {
            var value = other._sums[k].Value;
            _sums[k].Add(sign < 0 ? -value : value);
        }
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public ExactGram Clone()
    {
        var copy = new ExactGram(size);
        _sums.CopyTo(copy._sums, 0);
        return copy;
    }

    /// <summary>Whether all sums are equal.</summary>
    public bool SameAs(ExactGram other)
    {
        for (var k = 0; k < _sums.Length; k++)
        {
            if (_sums[k].Value != other._sums[k].Value)
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySlice(ReadOnlySpan<double> columns, int rows)
    {
        const int FewestRows = 4; // below, slicing costs more than it saves
        if (rows < FewestRows)
        {
            return false;
        }

        for (var j = 0; j < size; j++)
        {
            _columns[j] ??= new SlicedColumn();
            if (!_columns[j]!.TrySplit(columns.Slice(j * rows, rows)))
            {
                return false;
            }
        }

        return true;
    }

    private void AddProduct(SlicedColumn left, SlicedColumn right, int sign, ref ExactSum sum)
    {
        if (left.Slices == 0 || right.Slices == 0)
        {
            return;
        }

        // Slices a and b meet on the grid of a + b; up to 256 products of 2^53 fit one long.
        var bySum = _bySliceSum.AsSpan(0, left.Slices + right.Slices - 1);
        bySum.Clear();
        for (var a = 0; a < left.Slices; a++)
        {
            for (var b = 0; b < right.Slices; b++)
            {
                bySum[a + b] += SlicedColumn.Dot(left.Slice(a), right.Slice(b));
            }
        }

        var grid = left.Grid(0) + right.Grid(0);
        for (var s = 0; s < bySum.Length; s++)
        {
            sum.Add(sign * bySum[s], grid - (left.Grid(0) - left.Grid(1)) * s);
        }
    }

    /// <summary>The slow way that takes every double, one product at a time.</summary>
    private void AddDirectly(ReadOnlySpan<double> columns, int rows, int sign)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++)
            {
                ref var sum = ref _sums[Place(i, j)];
                for (var k = 0; k < rows; k++)
                {
                    var (left, leftGrid) = Dyadic.Split(columns[i * rows + k]);
                    var (right, rightGrid) = Dyadic.Split(columns[j * rows + k]);
                    sum.Add(sign * (BigInteger)left * right, leftGrid + rightGrid);
                }
            }
        }
    }

    private int Place(int i, int j) => i * size - i * (i - 1) / 2 + (j - i);
}

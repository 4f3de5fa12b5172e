using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// Exact sums side by side, without an object a sum, so that millions of them leave the garbage collector nothing to
/// look at; places may be changed at the same time, one thread a place.
/// </summary>
/// <param name="length">How many.</param>
internal sealed class ExactSums(int length)
{
    private readonly Int256[] _values = Zeros.Of<Int256>(length);
    private readonly int[] _grids = Zeros.Of<int>(length);
    private readonly ConcurrentDictionary<int, BigInteger> _long = []; // sums that are too long for their place
    private volatile bool _hasLong; // whether there has been one

    /// <summary>How many there are.</summary>
    public int Length => length;

    /// <summary>Each sum's whole number on its grid, where it is not too long for its place.</summary>
    public Int256[] Short => _values;

    /// <summary>A sum.</summary>
    public ExactSum this[int place]
    {
        get => new(_values[place], _hasLong && _long.TryGetValue(place, out var whole) ? whole : null, _grids[place]);
        set
        {
            (_values[place], _grids[place]) = (value.Short, value.Grid);
            if (value.Long is { } whole)
            {
                (_long[place], _hasLong) = (whole, true);
            }
            else if (_hasLong)
            {
                _long.TryRemove(place, out _);
            }
        }
    }

    /// <summary>Adds term * 2^grid to one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int place, Int256 term, int grid)
    {
        var sum = this[place];
        sum.Add(term, grid);
        this[place] = sum;
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(int place, in ExactSum other, int sign)
    {
        var sum = this[place];
        sum.Add(other, sign);
        this[place] = sum;
    }

    /// <summary>
    /// Puts a sum on a grid, which holds it; false where its whole number there is too long for its place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryMove(int place, int grid)
    {
        if (this[place].TryOnGrid(grid) is not { } whole)
        {
            return false;
        }

        (_values[place], _grids[place]) = (whole, grid);
        if (_hasLong)
        {
            _long.TryRemove(place, out _);
        }

        return true;
    }

    /// <summary>A copy that shares nothing with this one.</summary>
    public ExactSums Clone()
    {
        var copy = new ExactSums(length);
        _values.CopyTo(copy._values, 0);
        _grids.CopyTo(copy._grids, 0);
        foreach (var (place, whole) in _long)
        {
            (copy._long[place], copy._hasLong) = (whole, true);
        }

        return copy;
    }

    /// <summary>Makes all of them 0.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        _long.Clear();
        _hasLong = false;
    }
}

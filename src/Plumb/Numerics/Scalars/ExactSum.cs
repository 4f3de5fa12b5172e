using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plumb.Numerics;

/// <summary>
/// A running sum of whole numbers on power-of-two grids, held exactly; the order of its terms cannot show. Up to 254
/// bits it takes no object.
/// </summary>
internal struct ExactSum
{
    private const int MostBits = 253; // of each of two terms

    private Int256 _value;
    private object? _long; // a BigInteger, where the sum is, or was once, too long
    private int _grid;

    /// <summary>value * 2^grid.</summary>
    /// <param name="value">The whole number, where it is short.</param>
    /// <param name="whole">The whole number, where it is too long.</param>
    /// <param name="grid">The power of two.</param>
    public ExactSum(Int256 value, BigInteger? whole, int grid) => (_value, _long, _grid) = (value, whole, grid);

    /// <summary>The whole number in units of the grid, where it is short.</summary>
    public readonly Int256 Short => _value;

    /// <summary>The whole number in units of the grid, where it is too long.</summary>
    public readonly BigInteger? Long => (BigInteger?)_long;

    /// <summary>The power of two that the whole number counts in.</summary>
    public readonly int Grid => _grid;

    /// <summary>The sum of all terms so far.</summary>
    public readonly Dyadic Value => new(Whole, _grid);

    /// <summary>-1, 0 or 1.</summary>
    public readonly int Sign => _long is BigInteger whole ? whole.Sign : _value.Sign;

    /// <summary>The largest power of two that divides the sum, which is not 0.</summary>
    public readonly int Exponent =>
        _grid + (_long is BigInteger whole ? (int)BigInteger.TrailingZeroCount(whole) : _value.TrailingZeros);

    private readonly BigInteger Whole => _long is BigInteger whole ? whole : _value;

    /// <summary>An exact number.</summary>
    public static implicit operator ExactSum(Dyadic value)
    {
        var sum = default(ExactSum);
        sum.Add(value);
        return sum;
    }

    /// <summary>a b - c d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ExactSum Determinant(in ExactSum a, in ExactSum b, in ExactSum c, in ExactSum d)
    {
        var sum = default(ExactSum);
        sum.AddProduct(a, b, 1);
        sum.AddProduct(c, d, -1);
        return sum;
    }

    /// <summary>Adds term * 2^grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(Int256 term, int grid)
    {
        if (term.IsZero)
        {
            return;
        }

        if (_long is null && TryAdd(term, grid))
        {
            return;
        }

        var (whole, least) = (Whole, Math.Min(grid, _grid));
        (_long, _grid) = ((whole << (_grid - least)) + ((BigInteger)term << (grid - least)), least);
    }

    /// <summary>Adds term * 2^grid.</summary>
    public void Add(BigInteger term, int grid)
    {
        if (Int256.TryOf(term, MostBits) is { } few)
        {
            Add(few, grid);
            return;
        }

        var least = Sign == 0 ? grid : Math.Min(grid, _grid);
        (_long, _grid) = ((Sign == 0 ? BigInteger.Zero : Whole << (_grid - least)) + (term << (grid - least)), least);
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another sum.</summary>
    public void Add(in ExactSum other, int sign)
    {
        if (other._long is BigInteger whole)
        {
            Add(sign * whole, other._grid);
        }
        else
        {
            Add(sign < 0 ? -other._value : other._value, other._grid);
        }
    }

    /// <summary>Adds an exact number.</summary>
    public void Add(Dyadic term) => Add(term.Significand, term.Exponent);

    /// <summary>
    /// The whole number that this is on a grid, which holds it; null where it has more than 254 bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly Int256? TryOnGrid(int grid)
    {
        var shift = _grid - grid;
        return _long is BigInteger whole ? Int256.TryOf(shift < 0 ? whole >> -shift : whole << shift, MostBits + 1)
            : shift <= 0 || _value.IsZero ? _value >> Math.Min(-shift, 255)
            : _value.BitLength + shift <= MostBits + 1 ? _value << shift
            : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddProduct(in ExactSum left, in ExactSum right, int sign)
    {
        var grid = left._grid + right._grid;
        if (left._long is null && right._long is null && left._value.BitLength + right._value.BitLength <= MostBits)
        {
            var product = left._value * right._value;
            Add(sign < 0 ? -product : product, grid);
        }
        else
        {
            Add(sign * left.Whole * right.Whole, grid);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryAdd(Int256 term, int grid)
    {
        if (_value.IsZero)
        {
            (_value, _grid) = (term, grid);
            return true;
        }

        var least = Math.Min(grid, _grid);
        if (_value.BitLength + (_grid - least) > MostBits || term.BitLength + (grid - least) > MostBits)
        {
            return false;
        }

        (_value, _grid) = ((_value << (_grid - least)) + (term << (grid - least)), least);
        return true;
    }
}

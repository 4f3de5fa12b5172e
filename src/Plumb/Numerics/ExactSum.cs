using System.Numerics;

namespace Plumb.Numerics;

/// <summary>A running sum of whole numbers on power-of-two grids, held exactly; the order of its terms cannot show.</summary>
internal struct ExactSum
{
    private BigInteger _value;
    private int _grid;

    /// <summary>The sum of all terms so far.</summary>
    public readonly Dyadic Value => new(_value, _grid);

    /// <summary>Adds term * 2^grid.</summary>
    public void Add(BigInteger term, int grid)
    {
        if (term.IsZero)
        {
            return;
        }

        if (_value.IsZero)
        {
            (_value, _grid) = (term, grid);
            return;
        }

        if (grid < _grid)
        {
            _value <<= _grid - grid;
            _grid = grid;
        }

        _value += term << (grid - _grid);
    }

    /// <summary>Adds (sign 1) or takes away (sign -1) another sum.</summary>
    public void Add(in ExactSum other, int sign) => Add(sign * other._value, other._grid);

    /// <summary>Adds an exact number.</summary>
    public void Add(Dyadic term) => Add(term.Significand, term.Exponent);
}

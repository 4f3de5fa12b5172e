namespace Plumb.Numerics;

/// <summary>
/// The value of b0 + a1 / (b1 + a2 / (b2 + ...)), term by term, by the modified Lentz algorithm.
/// Thompson and Barnett, Coulomb and Bessel functions of complex arguments and order, J. Comput. Phys. 64, 1986,
/// section 3.
/// </summary>
internal struct ContinuedFraction
{
    private const double Epsilon = 2.3e-16; // one unit in the last place on either side of 1
    private const double Tiny = 1e-300; // stands in for a denominator of exactly zero, and cancels in the next term
    private const int MaxTerms = 100_000_000;
    private double _c;
    private double _d;
    private int _terms;

    /// <summary>The fraction that is b0 alone.</summary>
    public ContinuedFraction(double b0) => _c = Value = b0 == 0 ? Tiny : b0;

    /// <summary>The value of the terms so far.</summary>
    public double Value { get; private set; }

    /// <summary>
    /// Whether more terms would not help: the last one changed nothing, or made the value NaN, or there were too many.
    /// </summary>
    public bool Ended { get; private set; }

    /// <summary>Appends a / (b + ...).</summary>
    public void Add(double a, double b)
    {
        var d = b + a * _d;
        var c = b + a / _c;
        _d = 1 / (d == 0 ? Tiny : d);
        _c = c == 0 ? Tiny : c;
        var factor = _c * _d;
        Value *= factor;
        Ended = !(Math.Abs(factor - 1) > Epsilon) || ++_terms == MaxTerms;
    }
}

using System.Numerics;

namespace Plumb.Numerics;

/// <summary>A fraction of whole numbers in its lowest terms; 0 by default.</summary>
internal readonly record struct Rational
{
    private readonly BigInteger _denominatorLessOne;

    /// <summary>numerator / denominator.</summary>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, _denominatorLessOne) = (numerator / divisor, denominator / divisor - 1);
    }

    /// <summary>What is divided.</summary>
    public BigInteger Numerator { get; }

    /// <summary>What it is divided by; above 0.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>Whether this is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>A whole number.</summary>
    public static implicit operator Rational(long value) => new(value, 1);

    /// <summary>The sum.</summary>
    public static Rational operator +(Rational left, Rational right) => new(
        left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    /// <summary>The negative.</summary>
    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    /// <summary>The difference.</summary>
    public static Rational operator -(Rational left, Rational right) => left + -right;

    /// <summary>The product.</summary>
    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The quotient; right is not 0.</summary>
    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);
}

using System.Numerics;
using Plumb.Numerics;

namespace Plumb.Tests;

/// <summary>A fraction of whole numbers: slow, and right.</summary>
internal readonly struct Fraction : IEquatable<Fraction>
{
    private readonly BigInteger _denominatorLessOne; // so that the default is 0

    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, _denominatorLessOne) = (numerator / divisor, denominator / divisor - 1);
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator => _denominatorLessOne + 1;

    public bool IsZero => Numerator.IsZero;

    public static implicit operator Fraction(long value) => new(value, 1);

    /// <summary>A double, exactly.</summary>
    public static Fraction Of(double value)
    {
        Dyadic exact = value;
        return exact.Exponent >= 0 ? new Fraction(exact.Significand << exact.Exponent, 1)
            : new Fraction(exact.Significand, BigInteger.One << -exact.Exponent);
    }

    public static Fraction operator +(Fraction left, Fraction right) => new(
        left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + -right;

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Fraction operator /(Fraction left, Fraction right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>The nearest double.</summary>
    public double ToDouble() => Dyadic.Ratio(new Dyadic(Numerator, 0), new Dyadic(Denominator, 0));

    public bool Equals(Fraction other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>The solution of A x = b by elimination; null where A is singular.</summary>
    public static Fraction[]? Solve(Fraction[,] matrix, Fraction[] rightHandSide)
    {
        var size = rightHandSide.Length;
        var (a, x) = ((Fraction[,])matrix.Clone(), (Fraction[])rightHandSide.Clone());
        for (var k = 0; k < size; k++)
        {
            var column = k;
            var pivot = Enumerable.Range(k, size - k).FirstOrDefault(i => !a[i, column].IsZero, -1);
            if (pivot < 0)
            {
                return null;
            }

            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (var j = 0; j < size; j++)
            {
                (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            }

            for (var i = 0; i < size; i++)
            {
                var factor = i == k ? 0 : a[i, k] / a[k, k];
                for (var j = k; j < size && !factor.IsZero; j++)
                {
                    a[i, j] -= factor * a[k, j];
                }

                x[i] -= factor * x[k];
            }
        }

        return [.. x.Select((value, k) => value / a[k, k])];
    }
}

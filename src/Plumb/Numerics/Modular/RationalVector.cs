using System.Numerics;

namespace Plumb.Numerics;

/// <summary>A vector of fractions over one denominator, which is positive.</summary>
/// <param name="Numerators">One whole number an element.</param>
/// <param name="Denominator">The common denominator.</param>
internal sealed record RationalVector(BigInteger[] Numerators, BigInteger Denominator);

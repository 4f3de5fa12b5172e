namespace Plumb.Numerics;

/// <summary>A singular value, Fraction * 2^Exponent, and its right singular vector.</summary>
/// <param name="Fraction">From 1 to 2.</param>
/// <param name="Exponent">The power of two: a double's own would not do for all data.</param>
/// <param name="Vector">The singular vector, of length 1.</param>
internal sealed record SingularValue(double Fraction, int Exponent, double[] Vector);

namespace Plumb.Numerics;

/// <summary>A vector that a matrix takes to 0.</summary>
/// <param name="Elements">One number per column; those that are 0 are exactly 0.</param>
/// <param name="IsExact">Whether the elements are exact, and checked; otherwise each is good to 90 bits.</param>
internal sealed record NullVector(Dyadic[] Elements, bool IsExact);

namespace Plumb.Numerics;

/// <summary>
/// What the elements of z are made of, but for the last, which is 1: each is a product of powers of columns of a row.
/// </summary>
/// <param name="Elements">The powers of each element, one or more.</param>
internal sealed record Monomials(IReadOnlyList<IReadOnlyList<Monomials.Power>> Elements)
{
    /// <summary>A column to a power.</summary>
    /// <param name="Column">The column's place in a row.</param>
    /// <param name="Exponent">1 or more.</param>
    internal readonly record struct Power(int Column, int Exponent);
}

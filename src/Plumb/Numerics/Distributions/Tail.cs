namespace Plumb.Numerics;

/// <summary>A tail probability at some x > 0 and the size of its derivative by log x.</summary>
internal readonly record struct Tail(double Probability, double Slope)
{
    /// <summary>The other tail, 1 - probability: a subtraction, for where that is not small.</summary>
    public Tail Complement => this with { Probability = 1 - Probability };

    /// <summary>The tail scaled by c.</summary>
    public Tail Times(double c) => new(Probability * c, Slope * c);
}

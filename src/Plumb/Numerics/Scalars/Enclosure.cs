namespace Plumb.Numerics;

/// <summary>A number that is known up to a proved bound.</summary>
/// <param name="Midpoint">What is taken for it.</param>
/// <param name="Radius">|exact - Midpoint| is at most this; null where nothing is proved.</param>
internal readonly record struct Enclosure(Dyadic Midpoint, Dyadic? Radius)
{
    /// <summary>A number that is known exactly.</summary>
    public static Enclosure Exactly(Dyadic value) => new(value, Dyadic.Zero);

    /// <summary>Whether it is proved to so many bits of itself.</summary>
    public bool IsGoodTo(int bits) =>
        Radius is { } most && (most.IsZero || most.Magnitude < Midpoint.Magnitude - bits);

    /// <summary>Whether its size is proved to be below a power of two.</summary>
    public bool IsBelow(int power) =>
        Radius is { } most && Math.Max(Midpoint.Magnitude, most.Magnitude) < power - 1;

    /// <summary>The same of a number that is not negative, with a bound on its relative error.</summary>
    public Bounded ToBounded()
    {
        const double RoundedUp = 1 + 1.0 / (1L << 40);
        return new Bounded(Midpoint, Radius is not { } most ? double.PositiveInfinity
            : most.IsZero ? 0
            : Midpoint > most ? Dyadic.Ratio(most, Midpoint - most) * RoundedUp
            : double.PositiveInfinity);
    }
}

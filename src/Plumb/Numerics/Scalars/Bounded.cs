namespace Plumb.Numerics;

/// <summary>
/// A number that is not negative, with a proved bound on its relative error, which products and roots hand on as an
/// <see cref="Enclosure"/> would not.
/// </summary>
/// <param name="Value">The number.</param>
/// <param name="RelativeError">|exact - Value| is at most this times the exact number; infinite where nothing is
/// proved.</param>
internal readonly record struct Bounded(Dyadic Value, double RelativeError)
{
    private const double RoundedUp = 1.0000001;

    /// <summary>The same with a bound on the error itself.</summary>
    public Enclosure ToEnclosure() =>
        new(Value, RelativeError < 1 ? Value * (RoundedUp * RelativeError / (1 - RelativeError)) : null);
}

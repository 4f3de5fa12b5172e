namespace Plumb.Numerics;

/// <summary>A number that is not negative, with a proved bound on its error.</summary>
/// <param name="Value">The number.</param>
/// <param name="RelativeError">|exact - Value| is at most this times the exact number; infinite where nothing is
/// proved.</param>
internal readonly record struct Bounded(Dyadic Value, double RelativeError);

namespace Plumb.Numerics;

/// <summary>
/// What an inverse factor J makes of a residual s = b - A x: how far x is from the solution at most, and a step towards
/// it. All in the scaled coordinates.
/// </summary>
/// <param name="Reach">Bounds on |(J A J')^-1 J s|: a vector m has |m'(solution - x)| at most |J m| times this.</param>
/// <param name="Errors">Bounds on |solution - x|.</param>
/// <param name="Square">A bound on s'A^-1 s: what x leaves of a quadratic form beyond its minimum.</param>
/// <param name="Step">About solution - x.</param>
internal sealed record ErrorBounds(Dyadic[] Reach, Dyadic[] Errors, Dyadic Square, Dyadic[] Step);

using Plumb.Numerics;

namespace Plumb.Fitting;

/// <summary>The equations of a fit, which every target shares, and what solves them.</summary>
/// <param name="Moments">The data.</param>
/// <param name="Normal">The equations without penalty.</param>
/// <param name="Solver">Solves those with it, of the columns.</param>
/// <param name="Columns">The inputs to solve for.</param>
internal sealed record FitEquations(Moments Moments, NormalEquations Normal, PositiveDefiniteSolver Solver,
    int[] Columns)
{
    /// <summary>Whether there is a bias.</summary>
    public required bool Bias { get; init; }

    /// <summary>What the penalty adds to the diagonal, on the equations' scale.</summary>
    public required Dyadic Penalty { get; init; }

    /// <summary>The sums of the columns in the solver's coordinates; none without bias.</summary>
    public Dyadic[] Sums => field ??= Bias && Columns.Length > 0
        ? [.. Columns.Select((column, k) => Moments.InputSum(column).Scale(-Solver.Scales[k]))] : [];

    /// <summary>Bounds on the inverse factor times these sums.</summary>
    public Dyadic[] SumBounds => field ??= Sums.Length > 0 ? Solver.Inverse.Project(Sums) : [];
}

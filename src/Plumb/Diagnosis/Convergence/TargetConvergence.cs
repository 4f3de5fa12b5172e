namespace Plumb.Diagnosis;

/// <summary>
/// How close a map has come to the best fit of one target. Distances are in the units of the data; whether they are
/// small is decided by what stands beside them, in the same units.
/// </summary>
/// <param name="Target">The target's name.</param>
/// <param name="Status">How close that is.</param>
/// <param name="Excess">The root mean square, over the rows, of the distance between the map's predictions and the
/// best fit's: excess loss is its square.</param>
/// <param name="Allowed">The excess up to which the map has converged: what the tolerance leaves, or rounding.</param>
/// <param name="Parameter">The determined parameter that is farthest from the best fit's beside its scale: an input's
/// name, or "(bias)". Null where all agree to the last bit, or none is determined by itself.</param>
/// <param name="Distance">How far it is; NaN without a parameter.</param>
/// <param name="Scale">Its standard error; without noise, what rounding in a stable solver leaves of it. NaN without
/// a parameter.</param>
/// <param name="HasNoise">Whether there is noise to measure by, so that scales are standard errors.</param>
public sealed record TargetConvergence(
    string Target,
    ConvergenceStatus Status,
    double Excess,
    double Allowed,
    string? Parameter,
    double Distance,
    double Scale,
    bool HasNoise)
{
    /// <summary>Whether the map is the best fit of this target, as far as anyone can tell.</summary>
    public bool IsConverged => Status is ConvergenceStatus.ToRounding or ConvergenceStatus.WithinTolerance;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(TargetConvergence), PrintMembers);
}

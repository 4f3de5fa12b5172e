namespace Plumb.Fitting;

/// <summary>
/// Inputs that move together on these rows, so that noise leaves their weights untold, though not all combinations of
/// them.
/// </summary>
/// <param name="Inputs">Their places among the inputs.</param>
/// <param name="Direction">The combination of these inputs that varies least on the rows, others held fixed.</param>
/// <param name="Shares">
/// How much of the variance of each one's weight lies along that direction, 0 to 1: Belsley's variance-decomposition
/// proportion.
/// Belsley, Kuh and Welsch, Regression Diagnostics, section 3.2.
/// </param>
/// <param name="Determined">The combination of their weights that the data determine best.</param>
/// <param name="Estimates">Its value, one per target.</param>
/// <param name="Errors">Its standard error, one per target.</param>
/// <param name="PValues">
/// How probable it would be, one per target, that these inputs together explain as much, were all their weights 0:
/// Fisher's F.
/// </param>
public sealed record EntangledGroup(
    IReadOnlyList<int> Inputs,
    LinearCombination Direction,
    IReadOnlyList<double> Shares,
    LinearCombination Determined,
    IReadOnlyList<double> Estimates,
    IReadOnlyList<double> Errors,
    IReadOnlyList<double> PValues)
{
    /// <summary>Their places among the inputs.</summary>
    public IReadOnlyList<int> Inputs { get; init => field = ValueList.Of(value); } = ValueList.Of(Inputs);

    /// <summary>
    /// How much of the variance of each one's weight lies along that direction, 0 to 1: Belsley's variance-
    /// decomposition proportion. Belsley, Kuh and Welsch, Regression Diagnostics, section 3.2.
    /// </summary>
    public IReadOnlyList<double> Shares { get; init => field = ValueList.Of(value); } = ValueList.Of(Shares);

    /// <summary>Its value, one per target.</summary>
    public IReadOnlyList<double> Estimates { get; init => field = ValueList.Of(value); } = ValueList.Of(Estimates);

    /// <summary>Its standard error, one per target.</summary>
    public IReadOnlyList<double> Errors { get; init => field = ValueList.Of(value); } = ValueList.Of(Errors);

    /// <summary>
    /// How probable it would be, one per target, that these inputs together explain as much, were all their weights 0:
    /// Fisher's F.
    /// </summary>
    public IReadOnlyList<double> PValues { get; init => field = ValueList.Of(value); } = ValueList.Of(PValues);

    /// <summary>The targets of which a weight in this group is entangled.</summary>
    public IReadOnlyList<int> Targets { get; internal init => field = ValueList.Of(value); } = ValueList<int>.Empty;

    /// <summary>The names of the inputs.</summary>
    public IReadOnlyList<string> Names => Determined.Names;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(EntangledGroup), PrintMembers);
}

namespace Plumb.Fitting;

/// <summary>The map that fits data best once known noise in the inputs has been taken out.</summary>
/// <param name="Map">W and b.</param>
/// <param name="WeightErrors">The standard errors of the weights, targets x inputs: right for many rows.</param>
/// <param name="BiasErrors">Those of the bias, one per target.</param>
/// <param name="Reliability">The share of each input's variance that is not noise; NaN for an input that does not
/// vary.</param>
public sealed record CorrectedFit(AffineMap Map, Matrix WeightErrors, IReadOnlyList<double> BiasErrors,
    IReadOnlyList<double> Reliability)
{
    /// <summary>Those of the bias, one per target.</summary>
    public IReadOnlyList<double> BiasErrors { get; init => field = ValueList.Of(value); } = ValueList.Of(BiasErrors);

    /// <summary>The share of each input's variance that is not noise; NaN for an input that does not vary.</summary>
    public IReadOnlyList<double> Reliability { get; init => field = ValueList.Of(value); } = ValueList.Of(Reliability);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(CorrectedFit), PrintMembers);
}

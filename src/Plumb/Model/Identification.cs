namespace Plumb;

/// <summary>
/// Which parameters the data determine: the same for every target, because it depends on the inputs alone.
/// </summary>
/// <param name="Weights">One entry per input: whether the data determine its weights.</param>
/// <param name="Bias">Whether the data determine the biases.</param>
public sealed record Identification(IReadOnlyList<bool> Weights, bool Bias)
{
    /// <summary>One entry per input: whether the data determine its weights.</summary>
    public IReadOnlyList<bool> Weights { get; init => field = ValueList.Of(value); } = ValueList.Of(Weights);

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Identification), PrintMembers);
}

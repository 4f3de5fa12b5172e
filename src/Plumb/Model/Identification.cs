namespace Plumb;

/// <summary>
/// Which parameters the data fixed: the same for every target, because it depends on the inputs alone.
/// </summary>
/// <param name="Weights">One entry per input: whether its weights are identified.</param>
/// <param name="Bias">Whether the biases are identified.</param>
public sealed record Identification(IReadOnlyList<bool> Weights, bool Bias)
{
    /// <summary>The same entries in the same order.</summary>
    public bool Equals(Identification? other) => other is not null && Bias == other.Bias
        && Weights.SequenceEqual(other.Weights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Weights.Count, Bias);
}

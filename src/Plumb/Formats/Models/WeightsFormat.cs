namespace Plumb.Formats;

/// <summary>
/// What is known about a file of weights that another program wrote; what is not said follows from names and shapes, or
/// refused.
/// </summary>
public sealed record WeightsFormat
{
    /// <summary>
    /// The name of the array that holds W; null looks for coef_, weights, weight, W and kernel, or for the only matrix.
    /// </summary>
    public string? WeightsName { get; init; }

    /// <summary>
    /// The name of the array that holds b; null looks for intercept_, bias and b, beside the weights.
    /// </summary>
    public string? BiasName { get; init; }

    /// <summary>
    /// Whether W is inputs x targets in the file, as a Keras kernel; otherwise it is targets x inputs, unless its shape
    /// says that it cannot be.
    /// </summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// Which number of each target is its bias, where W and b are one array with one number more than there are
    /// inputs, as for a design matrix with a column of ones; null where b is elsewhere.
    /// </summary>
    public BiasPlace? BiasAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(WeightsFormat), PrintMembers);
}

namespace Plumb;

/// <summary>How a map was made; what does not apply is null.</summary>
/// <param name="By">The method in words: "least squares", "gradient descent", "simulate".</param>
public sealed record Provenance(string By)
{
    /// <summary>The ridge penalty on the weights.</summary>
    public double? Ridge { get; init; }

    /// <summary>Whether the bias was free; false when it was held at zero.</summary>
    public bool? HasBias { get; init; }

    /// <summary>The number of gradient steps.</summary>
    public long? Steps { get; init; }

    /// <summary>The learning rate of the gradient steps.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The short name of the loss: sum, mean, half-mean, mse.</summary>
    public string? Loss { get; init; }

    /// <summary>The seed of the random numbers used.</summary>
    public long? Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(Provenance), PrintMembers);
}

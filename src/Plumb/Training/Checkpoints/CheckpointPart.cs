namespace Plumb.Training;

/// <summary>Some of the numbers of a checkpoint.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Numbers">The numbers.</param>
public sealed record CheckpointPart(string Name, double[] Numbers)
{
    /// <summary>The same name and numbers.</summary>
    public bool Equals(CheckpointPart? other) =>
        other is not null && Name == other.Name && Numbers.AsSpan().SequenceEqual(other.Numbers);

    /// <summary>Of the name and how many numbers there are: the numbers themselves may be written to.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Numbers.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shown.Numbers(Numbers)}";
}

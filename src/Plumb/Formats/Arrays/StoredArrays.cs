namespace Plumb.Formats;

/// <summary>What a file of weights holds.</summary>
/// <param name="Arrays">Its arrays, but those of names.</param>
/// <param name="Names">The names of inputs and targets; null where it has none.</param>
internal sealed record StoredArrays(IReadOnlyList<StoredArray> Arrays, VariableNames? Names = null)
{
    /// <summary>The names of the inputs, where it names no targets; null where it has none.</summary>
    public IReadOnlyList<string>? InputNames { get; init; }
}

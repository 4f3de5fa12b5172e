namespace Plumb.Designs;

/// <summary>
/// A square that is kept beside its input to see whether a target is curved along it; a fit leaves it out.
/// </summary>
/// <param name="Input">The input's name.</param>
/// <param name="Name">The square's own name, as in x^2.</param>
public sealed record KeptSquare(string Input, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(KeptSquare), PrintMembers);
}

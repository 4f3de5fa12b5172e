namespace Plumb;

/// <summary>
/// A piece that moments were merged from: a moments file as it was first written, whatever it has been merged into
/// since.
/// </summary>
/// <param name="Hash">SHA-256 of its names, rows and sums, in hexadecimal: pieces with equal ones hold the same
/// rows.</param>
/// <param name="Rows">The number of its rows.</param>
public sealed record MomentsPart(string Hash, long Rows)
{
    /// <summary>What whoever made the piece says of it, such as its share of a whole; empty where that is
    /// nothing.</summary>
    public string Label { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(MomentsPart), PrintMembers);
}

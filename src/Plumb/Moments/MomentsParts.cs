namespace Plumb;

/// <summary>Of which pieces moments are; never changed.</summary>
/// <param name="List">The pieces, in the order of their hashes.</param>
/// <param name="HasLooseRows">Whether there are, or are missing, rows that no piece tells of.</param>
internal sealed record MomentsParts(IReadOnlyList<MomentsPart> List, bool HasLooseRows)
{
    /// <summary>What is to be said of the piece that is made of all rows, where some are of no piece.</summary>
    public string Label { get; init; } = "";

    /// <summary>Of no rows.</summary>
    public static MomentsParts None { get; } = new([], false);

    /// <summary>Of rows that no piece tells of.</summary>
    public static MomentsParts LooseRows { get; } = new([], true);

    /// <summary>The same, and rows of no piece.</summary>
    public MomentsParts WithLooseRows() => HasLooseRows ? this
        : List.Count == 0 ? LooseRows : this with { HasLooseRows = true };

    /// <summary>The same, and those of other moments.</summary>
    public MomentsParts With(MomentsParts other) => new(
        other.List.Count == 0 ? List : Sorted([.. List, .. other.List]), HasLooseRows || other.HasLooseRows);

    /// <summary>The same, but for those of other moments.</summary>
    public MomentsParts Without(MomentsParts other)
    {
        var (left, areAllHere) = (List.ToList(), true);
        foreach (var part in other.List)
        {
            areAllHere &= left.Remove(part);
        }

        return new MomentsParts(left, HasLooseRows || other.HasLooseRows || !areAllHere);
    }

    /// <summary>The same and, where there are rows of no piece, one that all rows are.</summary>
    /// <param name="hash">Of all.</param>
    /// <param name="rows">Their number.</param>
    public MomentsParts Closed(string hash, long rows) => HasLooseRows
        ? new MomentsParts(Sorted([.. List, new MomentsPart(hash, rows) { Label = Label }]), false) : this;

    private static IReadOnlyList<MomentsPart> Sorted(IEnumerable<MomentsPart> parts) =>
        [.. parts.OrderBy(part => part.Hash, StringComparer.Ordinal)
            .ThenBy(part => part.Label, StringComparer.Ordinal)];
}

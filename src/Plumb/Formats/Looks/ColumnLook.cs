namespace Plumb.Formats;

/// <summary>What a column holds, as far as it was looked at.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it seems to hold.</param>
public sealed record ColumnLook(string Name, ColumnKind Kind)
{
    /// <summary>The rows in which no value is missing.</summary>
    public required long Values { get; init; }

    /// <summary>The rows in which the value is missing.</summary>
    public required long Missing { get; init; }

    /// <summary>How many different values there are; null where there are more than were counted.</summary>
    public required int? Different { get; init; }

    /// <summary>The smallest number; not-a-number where there is none.</summary>
    public required double Smallest { get; init; }

    /// <summary>The largest number; not-a-number where there is none.</summary>
    public required double Largest { get; init; }

    /// <summary>The mean of the numbers; not-a-number where there is none.</summary>
    public required double Mean { get; init; }

    /// <summary>The commonest values of a column of texts, first the commonest; none of others.</summary>
    public required IReadOnlyList<LevelRows> Levels { get; init => field = ValueList.Of(value); }

    /// <summary>The first and the last of dates, as in 2026-11-29; null of others, and where one cannot be read.
    /// </summary>
    public (string First, string Last)? Dates { get; init; }

    /// <summary>The first of dates or truth values that a fit would refuse; null where there is none.</summary>
    internal UnreadCell? FirstUnread { get; init; }

    /// <summary>The sign of amounts, as in 12 %; null of others.</summary>
    public string? Sign { get; init; }

    /// <summary>The values that are no numbers, in a column that otherwise holds numbers.</summary>
    public required long NotNumbers { get; init; }

    /// <summary>The first of these, and its row.</summary>
    public required (string Text, long Row)? FirstNotNumber { get; init; }

    /// <summary>Why it is none, and what to do.</summary>
    internal CellErrorText? Complaint { get; init; }

    /// <summary>Whether every value is one more than the one before, as where rows are numbered.</summary>
    public required bool Counts { get; init; }

    /// <summary>Whether the numbers are whole.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>
    /// A number far away from all others that stands there again and again, as codes for missing values do; null where
    /// there is none.
    /// </summary>
    public required double? MissingCode { get; init; }

    /// <summary>An earlier column that holds the same on every row; null where there is none.</summary>
    public string? CopyOf { get; init; }

    /// <summary>Whether it holds one value only.</summary>
    public bool IsConstant => Different == 1 && Values > 1;

    /// <summary>Whether no two values are the same, and there are some.</summary>
    public bool IsDifferentOnEveryRow => Different == Values && Values >= 3;

    /// <inheritdoc/>
    public override string ToString() => Shown.Record(nameof(ColumnLook), PrintMembers);
}

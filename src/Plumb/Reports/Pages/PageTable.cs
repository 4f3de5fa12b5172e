namespace Plumb.Reports;

/// <summary>A table: a name a row, and what is known of it.</summary>
/// <param name="Columns">The columns; the first holds the names of the rows.</param>
/// <param name="Rows">A cell a column; shorter rows end in empty cells.</param>
internal sealed record PageTable(IReadOnlyList<PageColumn> Columns, IReadOnlyList<IReadOnlyList<PageCell>> Rows)
    : PagePart
{
    /// <summary>What it holds, for those who cannot see where it stands; empty where its heading says so.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Whether its columns have headings: pairs of names and numbers need none.</summary>
    public bool HasHeadings => Columns.Any(column => column.Heading.Length > 0);
}

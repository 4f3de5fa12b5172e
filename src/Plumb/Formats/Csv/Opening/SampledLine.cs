namespace Plumb.Formats;

/// <summary>A record of the sample, as text, and what its cells seem to be.</summary>
/// <param name="Start">Where it begins in the sample.</param>
/// <param name="Line">The physical line that it begins on, from 1.</param>
/// <param name="Cells">Its cells, shortened.</param>
/// <param name="Kinds">For each cell N for a number, D for a date, M for a missing value, T for text.</param>
/// <param name="BeginsQuoted">Whether the first cell stands in quotes.</param>
/// <param name="AfterGap">Whether a blank line, or one of empty cells, stands before it.</param>
internal sealed record SampledLine(int Start, long Line, string[] Cells, char[] Kinds, bool BeginsQuoted, bool AfterGap)
{
    private static readonly System.Buffers.SearchValues<char> s_drawn = System.Buffers.SearchValues.Create("-+=:|_ ");

    /// <summary>Where it ends in the sample, with the first byte of its line end.</summary>
    public required int End { get; init; }

    /// <summary>The number of cells.</summary>
    public int Width => Cells.Length;

    /// <summary>Whether a cell is a number.</summary>
    public bool HasNumber => Array.IndexOf(Kinds, 'N') >= 0;

    /// <summary>Whether the line begins as comments do.</summary>
    public bool IsComment => Cells[0] is ['#' or '%', ..] || Cells[0].StartsWith("//", StringComparison.Ordinal);

    /// <summary>The number of cells up to the last that is not empty.</summary>
    public int Used => Array.FindLastIndex(Cells, cell => cell.Length > 0) + 1;

    /// <summary>Whether it is a line drawn of characters, as between names and rows: ----+----.</summary>
    public bool IsRule => Used > 0 && Cells.All(cell => !cell.AsSpan().ContainsAnyExcept(s_drawn))
        && Cells.Any(cell => cell.Length > 1);
}

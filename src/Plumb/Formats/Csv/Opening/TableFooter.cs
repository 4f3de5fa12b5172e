using System.Globalization;

namespace Plumb.Formats;

/// <summary>
/// Finds where a table ends: below it may be a total, a source, or empty rows, which are left out and told of.
/// </summary>
/// <param name="name">What the file is called in messages.</param>
/// <param name="table">The table.</param>
/// <param name="format">What is said of the file.</param>
internal sealed class TableFooter(string name, FoundTable table, CsvFormat format)
{
    /// <summary>The bytes at the end of a file that are looked at.</summary>
    public const int Window = 1 << 16;

    /// <summary>Whether anything is left out, or may be.</summary>
    public bool IsLookedFor => format.FooterLines is { } given ? given > 0 : table is { Profile: not null, Width: > 1 };

    /// <summary>What was left out; null where nothing was.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>Where the table ends in the last bytes of a file.</summary>
    /// <param name="tail">The bytes.</param>
    /// <param name="isWhole">Whether they begin with a record; otherwise the first line is passed over.</param>
    /// <exception cref="InvalidDataException">There are not as many lines as are to be left out.</exception>
    public int EndOf(ReadOnlySpan<byte> tail, bool isWhole)
    {
        if (format.FooterLines is { } given)
        {
            return EndBefore(tail, given);
        }

        var start = isWhole ? 0 : tail.IndexOfAny((byte)'\n', (byte)'\r') + 1;
        if (start == 0 && !isWhole)
        {
            return tail.Length;
        }

        var lines = SampledLines.Of(tail[start..], true, table.Delimiter, format.CommentBytes, format.Missing, 1) ?? [];
        var last = lines.Count - 1;
        while (last >= 0 && IsBelow(lines[last], table.Profile!))
        {
            last--;
        }

        // The end of the table must be in sight, and its last rows be rows.
        if (last < 0 || lines[last].Width != table.Width
            || (last < lines.Count - 1 && lines.Take(last + 1).Any(line => line.Cells[0] == lines[last + 1].Cells[0])))
        {
            return tail.Length;
        }

        var end = start + lines[last].End;
        end += end < tail.Length && tail[end] == '\n' && tail[end - 1] == '\r' ? 1 : 0;
        if (tail[end..].Count((byte)'"') % 2 != 0)
        {
            return tail.Length; // it may be the inside of a quoted field
        }

        var below = CsvCell.LineEnds(tail[end..].TrimEnd("\r\n"u8)) + 1;
        var blanks = table.Delimiter == '\t' ? "\r\n "u8 : "\r\n \t"u8;
        if (last == lines.Count - 1 && tail[end..].IndexOfAnyExcept(blanks) < 0)
        {
            return tail.Length; // blank lines are passed over anyway
        }

        var text = last == lines.Count - 1 ? "no values"
            : FormattableString.Invariant($"'{TableFindings.Preview(lines[last + 1])}'");
        Finding = new(Severity.Information, "footer",
            string.Create(CultureInfo.InvariantCulture,
                $"{(below == 1 ? "The last line" : $"The last {below} lines")} below the table "
                    + $"{(below == 1 ? "was" : "were")} left out ({text}{(lines.Count - last > 2 ? ", ..." : "")})."),
            "If they are rows, " + Remedies.KeepLastLines + ".");
        return end;
    }

    private static bool IsBelow(SampledLine line, TableProfile profile)
    {
        var place = Array.FindIndex(line.Cells, cell => cell.Length > 0);
        var label = line.Cells[place];
        if (line.Kinds[place] != 'T')
        {
            return false;
        }

        var measured = place < profile.Width && profile.IsMeasured(place);
        if (FooterTexts.IsTotal(label, measured) || (FooterTexts.IsRemark(label) && line.Used == place + 1))
        {
            return line.Width == profile.Width || line.Used <= profile.Width || line.Used == place + 1;
        }

        // A text alone where numbers are expected, of more than a word: no row, whole or cut short.
        return line.Width != profile.Width && (line.AfterGap || FooterTexts.IsRemark(label)
            || (measured && line.Used == 1 && label.Contains(' ', StringComparison.Ordinal)));
    }

    private int EndBefore(ReadOnlySpan<byte> tail, int lines)
    {
        var end = tail.Length;
        for (var left = lines; left > 0; left--)
        {
            end -= end > 0 && tail[end - 1] == '\n' ? 1 : 0;
            end -= end > 0 && tail[end - 1] == '\r' ? 1 : 0;
            end = tail[..end].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
            if (end == 0)
            {
                throw DataErrors.Of(name,
                    string.Create(CultureInfo.InvariantCulture,
                        $"{RowCountFindings.Counted(lines, "line")} were to be left out below the table, and are all "
                            + $"there is, or take more than 64 KB, where rows were expected above them; leave out "
                            + $"fewer."));
            }
        }

        return end;
    }
}

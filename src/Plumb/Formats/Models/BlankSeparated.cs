using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Lines whose cells are separated by blanks, as R and NumPy print tables; quotes hold a cell together.
/// </summary>
internal static class BlankSeparated
{
    /// <summary>The rows of a text, without its empty lines and those that begin with #.</summary>
    public static List<TableRow> Rows(IReadOnlyList<string> lines, string name)
    {
        var rows = new List<TableRow>();
        for (var i = 0; i < lines.Count; i++)
        {
            var isLegend = lines[i].Contains("dtype: ", StringComparison.Ordinal) && i == lines.Count - 1; // pandas'
            if (Cells(lines[i]) is { Length: > 0 } cells && !lines[i].StartsWith('#') && !isLegend)
            {
                rows.Add(TableRow.At(name, i + 1, cells));
            }
        }

        return rows;
    }

    /// <summary>The lines of a text, the last one without an empty one after it.</summary>
    public static string[] Lines(ReadOnlySpan<byte> utf8) =>
        Encoding.UTF8.GetString(utf8).ReplaceLineEndings("\n").TrimEnd().Split('\n');

    /// <summary>The cells of a line.</summary>
    public static string[] Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (isQuoted, isOpen) = (false, false);
        foreach (var c in line.Append(' '))
        {
            if (c == '"')
            {
                (isQuoted, isOpen) = (!isQuoted, true);
            }
            else if (isQuoted || !char.IsWhiteSpace(c))
            {
                cell.Append(c);
                isOpen = true;
            }
            else if (isOpen)
            {
                cells.Add(cell.ToString());
                cell.Clear();
                isOpen = false;
            }
        }

        return [.. cells];
    }
}

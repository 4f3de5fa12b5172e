using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Plumb.Cli;

/// <summary>
/// Rows in aligned columns, for a person who watches: those of the first block decide how wide a column is.
/// </summary>
/// <param name="writer">Receives the lines.</param>
internal sealed class AlignedRows(TextWriter writer)
{
    private const int LongestText = 40;
    private const int LongestNumber = 12; // of more digits, six are shown
    private const int Gap = 2; // between columns
    private int[] _widths = [];
    private bool[] _isText = [];

    /// <summary>Writes the names of the columns, and the first rows under them.</summary>
    /// <param name="names">The names: texts before numbers.</param>
    /// <param name="block">Rows of texts, and of numbers as targets.</param>
    public void Write(IReadOnlyList<string> names, RowsWithTexts? block)
    {
        List<string[]> lines = [[.. names.Select(Shown)], .. CellsOf(block)];
        _widths = [.. names.Select((_, i) => lines.Max(line => line[i].GetCellWidth()))];
        var texts = block?.Texts.Columns ?? 0;
        _isText = [.. names.Select((_, i) => i < texts && lines.Skip(1).Any(line => IsText(line[i])))];
        lines.ForEach(Write);
    }

    /// <summary>Writes further rows.</summary>
    public void Write(RowsWithTexts block)
    {
        foreach (var line in CellsOf(block))
        {
            Write(line);
        }
    }

    private static bool IsText(string cell) => cell.Length > 0 && cell is not ("NA" or "NaN")
        && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static IEnumerable<string[]> CellsOf(RowsWithTexts? block)
    {
        for (var i = 0; i < (block?.Rows.Rows ?? 0); i++)
        {
            var row = i;
            yield return
            [
                .. Enumerable.Range(0, block!.Texts.Columns).Select(j => Shown(block.Texts[row, j] ?? "")),
                .. block.Rows.Targets.Row(row).ToArray().Select(Shown),
            ];
        }
    }

    private void Write(string[] cells)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++)
        {
            var blanks = Math.Max(0, _widths[i] - cells[i].GetCellWidth());
            var (left, right) = _isText[i] ? (0, blanks) : (blanks, 0);
            line.Append(' ', left).Append(cells[i]).Append(' ', right + Gap);
        }

        writer.Write(line.ToString().TrimEnd(' '));
        writer.Write('\n');
    }

    private static string Shown(double number)
    {
        var all = double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture);
        var six = all.Length <= LongestNumber ? all : NumberText.Significant(number, 6);
        return six.Contains('.') && !six.Contains('e', StringComparison.OrdinalIgnoreCase)
            ? six.TrimEnd('0').TrimEnd('.') : six;
    }

    private static string Shown(string text)
    {
        var shown = Escaped.InFull(text);
        return shown.Length <= LongestText ? shown : string.Concat(shown.AsSpan(0, LongestText - 3), "...");
    }
}

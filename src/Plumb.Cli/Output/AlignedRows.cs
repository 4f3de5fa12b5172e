using System.Globalization;
using System.Text;

namespace Plumb.Cli;

/// <summary>
/// Rows in aligned columns, for a person who watches: those of the first block decide how wide a column is.
/// </summary>
/// <param name="writer">Receives the lines.</param>
/// <param name="width">Columns of the terminal.</param>
internal sealed class AlignedRows(TextWriter writer, int width)
{
    private const int LongestText = 40;
    private const int LongestNumber = 12; // of more digits, six are shown
    private const int ShortestName = 6; // longer ones are shortened where room is scarce
    private const int Gap = 2; // between columns
    private int[] _shown = []; // columns that there is room for, from 0
    private int[] _widths = [];
    private bool[] _isText = [];

    /// <summary>The names of the columns that there is no room for.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Writes the names of the columns, and the first rows under them.</summary>
    /// <param name="names">The names: texts before numbers.</param>
    /// <param name="block">Rows of texts, and of numbers as targets.</param>
    public void Write(IReadOnlyList<string> names, RowsWithTexts? block)
    {
        string[] heading = [.. names.Select(Shown)];
        List<string[]> lines = [.. CellsOf(block)];
        int[] least =
        [
            .. heading.Select((name, i) => lines.Select(line => CellWidth.Of(line[i]))
                .Append(Math.Min(ShortestName, CellWidth.Of(name))).Max()),
        ];
        var texts = block?.Texts.Columns ?? 0;
        _shown = WithRoom(least, texts);
        _isText = [.. heading.Select((_, i) => i < texts && lines.Exists(line => IsText(line[i])))];
        LeftOut = [.. heading.Where((_, i) => !_shown.Contains(i))];
        _widths = least;
        var spare = width - _shown.Sum(i => least[i] + Gap) + Gap;
        foreach (var i in _shown)
        {
            var more = Math.Clamp(CellWidth.Of(heading[i]) - _widths[i], 0, Math.Max(0, spare));
            (_widths[i], spare) = (_widths[i] + more, spare - more);
            heading[i] = WordWrap.Shortened(heading[i], _widths[i]);
        }

        Write(heading);
        lines.ForEach(Write);
    }

    // Predictions come first, and one column at least is shown.
    private int[] WithRoom(int[] widths, int texts)
    {
        var room = width + Gap;
        List<int> shown = [];
        foreach (var i in Enumerable.Range(texts, widths.Length - texts).Concat(Enumerable.Range(0, texts)))
        {
            room -= widths[i] + Gap;
            if (room < 0 && shown.Count > 0)
            {
                break;
            }

            shown.Add(i);
        }

        return [.. shown.Order()];
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
        foreach (var i in _shown)
        {
            var blanks = Math.Max(0, _widths[i] - CellWidth.Of(cells[i]));
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

using System.Text;

namespace Plumb.Formats;

/// <summary>What the cells of one column seem to be, counted one by one; missing values say nothing.</summary>
/// <param name="missing">The texts that stand for a missing value.</param>
internal sealed class CellKinds(MissingTexts missing)
{
    private const int MaxLookedAt = 64; // no number, date or truth value is longer
    private static readonly string[] s_words = ["yes", "no", "true", "false"];
    private int _cells;
    private int _numbers;
    private int _dates;
    private int _words;
    private int _letters;
    private AmountSigns _amounts;
    private int _seen; // which letters: t, f, y, n

    /// <summary>The kind that all cells so far are of.</summary>
    /// <remarks>A column with numbers and texts is one of numbers, so that a slip is refused with its row.</remarks>
    public ColumnKind Kind => _amounts.AreAll(_cells) ? ColumnKind.Amount
        : _cells == 0 || _numbers + _amounts.Count > 0 ? ColumnKind.Number
        : _dates == _cells ? ColumnKind.Date
        : AreTruthValues ? ColumnKind.TruthValue
        : ColumnKind.Text;

    // Single letters are truth values where both of a pair occur: F alone may stand for female as well.
    private bool AreTruthValues => _words == _cells || (_letters == _cells && _seen is 0b0011 or 0b1100);

    /// <summary>Takes note of a cell.</summary>
    /// <param name="cell">The cell, trimmed, without its quotes.</param>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (missing.IndexOf(cell) >= 0)
        {
            return;
        }

        _cells++;
        if (_numbers > 0 || DecimalExact.LooksNumeric(cell))
        {
            _numbers++;
            return;
        }

        var text = Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxLookedAt)]);
        if (_amounts.Add(text))
        {
            return;
        }

        var isDate = CellErrorText.IsDate(text.ToLowerInvariant()) && text.Count(c => c == '.') < 3; // not 10.0.0.1
        if (isDate || WrittenDate.Of(cell) is { IsOpen: false, Exists: true }) // 29NOV2026
        {
            _dates++;
        }
        else if (NumberLike.Is(text))
        {
            _numbers++;
        }
        else if (s_words.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            _words++;
        }
        else if (text.Length == 1 && "tfyn".IndexOf(char.ToLowerInvariant(text[0]), StringComparison.Ordinal) is >= 0
            and var letter)
        {
            _letters++;
            _seen |= 1 << letter;
        }
    }
}

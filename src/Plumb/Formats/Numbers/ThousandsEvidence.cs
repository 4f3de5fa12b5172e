using System.Text;

namespace Plumb.Formats;

/// <summary>What the first numbers of some columns show of a separator of thousands.</summary>
/// <param name="separator">The decimal separator.</param>
internal sealed class ThousandsEvidence(byte separator)
{
    private readonly byte[] _marks = [separator == '.' ? (byte)',' : (byte)'.', (byte)' ', (byte)'\''];
    private readonly string?[] _shown = new string?[3];
    private readonly string?[] _possible = new string?[3];
    private readonly bool[] _against = new bool[3];
    private bool _showsDecimals;

    /// <summary>The separator and a number that shows it; null where none does, or others speak against it.</summary>
    public (byte Separator, string Example)? Found
    {
        get
        {
            // Where 64.3 has decimals behind the point, the comma of 1,354 has none.
            string?[] shown = [_shown[0] ?? (_showsDecimals ? _possible[0] : null), .. _shown[1..]];
            int[] found = [.. Enumerable.Range(0, shown.Length).Where(mark => shown[mark] is not null)];
            return found is [var only] && !_against[only] ? (_marks[only], shown[only]!) : null;
        }
    }

    /// <summary>Takes note of a number.</summary>
    /// <param name="cell">Its text, without blanks around it.</param>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (cell.Length < OtherSpelling.Longest && cell.IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0)
        {
            AddNoBreak(cell);
            return;
        }

        var isPlain = DecimalExact.Matches(cell, separator);
        _showsDecimals |= isPlain && ShowsDecimals(cell);
        for (var mark = 0; mark < _marks.Length && !isPlain; mark++)
        {
            _against[mark] |= Speaks(cell, _marks[mark], ref _shown[mark], ref _possible[mark]);
        }
    }

    // A blank that keeps a number on one line can be nothing else, also alone: 155 769.
    private void AddNoBreak(ReadOnlySpan<byte> cell)
    {
        const int Blank = 1; // its place among the marks
        Span<byte> plain = stackalloc byte[OtherSpelling.Longest];
        if (!cell.Contains((byte)' ') && OtherSpelling.IsPossible(cell)
            && OtherSpelling.Rewrite(cell, separator, _marks[Blank], plain) > 0)
        {
            _shown[Blank] ??= Encoding.UTF8.GetString(cell);
        }
    }

    // 64.3, but not 64.300, which may be 64 thousand and 300.
    private bool ShowsDecimals(ReadOnlySpan<byte> cell) =>
        cell.IndexOf(separator) is >= 0 and var point && cell[(point + 1)..] is { Length: not 3 } decimals
            && decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    // Two groups, or one before decimals, can be nothing else; one alone may be decimals. False where a cell says
    // nothing against the mark.
    private bool Speaks(ReadOnlySpan<byte> cell, byte mark, ref string? shown, ref string? possible)
    {
        var groups = cell.Count(mark);
        if (groups == 0 || cell.IndexOfAnyExcept([.. "0123456789+-"u8, separator, mark]) >= 0)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[OtherSpelling.Longest];
        if (!OtherSpelling.IsPossible(cell) || OtherSpelling.Rewrite(cell, separator, mark, plain) == 0)
        {
            return true;
        }

        possible ??= Encoding.UTF8.GetString(cell);
        if (groups > 1 || cell.Contains(separator) || mark == '\'')
        {
            shown ??= Encoding.UTF8.GetString(cell);
        }

        return false;
    }
}

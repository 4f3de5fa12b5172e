using System.Text;

namespace Plumb;

/// <summary>The separator of thousands, where numbers of the first rows plainly show it.</summary>
/// <param name="Separator">The separator.</param>
/// <param name="Example">A number that shows it.</param>
internal sealed record SampledThousands(byte Separator, string Example)
{
    /// <summary>What a user should know.</summary>
    public Finding Finding => new(Severity.Information, "thousands",
        $"'{(char)Separator}' was read as a separator of thousands, as in '{Escaped.Of(Example)}'.", "");

    /// <summary>Looks at the cells of the columns asked for.</summary>
    /// <param name="sample">The first bytes of the rows.</param>
    /// <param name="atEnd">Whether they are all bytes of the rows.</param>
    /// <param name="layout">How numbers are written.</param>
    /// <param name="slots">For each field of a row, whether it holds numbers asked for: then not negative.</param>
    /// <returns>The separator; null where no number shows one, or others speak against it.</returns>
    public static SampledThousands? In(Span<byte> sample, bool atEnd, CsvLayout layout, int[] slots)
    {
        byte[] marks = [layout.Separator == '.' ? (byte)',' : (byte)'.', (byte)' ', (byte)'\''];
        var (shown, possible, against) = (new string?[marks.Length], new string?[marks.Length], new bool[marks.Length]);
        var showsDecimals = false;
        var tokenizer = new CsvTokenizer(layout.Delimiter, layout.CommentPrefix);
        while (tokenizer.Read(sample, atEnd) is var token && token is (CsvToken.Record or CsvToken.Comment))
        {
            for (var i = 0; token == CsvToken.Record && i < tokenizer.Fields.Length; i++)
            {
                if (i < slots.Length && slots[i] >= 0)
                {
                    var field = tokenizer.Fields[i];
                    var cell = CsvCell.Trim(sample.Slice(field.Start, field.Length));
                    var isPlain = DecimalExact.Matches(cell, layout.Separator);
                    showsDecimals |= isPlain && ShowsDecimals(cell, layout.Separator);
                    for (var mark = 0; mark < marks.Length && !isPlain; mark++)
                    {
                        against[mark] |= Speaks(cell, layout.Separator, marks[mark], ref shown[mark],
                            ref possible[mark]);
                    }
                }
            }

            sample = sample[tokenizer.Consumed..];
        }

        // Where 64.3 has decimals behind the point, the comma of 1,354 has none.
        shown[0] ??= showsDecimals ? possible[0] : null;
        var found = Enumerable.Range(0, marks.Length).Where(mark => shown[mark] is not null).ToArray();
        return found is [var only] && !against[only] ? new SampledThousands(marks[only], shown[only]!) : null;
    }

    // 64.3, but not 64.300, which may be 64 thousand and 300.
    private static bool ShowsDecimals(ReadOnlySpan<byte> cell, byte separator) =>
        cell.IndexOf(separator) is >= 0 and var point && cell[(point + 1)..] is { Length: not 3 } decimals
            && decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    // Two groups, or one before decimals, can be nothing else; one alone may be decimals. False where a cell says
    // nothing against the mark.
    private static bool Speaks(ReadOnlySpan<byte> cell, byte separator, byte mark, ref string? shown,
        ref string? possible)
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

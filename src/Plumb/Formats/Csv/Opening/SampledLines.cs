using System.Text;

namespace Plumb.Formats;

/// <summary>
/// The records of the first bytes of a file, read leniently: what is above a table need not be CSV.
/// </summary>
internal static class SampledLines
{
    private const int MaxLookedAt = 64; // no number, date or unit is longer

    /// <summary>All whole records with text in them; null when the bytes end before the first does.</summary>
    /// <param name="sample">The first bytes.</param>
    /// <param name="atEnd">Whether they are all bytes.</param>
    /// <param name="delimiter">The separator of fields; a space stands for any run of blanks.</param>
    /// <param name="comment">What comment lines begin with; may be empty.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    /// <param name="line">The physical line that the bytes begin with.</param>
    public static List<SampledLine>? Of(ReadOnlySpan<byte> sample, bool atEnd, char delimiter, byte[] comment,
        MissingTexts missing, long line)
    {
        if (delimiter == BlankRuns.Delimiter)
        {
            var copy = sample.ToArray();
            new BlankRuns(comment).Exchange(copy, atEnd);
            sample = copy;
        }

        List<SampledLine> lines = [];
        var (position, gap) = (0, false);
        var tokenizer = new CsvTokenizer((byte)delimiter, comment);
        while (true)
        {
            var rest = sample[position..];
            var token = tokenizer.Read(rest, atEnd);
            if (token is CsvToken.End or CsvToken.NeedMore)
            {
                return token == CsvToken.NeedMore && lines.Count == 0 ? null : lines;
            }

            var start = tokenizer.RecordStart;
            if (token == CsvToken.Fault)
            {
                var length = rest[start..].IndexOfAny((byte)'\r', (byte)'\n');
                var text = length < 0 ? rest[start..] : rest.Slice(start, length);
                lines.Add(
                    new SampledLine(position + start, line, [TextOf(text)], ['T'], false, gap)
                    {
                        End = position + start + text.Length,
                    });
                if (length < 0)
                {
                    return lines;
                }

                var end = start + length + (rest[(start + length)..].StartsWith("\r\n"u8) ? 2 : 1);
                (position, line, gap) = (position + end, line + 1, false);
                tokenizer = new CsvTokenizer((byte)delimiter, comment);
                continue;
            }

            if (token == CsvToken.Record)
            {
                var read = LineOf(rest, tokenizer.Fields, missing, position + start, line, gap);
                read = read with { End = position + tokenizer.Consumed };
                gap = read.Used == 0;
                if (!gap)
                {
                    lines.Add(read);
                }
            }

            line += CsvCell.LineEnds(rest[start..tokenizer.Consumed]);
            position += tokenizer.Consumed;
        }
    }

    private static SampledLine LineOf(ReadOnlySpan<byte> record, ReadOnlySpan<CsvField> fields, MissingTexts missing,
        int start, long line, bool gap)
    {
        var cells = new string[fields.Length];
        var kinds = new char[fields.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var cell = record.Slice(fields[i].Start, fields[i].Length).Trim(" \t"u8);
            cells[i] = TextOf(cell);
            kinds[i] = KindOf(cell, cells[i], missing);
        }

        return new SampledLine(start, line, cells, kinds, fields[0].Quoted, gap) { End = start };
    }

    private static string TextOf(ReadOnlySpan<byte> cell) =>
        Encoding.UTF8.GetString(cell[..Math.Min(cell.Length, MaxLookedAt)]);

    // A number that stands for a missing value is a number for all that is asked here.
    private static char KindOf(ReadOnlySpan<byte> cell, string text, MissingTexts missing) =>
        MissingMarkers.IndexOf(cell) >= 0 ? 'M'
        : DecimalExact.LooksNumeric(cell) ? 'N'
        : missing.IndexOf(cell) >= 0 ? 'M'
        : CellErrorText.IsDate(text.ToLowerInvariant()) && text.Count(c => c == '.') < 3 ? 'D'
        : NumberLike.Is(text) ? 'N'
        : 'T';
}

namespace Plumb.Formats;

/// <summary>Finds out by what the fields of a file are separated, from its first rows.</summary>
internal static class CsvSniffer
{
    private const int RowsCompared = 20; // enough to tell a separator from a character that happens to occur
    private static ReadOnlySpan<byte> Candidates => ",;\t|"u8;

    /// <summary>The separator; null when the bytes end before the first row does.</summary>
    /// <param name="sample">The first bytes of the file.</param>
    /// <param name="atEnd">Whether they are all bytes of the file.</param>
    /// <param name="format">The settings; a decimal comma is not taken for a delimiter.</param>
    public static char? Delimiter(ReadOnlySpan<byte> sample, bool atEnd, CsvFormat format)
    {
        // One column: nothing must be taken for a separator.
        var best = new Sample(format.DecimalSeparator == ',' ? ';' : ',', 1, false, 0);
        foreach (var candidate in Candidates)
        {
            if (candidate == format.DecimalSeparator)
            {
                continue;
            }

            if (Try(candidate, sample, atEnd, format) is not { } found)
            {
                return null;
            }

            best = found.IsBetterThan(best) ? found : best;
        }

        return best.Delimiter;
    }

    private static Sample? Try(byte delimiter, ReadOnlySpan<byte> sample, bool atEnd, CsvFormat format)
    {
        var tokenizer = new CsvTokenizer(delimiter, format.CommentBytes);
        var (rows, first, cells, numbers) = (0, 0, 0, 0);
        var consistent = true;
        while (rows < RowsCompared)
        {
            var token = tokenizer.Read(sample, atEnd);
            if (token == CsvToken.NeedMore && rows == 0)
            {
                return null;
            }

            if (token is not (CsvToken.Record or CsvToken.Comment))
            {
                consistent &= token != CsvToken.Fault;
                break;
            }

            if (token == CsvToken.Record && tokenizer.Fields is not [{ Length: 0, Quoted: false }])
            {
                rows++;
                first = rows == 1 ? tokenizer.Fields.Length : first;
                consistent &= tokenizer.Fields.Length == first;
                cells += tokenizer.Fields.Length;
                numbers += CountNumbers(sample, tokenizer.Fields);
            }

            sample = sample[tokenizer.Consumed..];
        }

        return new Sample((char)delimiter, first, consistent, cells == 0 ? 0 : (double)numbers / cells);
    }

    private static int CountNumbers(ReadOnlySpan<byte> record, ReadOnlySpan<CsvField> fields)
    {
        var count = 0;
        foreach (var field in fields)
        {
            count += DecimalExact.LooksNumeric(record.Slice(field.Start, field.Length)) ? 1 : 0;
        }

        return count;
    }

    private readonly record struct Sample(char Delimiter, int Fields, bool Consistent, double NumericShare)
    {
        // Of the characters that separate the first row: rows of equal width first, then the most numbers, then the
        // most fields.
        public bool IsBetterThan(Sample other)
        {
            if (Fields < 2 || other.Fields < 2)
            {
                return Fields >= 2;
            }

            return (Consistent, NumericShare, Fields).CompareTo((other.Consistent, other.NumericShare, other.Fields))
                > 0;
        }
    }
}

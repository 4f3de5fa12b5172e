using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// The records of one source one after another, with their places in the file; comments and blank lines are passed
/// over.
/// </summary>
/// <param name="name">What the file is called in messages.</param>
/// <param name="source">The bytes.</param>
/// <param name="tokenizer">Finds the fields.</param>
/// <param name="line">The physical line that the bytes begin with.</param>
internal sealed class CsvRecords(string name, CsvSource source, CsvTokenizer tokenizer, long line = 1)
{
    private int _pending; // bytes of the current record, passed over when the next one is asked for
    private long _nextLine = line;

    /// <summary>The physical line that the current record begins on, from 1.</summary>
    public long Line { get; private set; } = line;

    /// <summary>The physical line that the next record begins on.</summary>
    public long NextLine => _nextLine;

    /// <summary>The fields of the current record.</summary>
    public ReadOnlySpan<CsvField> Fields => tokenizer.Fields;

    /// <summary>Blank lines passed over.</summary>
    public long BlankLines { get; private set; }

    /// <summary>Whether a blank line is a record with one empty field, as in a file of one column.</summary>
    public bool KeepsBlankLines { get; set; }

    /// <summary>Lines that ended in a carriage return alone.</summary>
    public long LoneCarriageReturns => tokenizer.LoneCarriageReturns;

    /// <summary>The bytes of a field of the current record.</summary>
    public Span<byte> Bytes(CsvField field) => source.Rest.Slice(field.Start, field.Length);

    /// <summary>Where a field begins in the file, in bytes.</summary>
    public long OffsetOf(CsvField field) => source.Offset + field.Start;

    /// <summary>The physical line that a field begins on.</summary>
    public long LineOf(CsvField field) => tokenizer.HasQuotes ? LineAt(field.Start) : Line;

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InvalidDataException">The file is not CSV.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (Step())
            {
                case CsvToken.Record:
                    return true;
                case CsvToken.End:
                    return false;
                default:
                    await FillAsync(cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
    }

    /// <summary>
    /// Passes over the header, if the current record is one, and leaves the source at the first byte of the line behind
    /// it.
    /// </summary>
    /// <returns>Whether it is there: not when a carriage return alone ended the header.</returns>
    public async ValueTask<bool> LeaveAsync(bool header, CancellationToken cancellationToken)
    {
        source.Advance(header ? _pending : tokenizer.RecordStart);
        _pending = 0;
        if (!header || !tokenizer.EndedInCarriageReturn)
        {
            return true;
        }

        while (source.Rest.IsEmpty && !source.AtEnd)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }

        if (source.Rest is not [(byte)'\n', ..])
        {
            return false;
        }

        source.Advance(1);
        return true;
    }

    /// <summary>
    /// Where in the rest of the source the rows begin: at the current record, or behind it where it is the header.
    /// </summary>
    public int RowsStart(bool header) => header ? _pending : tokenizer.RecordStart;

    /// <summary>Goes to the next record if it is in memory already; false says nothing.</summary>
    public bool TryNext() => Step() == CsvToken.Record;

    /// <summary>The exception about the current record.</summary>
    public InvalidDataException Refuse(string message) => DataErrors.At(name, Line, message);

    private CsvToken Step()
    {
        while (true)
        {
            if (_pending > 0)
            {
                source.Advance(_pending);
                _pending = 0;
            }

            Line = _nextLine;
            var token = tokenizer.Read(source.Rest, source.AtEnd);
            if (token is CsvToken.NeedMore or CsvToken.End)
            {
                return token;
            }

            if (token == CsvToken.Fault)
            {
                throw Fault();
            }

            _pending = tokenizer.Consumed;
            _nextLine = 1 + (tokenizer.HasQuotes ? LineAt(tokenizer.Consumed - 1) : Line);
            if (token == CsvToken.Record)
            {
                if (KeepsBlankLines || Fields is not [{ Length: 0, Quoted: false }])
                {
                    return token;
                }

                BlankLines++;
            }
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            await source.FillAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DecoderFallbackException)
        {
            throw DataErrors.NotUtf16(name, _nextLine);
        }
    }

    // Only quotes can hide a line end inside a record.
    private long LineAt(int position) =>
        Line + CsvCell.LineEnds(source.Rest[tokenizer.RecordStart..Math.Max(position, tokenizer.RecordStart)]);

    private InvalidDataException Fault()
    {
        var line = LineAt(tokenizer.FaultPosition);
        var offset = source.Offset + tokenizer.FaultPosition;
        return DataErrors.At(name, line, tokenizer.Fault switch
        {
            CsvFault.Nul =>
                string.Create(CultureInfo.InvariantCulture,
                    $"NUL byte at line {line} (byte {offset}), where text was expected: the file is damaged, cut short "
                        + $"or UTF-16 without its mark; write it again, as UTF-8."),
            CsvFault.TextAfterQuote =>
                string.Create(CultureInfo.InvariantCulture,
                    $"text after closing quote at line {line} in field {Fields.Length + 1}, where a delimiter or a "
                        + $"line end was expected; double the quotes inside a quoted field, or "
                            + $"{Remedies.NameSeparator}."),
            CsvFault.OpenQuote =>
                string.Create(CultureInfo.InvariantCulture,
                    $"the quote opened at line {line} in field {Fields.Length + 1} is never closed; close it, or "
                        + $"double it if it belongs to the text."),
            CsvFault.LongField =>
                string.Create(CultureInfo.InvariantCulture,
                    $"field {Fields.Length + 1} at line {line} is longer than 1 MiB, the most that a field may hold; "
                        + $"is a quote left open? Close it, or shorten the text."),
            CsvFault.LongRow =>
                string.Create(CultureInfo.InvariantCulture,
                    $"the row at line {line} is longer than 64 MiB, the most that a row may hold; split it, or "
                        + $"{Remedies.NameSeparator}."),
            _ =>
                string.Create(CultureInfo.InvariantCulture,
                    $"line {line} has more than 100,000 fields, the most that are read; choose fewer columns before "
                        + $"reading, or {Remedies.NameSeparator}."),
        });
    }
}

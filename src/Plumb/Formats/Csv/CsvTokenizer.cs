using System.Buffers;

namespace Plumb.Formats;

/// <summary>
/// Finds records and fields in bytes, after RFC 4180, with line ends LF, CRLF or CR. It can stop at any byte and go on
/// when there are more, so that every byte is looked at once however the stream is cut.
/// </summary>
internal sealed class CsvTokenizer(byte delimiter, ReadOnlyMemory<byte> commentPrefix)
{
    private readonly CsvSeparators _separators = new(delimiter);
    private CsvField[] _fields = new CsvField[16];
    private int _count;
    private State _state;
    private int _position; // the next byte to look at, from the start of the rest
    private int _content; // the first byte of the field's text
    private int _contentEnd; // the end of quoted text
    private bool _escaped;

    private enum State
    {
        RecordStart,
        CommentOrRecord,
        Comment,
        FieldStart,
        Plain,
        Quoted,
        QuoteInQuotes,
        AfterQuotes,
    }

    /// <summary>The fields of the record.</summary>
    public ReadOnlySpan<CsvField> Fields => _fields.AsSpan(0, _count);

    /// <summary>
    /// The record's first byte: 1 when the bytes begin with the second half of the line end before it, else 0.
    /// </summary>
    public int RecordStart { get; private set; }

    /// <summary>Whether a field of the record stands in quotes: only then can the record hold line ends.</summary>
    public bool HasQuotes { get; private set; }

    /// <summary>How many bytes of the rest the record, or the comment line, takes with its line end.</summary>
    public int Consumed { get; private set; }

    /// <summary>Lines that ended in a carriage return alone.</summary>
    public long LoneCarriageReturns => _separators.LoneCarriageReturns;

    /// <summary>Whether the last line ended in a carriage return, so that a line feed may still follow.</summary>
    public bool EndedInCarriageReturn => _separators.EndedInCarriageReturn;

    /// <summary>What is wrong.</summary>
    public CsvFault Fault { get; private set; }

    /// <summary>The byte that the fault is about.</summary>
    public int FaultPosition { get; private set; }

    private bool IsLong => _position - _content > CsvFormat.MaxFieldBytes;

    /// <summary>Reads one record.</summary>
    /// <param name="rest">All bytes since the last record or comment line; after NeedMore the same bytes again, with
    /// more behind them.</param>
    /// <param name="atEnd">Whether no byte follows these.</param>
    public CsvToken Read(ReadOnlySpan<byte> rest, bool atEnd)
    {
        while (true)
        {
            if (_position > CsvFormat.MaxRowBytes)
            {
                return Fail(CsvFault.LongRow, RecordStart);
            }

            var token = _state switch
            {
                State.RecordStart => StartRecord(rest, atEnd),
                State.CommentOrRecord => StartLine(rest, atEnd),
                State.Comment => SkipComment(rest, atEnd),
                State.FieldStart => StartField(rest, atEnd),
                State.Plain => ReadPlain(rest, atEnd),
                State.Quoted => ReadQuoted(rest, atEnd),
                State.QuoteInQuotes => ReadQuote(rest, atEnd),
                _ => ReadAfterQuotes(rest, atEnd),
            };
            if (token is { } result)
            {
                return result;
            }
        }
    }

    private CsvToken? StartRecord(ReadOnlySpan<byte> rest, bool atEnd)
    {
        if (rest.IsEmpty && !atEnd)
        {
            return CsvToken.NeedMore;
        }

        (_count, _position, Consumed, HasQuotes) = (0, _separators.StartLine(rest), 0, false);
        RecordStart = _position;
        return Enter(State.CommentOrRecord);
    }

    private CsvToken? StartLine(ReadOnlySpan<byte> rest, bool atEnd)
    {
        var line = rest[_position..];
        var prefix = commentPrefix.Span;
        if (line.IsEmpty)
        {
            return atEnd ? CsvToken.End : CsvToken.NeedMore;
        }

        if (!prefix.IsEmpty && line.Length < prefix.Length && !atEnd && prefix.StartsWith(line))
        {
            return CsvToken.NeedMore;
        }

        _content = _position;
        return Enter(!prefix.IsEmpty && line.StartsWith(prefix) ? State.Comment : State.FieldStart);
    }

    private CsvToken? SkipComment(ReadOnlySpan<byte> rest, bool atEnd)
    {
        var found = Find(rest, CsvSeparators.AfterLine);
        if (IsLong)
        {
            return Fail(CsvFault.LongField, _content);
        }

        if (!found)
        {
            return atEnd ? End(CsvToken.Comment, _position) : CsvToken.NeedMore;
        }

        return rest[_position] == 0 ? Fail(CsvFault.Nul, _position) : EndLine(rest, CsvToken.Comment);
    }

    private CsvToken? StartField(ReadOnlySpan<byte> rest, bool atEnd)
    {
        _position = _separators.SkipBlanks(rest, _position);
        if (IsLong)
        {
            return Fail(CsvFault.LongField, _content);
        }

        if (_position == rest.Length && !atEnd)
        {
            return CsvToken.NeedMore;
        }

        var quoted = _position < rest.Length && rest[_position] == '"';
        _position += quoted ? 1 : 0;
        HasQuotes |= quoted;
        _content = _position;
        _escaped = false;
        return Enter(quoted ? State.Quoted : State.Plain);
    }

    private CsvToken? ReadPlain(ReadOnlySpan<byte> rest, bool atEnd)
    {
        var found = Find(rest, _separators.AfterPlain);
        if (IsLong)
        {
            return Fail(CsvFault.LongField, _content);
        }

        if (!found && !atEnd)
        {
            return CsvToken.NeedMore;
        }

        var end = _separators.TrimBlanks(rest, _content, _position);
        return EndField(rest, new CsvField(_content, end - _content, false, false));
    }

    private CsvToken? ReadQuoted(ReadOnlySpan<byte> rest, bool atEnd)
    {
        var found = Find(rest, CsvSeparators.AfterQuoted);
        if (IsLong)
        {
            return Fail(CsvFault.LongField, _content);
        }

        if (!found)
        {
            return atEnd ? Fail(CsvFault.OpenQuote, _content) : CsvToken.NeedMore;
        }

        if (rest[_position] == 0)
        {
            return Fail(CsvFault.Nul, _position);
        }

        _contentEnd = _position++;
        return Enter(State.QuoteInQuotes);
    }

    private CsvToken? ReadQuote(ReadOnlySpan<byte> rest, bool atEnd)
    {
        if (_position == rest.Length && !atEnd)
        {
            return CsvToken.NeedMore;
        }

        if (_position == rest.Length || rest[_position] != '"')
        {
            return Enter(State.AfterQuotes);
        }

        _position++;
        _escaped = true;
        return Enter(State.Quoted);
    }

    private CsvToken? ReadAfterQuotes(ReadOnlySpan<byte> rest, bool atEnd)
    {
        _position = _separators.SkipBlanks(rest, _position);
        if (_position == rest.Length && !atEnd)
        {
            return CsvToken.NeedMore;
        }

        if (_position < rest.Length && rest[_position] is var next && next != delimiter
            && next is not ((byte)'\r' or (byte)'\n' or 0))
        {
            return Fail(CsvFault.TextAfterQuote, _position);
        }

        return EndField(rest, new CsvField(_content, _contentEnd - _content, true, _escaped));
    }

    private CsvToken? EndField(ReadOnlySpan<byte> rest, CsvField field)
    {
        if (_count == CsvFormat.MaxColumns)
        {
            return Fail(CsvFault.ManyColumns, _position);
        }

        if (_count == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * _fields.Length);
        }

        _fields[_count++] = field;
        if (_position == rest.Length)
        {
            return End(CsvToken.Record, _position);
        }

        if (rest[_position] == 0)
        {
            return Fail(CsvFault.Nul, _position);
        }

        if (rest[_position] != delimiter)
        {
            return EndLine(rest, CsvToken.Record);
        }

        _content = ++_position;
        return Enter(State.FieldStart);
    }

    private CsvToken EndLine(ReadOnlySpan<byte> rest, CsvToken token)
    {
        _separators.EndLine(rest[_position]);
        return End(token, _position + 1);
    }

    private CsvToken End(CsvToken token, int consumed)
    {
        Consumed = consumed;
        _state = State.RecordStart;
        return token;
    }

    private CsvToken Fail(CsvFault fault, int position)
    {
        (Fault, FaultPosition) = (fault, position);
        return CsvToken.Fault;
    }

    private CsvToken? Enter(State state)
    {
        _state = state;
        return null;
    }

    // Goes to the next byte that means something, or to the end of what there is.
    private bool Find(ReadOnlySpan<byte> rest, SearchValues<byte> stops)
    {
        var stop = rest[_position..].IndexOfAny(stops);
        _position = stop < 0 ? rest.Length : _position + stop;
        return stop >= 0;
    }
}

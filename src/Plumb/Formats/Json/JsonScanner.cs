namespace Plumb.Formats;

/// <summary>
/// Finds the keys and values of one object after another in bytes that come in pieces: an object that is not there in
/// full is scanned again when more has come. Values inside of values are passed over, to a depth.
/// RFC 8259, and NaN and Infinity beside it; objects in a list, or one after another.
/// </summary>
internal sealed class JsonScanner
{
    private const string EndsInList =
        "the file ends inside the list of objects; it is cut off, so copy or write it again";
    private readonly List<JsonField> _fields = [];
    private readonly JsonCursor _cursor = new();
    private State _state;

    /// <summary>The keys and values of the object found.</summary>
    public IReadOnlyList<JsonField> Fields => _fields;

    /// <summary>The bytes up to the end of what was found.</summary>
    public int Consumed { get; private set; }

    /// <summary>What is wrong, if something is.</summary>
    public JsonFault? Fault => _cursor.Fault;

    /// <summary>Looks for the next object.</summary>
    /// <param name="bytes">The bytes that follow what was consumed before.</param>
    /// <param name="atEnd">Whether none will follow them.</param>
    public JsonToken Next(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        _cursor.Begin(atEnd);
        var state = _state;
        var token = Find(bytes, atEnd);
        if (token == JsonToken.NeedMore)
        {
            _state = state;
            return token;
        }

        Consumed = _cursor.Place;
        return token;
    }

    private JsonToken Find(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        var next = _cursor.Next(bytes);
        if (_state == State.Beginning && next == '[')
        {
            _cursor.Skip();
            _state = State.InList;
            next = _cursor.Next(bytes);
        }

        if (_state is State.InList or State.BehindRow && next == ']')
        {
            _cursor.Skip();
            _state = State.Done;
            next = _cursor.Next(bytes);
        }

        if (_state == State.BehindRow && next == ',')
        {
            _cursor.Skip();
            _state = State.InList;
            next = _cursor.Next(bytes);
        }
        else if (_state == State.BehindRow && next >= 0)
        {
            return Refuse("a comma or the end of the list was expected behind an object; check what wrote it");
        }

        if (next < 0)
        {
            return !atEnd ? JsonToken.NeedMore
                : _state is State.InList or State.BehindRow ? Refuse(EndsInList)
                : JsonToken.End;
        }

        if (_state == State.Done)
        {
            return Refuse("something follows the list of objects; give one list, or one object a line");
        }

        return next == '{' ? Row(bytes)
            : Refuse("an object was expected for each row, as in {\"x\": 1, \"y\": 2}; write the rows so");
    }

    private JsonToken Row(ReadOnlySpan<byte> bytes)
    {
        _state = _state is State.InList ? State.BehindRow : State.InLines;
        _fields.Clear();
        return _cursor.Object(bytes, 0, _fields) ? JsonToken.Row
            : _cursor.WantsMore ? JsonToken.NeedMore : JsonToken.Fault;
    }

    private JsonToken Refuse(string message)
    {
        _cursor.Fail(message);
        return JsonToken.Fault;
    }

    private enum State
    {
        Beginning,
        InLines,
        InList,
        BehindRow,
        Done,
    }
}

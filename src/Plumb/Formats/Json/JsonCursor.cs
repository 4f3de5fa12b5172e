using System.Buffers;

namespace Plumb.Formats;

/// <summary>Goes through values in bytes that may break off anywhere.</summary>
internal sealed class JsonCursor
{
    private const int Deepest = 100; // rows of numbers never are
    private static readonly SearchValues<byte> s_inText = SearchValues.Create([.. "\"\\"u8, .. ControlBytes()]);
    private static readonly SearchValues<byte> s_ofNumbers = SearchValues.Create("+-.0123456789eE"u8);
    private static readonly SearchValues<byte> s_behindWords = SearchValues.Create(" \t\r\n,]}"u8);
    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private int _place;
    private bool _atEnd;

    /// <summary>The byte that comes next.</summary>
    public int Place => _place;

    /// <summary>Whether more bytes are needed to tell what comes.</summary>
    public bool WantsMore { get; private set; }

    /// <summary>What is wrong, if something is.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>Stands at the first of some bytes.</summary>
    /// <param name="atEnd">Whether none follow them.</param>
    public void Begin(bool atEnd) => (_place, _atEnd, WantsMore, Fault) = (0, atEnd, false, null);

    /// <summary>Passes over one byte.</summary>
    public void Skip() => _place++;

    /// <summary>Passes over blanks.</summary>
    /// <returns>The byte that follows them; -1 where the bytes end.</returns>
    public int Next(ReadOnlySpan<byte> bytes)
    {
        SkipBlanks(bytes);
        return Peek(bytes);
    }

    /// <summary>Notes what is wrong here.</summary>
    /// <returns>False.</returns>
    public bool Fail(string message, int ahead = 0)
    {
        Fault = new JsonFault(_place - ahead, message);
        return false;
    }

    /// <summary>Passes over an object.</summary>
    /// <param name="bytes">The bytes, of which the next is its brace.</param>
    /// <param name="depth">In how many others it lies.</param>
    /// <param name="fields">Receives its fields; null where they do not matter.</param>
    /// <returns>Whether it is whole.</returns>
    public bool Object(ReadOnlySpan<byte> bytes, int depth, List<JsonField>? fields)
    {
        _place++;
        if (!Follows(bytes, out var next))
        {
            return false;
        }

        while (next != '}')
        {
            if (next != '"')
            {
                return Fail("a key in quotes was expected; check what wrote it");
            }

            if (!Text(bytes, out var key) || !Follows(bytes, out next))
            {
                return false;
            }

            if (next != ':')
            {
                return Fail("a colon was expected behind a key; check what wrote it");
            }

            _place++;
            if (!Follows(bytes, out _) || !Value(bytes, depth + 1, out var kind, out var value))
            {
                return false;
            }

            fields?.Add(new JsonField(key, value, kind));
            if (!Separated(bytes, '}', out next))
            {
                return false;
            }
        }

        _place++;
        return true;
    }

    private bool List(ReadOnlySpan<byte> bytes, int depth)
    {
        _place++;
        if (!Follows(bytes, out var next))
        {
            return false;
        }

        while (next != ']')
        {
            if (!Value(bytes, depth + 1, out _, out _) || !Separated(bytes, ']', out next))
            {
                return false;
            }
        }

        _place++;
        return true;
    }

    // Passes over a comma, behind which something must follow; or stands at the end.
    private bool Separated(ReadOnlySpan<byte> bytes, char end, out int next)
    {
        if (!Follows(bytes, out next) || next == end)
        {
            return next == end;
        }

        if (next != ',')
        {
            return Fail($"a comma or {end} was expected; check what wrote it");
        }

        _place++;
        return Follows(bytes, out next)
            && (next != end || Fail($"a value was expected before {end}; remove the comma"));
    }

    private bool Value(ReadOnlySpan<byte> bytes, int depth, out JsonKind kind, out JsonPart value)
    {
        var start = _place;
        (kind, value) = (JsonKind.Text, default);
        if (depth > Deepest)
        {
            return Fail($"values lie more than {Deepest} deep in each other, where rows of numbers were expected; give "
                + "one object a row, whose values are numbers");
        }

        switch ((char)bytes[_place])
        {
            case '"':
                return Text(bytes, out value);
            case '{':
                kind = JsonKind.Object;
                if (!Object(bytes, depth, null))
                {
                    return false;
                }

                break;
            case '[':
                kind = JsonKind.List;
                if (!List(bytes, depth))
                {
                    return false;
                }

                break;
            default:
                if (!Word(bytes, out kind))
                {
                    return false;
                }

                break;
        }

        value = new JsonPart(start, _place - start);
        return true;
    }

    private bool Word(ReadOnlySpan<byte> bytes, out JsonKind kind)
    {
        var rest = bytes[_place..];
        kind = JsonKind.Number;
        var length = rest.IndexOfAnyExcept(s_ofNumbers);
        length = length < 0 ? rest.Length : length;
        if (length > 0 && (length > 1 || rest[0] is not (byte)'-' || rest.Length == 1))
        {
            return End(bytes, length)
                && (DecimalExact.Matches(rest[..length], (byte)'.')
                    || Fail("a value was expected; check what wrote it", length));
        }

        length = rest.IndexOfAny(s_behindWords);
        length = length < 0 ? rest.Length : length;
        kind = rest[..length] switch
        {
            var word when word.SequenceEqual("true"u8) || word.SequenceEqual("false"u8) => JsonKind.TruthValue,
            var word when word.SequenceEqual("null"u8) => JsonKind.Null,
            var word when word.SequenceEqual("NaN"u8) || word.SequenceEqual("Infinity"u8)
                || word.SequenceEqual("-Infinity"u8) || word.SequenceEqual("nan"u8) => JsonKind.Number,
            _ => JsonKind.Object,
        };
        return End(bytes, length)
            && (kind != JsonKind.Object || Fail("a value was expected: a number, a text in quotes, true, false or "
                + "null; check what wrote it", length));
    }

    // Passes over a word, whose end must be seen.
    private bool End(ReadOnlySpan<byte> bytes, int length)
    {
        if (_place + length == bytes.Length)
        {
            return Ends();
        }

        _place += length;
        return true;
    }

    private bool Text(ReadOnlySpan<byte> bytes, out JsonPart part)
    {
        var start = ++_place;
        var escaped = false;
        part = default;
        while (true)
        {
            var stop = bytes[_place..].IndexOfAny(s_inText);
            if (stop < 0)
            {
                return Ends();
            }

            _place += stop;
            switch (bytes[_place])
            {
                case (byte)'"':
                    part = new JsonPart(start, _place++ - start, escaped);
                    return true;
                case (byte)'\\':
                    escaped = true;
                    if (!Escape(bytes))
                    {
                        return false;
                    }

                    break;
                default:
                    return Fail("a text is not closed before the end of its line; close the quotes");
            }
        }
    }

    private bool Escape(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[(_place + 1)..];
        if (rest.IsEmpty || (rest[0] == 'u' && rest.Length < 5))
        {
            return Ends();
        }

        var isHex = rest[0] == 'u' && rest[1..5].IndexOfAnyExcept(s_hexadecimal) < 0;
        if (!isHex && "\"\\/bfnrt"u8.IndexOf(rest[0]) < 0)
        {
            return Fail("a backslash is followed by what is no escape of JSON; write it twice");
        }

        _place += isHex ? 6 : 2;
        return true;
    }

    private bool Follows(ReadOnlySpan<byte> bytes, out int next)
    {
        SkipBlanks(bytes);
        next = Peek(bytes);
        return next >= 0 || Ends();
    }

    private bool Ends()
    {
        WantsMore = !_atEnd;
        return !WantsMore && Fail("the file ends inside an object; it is cut off, so copy or write it again");
    }

    private int Peek(ReadOnlySpan<byte> bytes) => _place < bytes.Length ? bytes[_place] : -1;

    private void SkipBlanks(ReadOnlySpan<byte> bytes)
    {
        while (_place < bytes.Length && bytes[_place] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _place++;
        }
    }

    private static byte[] ControlBytes() => [.. Enumerable.Range(0, 32).Select(code => (byte)code)];
}

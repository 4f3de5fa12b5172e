using System.Text;

namespace Plumb.Formats;

/// <summary>Reads the text of a date from its first byte to its last, a part at a time.</summary>
internal ref struct DateScanner(ReadOnlySpan<byte> text)
{
    private static readonly string[] s_months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ];

    private ReadOnlySpan<byte> _rest = text;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next byte; 0 at the end.</summary>
    public readonly byte Next => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Passes over a byte, if it is the next one.</summary>
    public bool Take(char value)
    {
        if (Next != value || IsAtEnd)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Passes over a word in any case, if it comes next.</summary>
    public bool TakeWord(string word)
    {
        if (_rest.Length < word.Length || !Ascii.EqualsIgnoreCase(_rest[..word.Length], word))
        {
            return false;
        }

        _rest = _rest[word.Length..];
        return true;
    }

    /// <summary>The number of a run of digits, which must not be longer or shorter.</summary>
    /// <param name="fewest">The fewest digits.</param>
    /// <param name="most">The most.</param>
    /// <returns>The number, or -1.</returns>
    public long TakeDigits(int fewest, int most)
    {
        var length = DigitsAhead();
        if (length < fewest || length > most)
        {
            return -1;
        }

        var number = 0L;
        foreach (var digit in _rest[..length])
        {
            number = 10 * number + digit - '0';
        }

        _rest = _rest[length..];
        return number;
    }

    /// <summary>How many digits come next.</summary>
    public readonly int DigitsAhead()
    {
        var length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? _rest.Length : length;
    }

    /// <summary>The month of an English name, in full or its first letters.</summary>
    /// <returns>The month from 1, or -1.</returns>
    public int TakeMonth()
    {
        var length = 0;
        while (length < _rest.Length && (_rest[length] | 0x20) is >= 'a' and <= 'z')
        {
            length++;
        }

        var name = _rest[..length];
        for (var month = 0; month < s_months.Length; month++)
        {
            var full = s_months[month];
            if (Ascii.EqualsIgnoreCase(name, full) || Ascii.EqualsIgnoreCase(name, full.AsSpan(0, 3))
                || (month == 8 && Ascii.EqualsIgnoreCase(name, "sept")))
            {
                _rest = _rest[length..];
                return month + 1;
            }
        }

        return -1;
    }
}

namespace Plumb.Formats;

/// <summary>
/// Makes lines whose fields are separated by any number of blanks into lines that are separated by one, without
/// changing their length: the last blank of a run becomes a space, which separates, all others tabs, which do not.
/// </summary>
/// <param name="commentPrefix">What comment lines begin with, which are left as they are; may be empty.</param>
internal sealed class BlankRuns(byte[] commentPrefix)
{
    /// <summary>What separates fields afterwards.</summary>
    public const char Delimiter = ' ';

    private bool _inQuotes; // a quoted field may hold line ends

    /// <summary>Exchanges the blanks of whole lines, and says how many bytes these take.</summary>
    /// <param name="bytes">Bytes from the beginning of a line.</param>
    /// <param name="atEnd">Whether the last line ends where the bytes do.</param>
    public int Exchange(Span<byte> bytes, bool atEnd)
    {
        var done = 0;
        while (done < bytes.Length)
        {
            var rest = bytes[done..];
            var length = rest.IndexOfAny((byte)'\n', (byte)'\r');
            // A line that is too long will be refused as it is.
            if (length < 0 && !atEnd && rest.Length <= CsvFormat.MaxRowBytes)
            {
                return done;
            }

            var line = length < 0 ? rest : rest[..length];
            if (_inQuotes || commentPrefix.Length == 0 || !line.StartsWith(commentPrefix))
            {
                ExchangeLine(line);
            }

            done += length < 0 ? rest.Length : length + 1;
        }

        return done;
    }

    private void ExchangeLine(Span<byte> line)
    {
        var (position, hasField) = (0, _inQuotes);
        while (position < line.Length)
        {
            if (_inQuotes)
            {
                position = EndOfQuotes(line, position);
                continue;
            }

            var start = position;
            while (position < line.Length && line[position] is (byte)' ' or (byte)'\t')
            {
                position++;
            }

            line[start..position].Fill((byte)'\t');
            if (position == line.Length)
            {
                return;
            }

            if (hasField && position > start)
            {
                line[position - 1] = (byte)Delimiter;
            }

            var opens = (position > start || !hasField) && line[position] == '"';
            hasField = true;
            _inQuotes = opens;
            var length = opens ? 1 : line[position..].IndexOfAny((byte)' ', (byte)'\t');
            position = length < 0 ? line.Length : position + length;
        }
    }

    private int EndOfQuotes(ReadOnlySpan<byte> line, int position)
    {
        while (line[position..].IndexOf((byte)'"') is >= 0 and var length)
        {
            position += length + 1;
            if (position == line.Length || line[position] != '"')
            {
                _inQuotes = false;
                return position;
            }

            position++;
        }

        return line.Length;
    }
}

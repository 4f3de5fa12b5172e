using System.Buffers;

namespace Plumb.Formats;

/// <summary>
/// What stands between the texts of fields: delimiters with blanks about them, quotes, and line ends LF, CRLF or CR,
/// the two halves of which may come apart.
/// </summary>
internal sealed class CsvSeparators(byte delimiter)
{
    /// <summary>What ends a field that is not quoted, and what may not be in it.</summary>
    public SearchValues<byte> AfterPlain { get; } = SearchValues.Create([delimiter, (byte)'\r', (byte)'\n', 0]);

    /// <summary>What ends quoted text, and what may not be in it.</summary>
    public static SearchValues<byte> AfterQuoted { get; } = SearchValues.Create([(byte)'"', 0]);

    /// <summary>What ends a line, and what may not be in it.</summary>
    public static SearchValues<byte> AfterLine { get; } = SearchValues.Create([(byte)'\r', (byte)'\n', 0]);

    /// <summary>Whether the last line ended in a carriage return, so that a line feed may still follow.</summary>
    public bool EndedInCarriageReturn { get; private set; }

    /// <summary>Lines that ended in a carriage return alone.</summary>
    public long LoneCarriageReturns { get; private set; }

    /// <summary>Takes note of how a line ends.</summary>
    public void EndLine(byte end) => EndedInCarriageReturn = end == '\r';

    /// <summary>How many bytes of the line end before it a line begins with: 1 for a line feed, else 0.</summary>
    public int StartLine(ReadOnlySpan<byte> rest)
    {
        if (!EndedInCarriageReturn)
        {
            return 0;
        }

        EndedInCarriageReturn = false;
        if (!rest.IsEmpty && rest[0] == '\n')
        {
            return 1;
        }

        LoneCarriageReturns++;
        return 0;
    }

    /// <summary>The first place from here on that holds no blank.</summary>
    public int SkipBlanks(ReadOnlySpan<byte> rest, int place)
    {
        while (place < rest.Length && IsBlank(rest[place]))
        {
            place++;
        }

        return place;
    }

    /// <summary>Where text ends, without the blanks behind it.</summary>
    public int TrimBlanks(ReadOnlySpan<byte> rest, int start, int end)
    {
        while (end > start && IsBlank(rest[end - 1]))
        {
            end--;
        }

        return end;
    }

    private bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' && value != delimiter;
}

namespace Plumb.Formats;

/// <summary>The text of a cell, without what surrounds it.</summary>
internal static class CsvCell
{
    /// <summary>The cell's bytes without blanks around them, also inside the quotes.</summary>
    public static Span<byte> Trim(Span<byte> cell) => cell.Trim(" \t"u8);

    /// <summary>Writes the text with one quote for each two, and says how long it is.</summary>
    public static int Unescape(ReadOnlySpan<byte> cell, Span<byte> text)
    {
        var length = 0;
        while (cell.IndexOf("\"\""u8) is >= 0 and var place)
        {
            cell[..(place + 1)].CopyTo(text[length..]);
            length += place + 1;
            cell = cell[(place + 2)..];
        }

        cell.CopyTo(text[length..]);
        return length + cell.Length;
    }

    /// <summary>The text with one quote for each two.</summary>
    public static ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> cell)
    {
        var text = new byte[cell.Length];
        return text.AsSpan(0, Unescape(cell, text));
    }

    /// <summary>The line ends in a text: LF, CRLF or CR.</summary>
    public static int LineEnds(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var stop)
        {
            count++;
            text = text[(stop + (text[stop..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return count;
    }
}

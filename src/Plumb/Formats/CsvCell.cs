namespace Plumb;

/// <summary>What one cell of a numeric column holds.</summary>
internal static class CsvCell
{
    /// <summary>Whether the cell is written like a number, whichever of the decimal separators it uses.</summary>
    public static bool LooksNumeric(ReadOnlySpan<byte> cell) => DecimalText.Matches(cell, (byte)'.') || DecimalText.Matches(cell, (byte)',');

    /// <summary>The cell's bytes without blanks around them, also inside the quotes.</summary>
    public static Span<byte> Trim(Span<byte> cell) => cell.Trim(" \t"u8);

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

    /// <summary>The place of the first byte that is not UTF-8, or -1.</summary>
    public static int InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length)
        {
            if (System.Text.Rune.DecodeFromUtf8(bytes[position..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return position;
            }

            position += length;
        }

        return -1;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumb.Formats;

/// <summary>
/// Text of a file made fit for one line of a message: shortened, and with control characters escaped.
/// </summary>
internal static class Escaped
{
    private const int MaxCharacters = 40; // enough to recognise a cell by

    /// <summary>The first characters of a text.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text), doubledQuotes: false, MaxCharacters);

    /// <summary>All of a text.</summary>
    public static string InFull(string text) => Of(Encoding.UTF8.GetBytes(text), doubledQuotes: false, int.MaxValue);

    /// <summary>The first characters of a cell; bytes that are not UTF-8 appear as \x and two digits.</summary>
    public static string Of(ReadOnlySpan<byte> cell, bool doubledQuotes) => Of(cell, doubledQuotes, MaxCharacters);

    private static string Of(ReadOnlySpan<byte> bytes, bool doubledQuotes, int limit)
    {
        var result = new StringBuilder();
        for (var count = 0; !bytes.IsEmpty; count++)
        {
            if (count == limit)
            {
                return result.Append("...").ToString();
            }

            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
            {
                Append(result, rune);
            }
            else
            {
                length = 1;
                result.Append(CultureInfo.InvariantCulture, $"\\x{bytes[0]:X2}");
            }

            bytes = bytes[(doubledQuotes && bytes.StartsWith("\"\""u8) ? 2 : length)..];
        }

        return result.ToString();
    }

    private static void Append(StringBuilder result, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.Control when rune.Value is '\t' or '\r' or '\n':
                result.Append('\\').Append(rune.Value switch { '\t' => 't', '\r' => 'r', _ => 'n' });
                break;
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
            case UnicodeCategory.SpaceSeparator when rune.Value != ' ':
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X4}}}");
                break;
            default:
                result.Append(rune.ToString());
                break;
        }
    }
}

using System.Text;

namespace Plumb.Formats;

/// <summary>A part of the bytes that were scanned.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsEscaped">Whether it is a text that holds backslashes.</param>
internal readonly record struct JsonPart(int Start, int Length, bool IsEscaped = false)
{
    /// <summary>The bytes.</summary>
    public Span<byte> In(Span<byte> bytes) => bytes.Slice(Start, Length);

    /// <summary>The text that is meant; one without backslashes is not copied.</summary>
    public Span<byte> TextIn(Span<byte> bytes) => IsEscaped ? Unescaped(In(bytes)) : In(bytes);

    // The scanner has seen that every escape is whole.
    private static byte[] Unescaped(ReadOnlySpan<byte> text)
    {
        var result = new StringBuilder();
        var characters = Encoding.UTF8.GetString(text);
        for (var i = 0; i < characters.Length; i++)
        {
            if (characters[i] != '\\')
            {
                result.Append(characters[i]);
                continue;
            }

            var mark = characters[++i];
            if (mark == 'u')
            {
                result.Append((char)Convert.ToUInt16(characters.Substring(i + 1, 4), 16));
                i += 4;
                continue;
            }

            result.Append(mark switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => mark });
        }

        return Encoding.UTF8.GetBytes(result.ToString());
    }
}

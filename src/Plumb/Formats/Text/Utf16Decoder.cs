using System.Buffers;
using System.Text;

namespace Plumb.Formats;

/// <summary>Turns UTF-16, as it comes in pieces, into UTF-8.</summary>
internal sealed class Utf16Decoder(bool bigEndian)
{
    private readonly Decoder _decoder =
        new UnicodeEncoding(bigEndian, byteOrderMark: false, throwOnInvalidBytes: true).GetDecoder();

    /// <summary>Converts the next piece; a character cut in two waits for the rest of it.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="DecoderFallbackException">The bytes are not UTF-16.</exception>
    public int Convert(ReadOnlySpan<byte> utf16, bool atEnd, Span<byte> utf8)
    {
        var characters = ArrayPool<char>.Shared.Rent(utf16.Length / 2 + 2);
        try
        {
            var count = _decoder.GetChars(utf16, characters, flush: atEnd);
            return Encoding.UTF8.GetBytes(characters.AsSpan(0, count), utf8);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}

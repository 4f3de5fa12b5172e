namespace Plumb.Formats;

/// <summary>Cuts what is left of a source into chunks of whole records.</summary>
internal sealed class CsvChunker(CsvSource source, CsvLayout layout)
{
    /// <summary>
    /// Whether no further chunk can be cut: what is left of the source, if anything, are records longer than a chunk.
    /// </summary>
    public bool IsDone { get; private set; }

    /// <summary>Fills a chunk.</summary>
    /// <returns>False when there is none.</returns>
    public async ValueTask<bool> TryFillAsync(CsvChunk chunk, CancellationToken cancellationToken)
    {
        (chunk.Length, chunk.Offset) = (0, source.Offset);
        var read = -1;
        while (!IsDone && chunk.Room.Length > 0 && read != 0)
        {
            read = await source.ReadAsync(chunk.Room, cancellationToken).ConfigureAwait(false);
            chunk.Length += read;
        }

        IsDone |= read == 0;
        if (!source.AtEnd || !source.Rest.IsEmpty)
        {
            var whole = RecordsEnd(chunk.Bytes, layout);
            source.PutBack(chunk.Bytes[whole..]);
            chunk.Length = whole;
            IsDone |= whole == 0;
        }

        return chunk.Length > 0;
    }

    /// <summary>Where the last record that ends in a line feed ends; 0 when none does.</summary>
    /// <param name="bytes">Bytes from the beginning of a record.</param>
    /// <param name="layout">The layout.</param>
    /// <remarks>
    /// Without quotes, every line feed ends a record. A quote opens a quoted field only where a field begins, and not
    /// in a comment; it ends at the next quote that is
    /// not doubled. So it is enough to go from quote to quote. Where text follows a closing quote the file will be
    /// refused, and the rest does not matter.
    /// </remarks>
    public static int RecordsEnd(ReadOnlySpan<byte> bytes, CsvLayout layout)
    {
        var (end, plain) = (0, 0); // the end of the last record, and the first byte behind the last quoted field
        var position = 0;
        while (bytes[position..].IndexOf((byte)'"') is >= 0 and var length)
        {
            var quote = position + length;
            var line = bytes[plain..quote].LastIndexOfAny((byte)'\n', (byte)'\r');
            // -1: behind a quoted field of the same line.
            var lineStart = line < 0 ? (plain == 0 ? 0 : -1) : plain + line + 1;
            end = bytes[plain..quote].LastIndexOf((byte)'\n') is >= 0 and var feed ? plain + feed + 1 : end;
            if (lineStart >= 0 && layout.CommentPrefix.Length > 0
                && bytes[lineStart..].StartsWith(layout.CommentPrefix))
            {
                position = bytes[quote..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var rest ? quote + rest
                    : bytes.Length;
            }
            else if (OpensField(bytes[plain..quote], plain == 0, layout))
            {
                plain = position = FieldEnd(bytes, quote + 1);
            }
            else
            {
                position = quote + 1;
            }
        }

        return bytes[plain..].LastIndexOf((byte)'\n') is >= 0 and var last ? plain + last + 1 : end;
    }

    private static bool OpensField(ReadOnlySpan<byte> before, bool fromStart, CsvLayout layout)
    {
        var place = before.Length - 1;
        while (place >= 0 && layout.IsBlank(before[place]))
        {
            place--;
        }

        return place < 0 ? fromStart : before[place] == layout.Delimiter || before[place] is (byte)'\n' or (byte)'\r';
    }

    private static int FieldEnd(ReadOnlySpan<byte> bytes, int position)
    {
        while (bytes[position..].IndexOf((byte)'"') is >= 0 and var length)
        {
            position += length + 1;
            if (position == bytes.Length || bytes[position] != '"')
            {
                return position;
            }

            position++;
        }

        return bytes.Length;
    }
}

namespace Plumb.Formats;

/// <summary>A field in quotes: where it ends, and what stands between the quotes.</summary>
internal readonly ref struct QuotedField(int end, Span<byte> content)
{
    private readonly Span<byte> _content = content;

    /// <summary>Finds the end of a field.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">The first byte behind the opening quote.</param>
    /// <param name="layout">What ends a field.</param>
    /// <returns>The field, with <see cref="CsvSlowCells.GivenUp"/> for its end where that takes care.</returns>
    public static QuotedField At(Span<byte> bytes, int start, CsvLayout layout)
    {
        var position = start;
        while (true)
        {
            var length = bytes[position..].IndexOfAny((byte)'"', (byte)0);
            if (length < 0 || bytes[position + length] == 0)
            {
                return new QuotedField(CsvSlowCells.GivenUp, default);
            }

            position += length + 1;
            if (position == bytes.Length || bytes[position] != '"')
            {
                break;
            }

            position++;
        }

        var content = bytes[start..(position - 1)];
        while (position < bytes.Length && layout.IsBlank(bytes[position]))
        {
            position++;
        }

        return position == bytes.Length || !layout.IsFieldEnd(bytes[position])
            ? new QuotedField(CsvSlowCells.GivenUp, default) : new QuotedField(position, content);
    }

    /// <summary>Takes it apart.</summary>
    public void Deconstruct(out int position, out Span<byte> text)
    {
        position = end;
        text = _content;
    }
}

namespace Plumb.Formats;

/// <summary>Shows the texts of the first rows to those who read them, before the pass.</summary>
internal static class SampledTexts
{
    /// <summary>Shows each reading the cells of its column, in their order.</summary>
    /// <param name="sample">The first bytes of the rows.</param>
    /// <param name="atEnd">Whether they are all bytes of the rows.</param>
    /// <param name="layout">The columns, and what their texts mean.</param>
    public static void Show(Span<byte> sample, bool atEnd, CsvLayout layout)
    {
        var tokenizer = new CsvTokenizer(layout.Delimiter, layout.CommentPrefix);
        while (tokenizer.Read(sample, atEnd) is var token && token is (CsvToken.Record or CsvToken.Comment))
        {
            for (var column = 0; token == CsvToken.Record && column < tokenizer.Fields.Length; column++)
            {
                var slot = column < layout.Slots.Length ? layout.Slots[column] : -1;
                if (slot >= 0 && layout.Selection.Readings[slot] is { } reading)
                {
                    var field = tokenizer.Fields[column];
                    ReadOnlySpan<byte> cell = CsvCell.Trim(sample.Slice(field.Start, field.Length));
                    if (layout.Missing.IndexOf(cell) < 0)
                    {
                        reading.Look(field.Escaped ? CsvCell.Unescaped(cell) : cell);
                    }
                }
            }

            sample = sample[tokenizer.Consumed..];
        }
    }
}

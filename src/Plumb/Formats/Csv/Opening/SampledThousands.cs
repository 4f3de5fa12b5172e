namespace Plumb.Formats;

/// <summary>The separator of thousands, where numbers of the first rows plainly show it.</summary>
/// <param name="Separator">The separator.</param>
/// <param name="Example">A number that shows it.</param>
internal sealed record SampledThousands(byte Separator, string Example)
{
    /// <summary>What a user should know.</summary>
    public Finding Finding => new(Severity.Information, "thousands",
        $"'{(char)Separator}' was read as a separator of thousands, as in '{Escaped.Of(Example)}'.", "");

    /// <summary>Looks at the cells of the columns asked for.</summary>
    /// <param name="sample">The first bytes of the rows.</param>
    /// <param name="atEnd">Whether they are all bytes of the rows.</param>
    /// <param name="layout">How numbers are written.</param>
    /// <param name="slots">For each field of a row, whether it holds numbers asked for: then not negative.</param>
    /// <returns>The separator; null where no number shows one, or others speak against it.</returns>
    public static SampledThousands? In(Span<byte> sample, bool atEnd, CsvLayout layout, int[] slots)
    {
        var evidence = new ThousandsEvidence(layout.Separator);
        var tokenizer = new CsvTokenizer(layout.Delimiter, layout.CommentPrefix);
        while (tokenizer.Read(sample, atEnd) is var token && token is (CsvToken.Record or CsvToken.Comment))
        {
            for (var i = 0; token == CsvToken.Record && i < tokenizer.Fields.Length; i++)
            {
                if (i < slots.Length && slots[i] >= 0)
                {
                    var field = tokenizer.Fields[i];
                    evidence.Add(CsvCell.Trim(sample.Slice(field.Start, field.Length)));
                }
            }

            sample = sample[tokenizer.Consumed..];
        }

        return evidence.Found is var (separator, example) ? new SampledThousands(separator, example) : null;
    }
}

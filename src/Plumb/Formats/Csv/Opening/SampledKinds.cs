namespace Plumb.Formats;

/// <summary>What the columns of a file seem to hold, from the rows at its beginning.</summary>
internal static class SampledKinds
{
    /// <summary>The kinds of all columns; those of which no cell was seen pass for numbers.</summary>
    /// <param name="sample">The first bytes of the rows.</param>
    /// <param name="atEnd">Whether they are all bytes of the rows.</param>
    /// <param name="tokenizer">Finds the fields, from the first row on.</param>
    /// <param name="fields">For each column the field of a row that holds it.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    public static ColumnKind[] Of(Span<byte> sample, bool atEnd, CsvTokenizer tokenizer, IReadOnlyList<int> fields,
        MissingTexts missing)
    {
        var kinds = new CellKinds[fields.Count];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = new CellKinds(missing);
        }

        while (tokenizer.Read(sample, atEnd) is var token && token is (CsvToken.Record or CsvToken.Comment))
        {
            for (var i = 0; token == CsvToken.Record && i < kinds.Length; i++)
            {
                if (fields[i] < tokenizer.Fields.Length)
                {
                    var field = tokenizer.Fields[fields[i]];
                    kinds[i].Add(CsvCell.Trim(sample.Slice(field.Start, field.Length)));
                }
            }

            sample = sample[tokenizer.Consumed..];
        }

        return [.. kinds.Select(kind => kind.Kind)];
    }
}

namespace Plumb.Cli;

/// <summary>Sources of rows that are read in another way.</summary>
internal static class RowSources
{
    /// <summary>The same, where numbers in texts are written in this way.</summary>
    public static RowSource WithNumbersAs(this RowSource source, CsvFormat format) => source with
    {
        OpenAsync = async cancellationToken =>
        {
            var reader = await source.OpenAsync(cancellationToken);
            reader.TextNumbers = (format.DecimalSeparator, format.ThousandsSeparator);
            return reader;
        },
    };

    /// <summary>The same, where further texts stand for a missing value.</summary>
    public static RowSource WithMissing(this RowSource source, IReadOnlyList<string> texts) =>
        texts.Count == 0 ? source : source with
        {
            OpenAsync = async cancellationToken =>
            {
                var reader = await source.OpenAsync(cancellationToken);
                reader.MissingValues = texts;
                return reader;
            },
        };
}

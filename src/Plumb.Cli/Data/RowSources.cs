namespace Plumb.Cli;

/// <summary>Sources of rows that are read in another way.</summary>
internal static class RowSources
{
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

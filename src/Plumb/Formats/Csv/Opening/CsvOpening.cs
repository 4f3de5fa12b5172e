using System.Globalization;

namespace Plumb.Formats;

/// <summary>A file whose beginning has been read: where its table is, and what its columns are.</summary>
/// <param name="Table">How the table is read.</param>
/// <param name="Records">Its records, at the last of the header, or at the first row where there is none.</param>
/// <param name="Header">Its columns.</param>
/// <param name="Footer">What stands below the table; known once all has been read.</param>
internal sealed record CsvOpening(FoundTable Table, CsvRecords Records, CsvHeader Header, TableFooter Footer)
{
    private const int SampleBytes = 1 << 16; // some hundred rows, looked at before the first is read

    /// <summary>For each column the field of a row that holds it.</summary>
    public required IReadOnlyList<int> Fields { get; init; }

    /// <summary>The fields of a row.</summary>
    public required int Width { get; init; }

    /// <summary>What each column seems to hold.</summary>
    public required IReadOnlyList<ColumnKind> Kinds { get; init; }

    /// <summary>What a user should know of how the file begins.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Reads as much of a file as it takes to know its columns.</summary>
    /// <param name="source">Its bytes, from the first.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="format">What is said of it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is empty, or does not begin like CSV.</exception>
    public static async Task<CsvOpening> OfAsync(CsvSource source, string name, CsvFormat format,
        CancellationToken cancellationToken)
    {
        if (await source.BeginAsync(cancellationToken).ConfigureAwait(false) is { } signature)
        {
            throw DataErrors.At(name, 1,
                string.Create(CultureInfo.InvariantCulture,
                    $"{signature.Name} file, by its first bytes, where CSV text was expected; {signature.Remedy}."));
        }

        var table = await FindAsync(source, name, format, cancellationToken).ConfigureAwait(false);
        if (table.Refusal is { } refusal)
        {
            throw DataErrors.At(name, refusal.Line, refusal.Message);
        }

        source.Advance(table.Start);
        var footer = new TableFooter(name, table, format);
        if (footer.IsLookedFor)
        {
            await source.LeaveOutAsync(footer, cancellationToken).ConfigureAwait(false);
        }

        if (table.Delimiter == BlankRuns.Delimiter)
        {
            source.ExchangeBlanks(format.CommentBytes);
        }

        var tokenizer = new CsvTokenizer((byte)table.Delimiter, format.CommentBytes);
        var records = new CsvRecords(name, source, tokenizer, table.Line);
        if (!await records.NextAsync(cancellationToken).ConfigureAwait(false))
        {
            throw DataErrors.At(name, table.Line, source.IsEmpty
                ? "file is empty (0 bytes), where a header and rows of numbers were expected; check what wrote it."
                : "no header and no row of data, only blank lines or comments; check what wrote the file.");
        }

        var hasHeader = format.HeaderLine is not null ? true : format.HasHeader;
        var header = CsvHeader.Of(records, table.HasHeader ?? hasHeader, table, format.Missing);
        var width = table.Width > 0 ? table.Width : records.Fields.Length;
        records.KeepsBlankLines = width == 1;
        for (var i = 0; i < table.LinesBelowNames && header.InFile; i++)
        {
            await records.NextAsync(cancellationToken).ConfigureAwait(false);
        }

        await FillAsync(source, SampleBytes, cancellationToken).ConfigureAwait(false);
        var rows = source.Rest[records.RowsStart(header.InFile)..];
        var fields = table.Fields ?? [.. Enumerable.Range(0, width)];
        return new CsvOpening(table, records, header, footer)
        {
            Fields = fields,
            Width = width,
            Kinds = SampledKinds.Of(rows, source.AtEnd,
                new CsvTokenizer((byte)table.Delimiter, format.CommentBytes), fields,
                format.Missing),
            Findings =
            [
                .. HeaderFindings.Of(format.Delimiter is null && !table.TellsDelimiter ? table.Delimiter : null, header,
                    (hasHeader ?? table.HasHeader) is null or false && hasHeader is null, source.IsUtf16),
                .. table.Findings,
            ],
        };
    }

    private static async ValueTask<FoundTable> FindAsync(CsvSource source, string name, CsvFormat format,
        CancellationToken cancellationToken)
    {
        var skipped = format.SkippedLines ?? format.HeaderLine - 1 ?? 0;
        for (var line = 1; line <= skipped; line++)
        {
            if (!await SkipLineAsync(source, cancellationToken).ConfigureAwait(false))
            {
                throw DataErrors.At(name, line,
                    string.Create(CultureInfo.InvariantCulture,
                        $"the file ends here, where the table was expected to begin at line {skipped + 1}; name a "
                            + $"line that it has."));
            }
        }

        // Names in a comment, as NumPy writes them.
        while (format.HeaderLine is not null && source.Rest is [(byte)'#' or (byte)'%', ..])
        {
            source.Advance(1);
        }

        for (var wanted = SampleBytes; ; wanted *= 2)
        {
            await FillAsync(source, wanted, cancellationToken).ConfigureAwait(false);
            if (TableOpening.Of(source.Rest, source.AtEnd, format, skipped + 1) is { } found)
            {
                return found;
            }
        }
    }

    private static async ValueTask<bool> SkipLineAsync(CsvSource source, CancellationToken cancellationToken)
    {
        var length = -1;
        for (var wanted = 1; length < 0; wanted = source.Rest.Length + 1)
        {
            await FillAsync(source, wanted, cancellationToken).ConfigureAwait(false);
            length = source.Rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0 && source.AtEnd)
            {
                return false;
            }
        }

        await FillAsync(source, length + 3, cancellationToken).ConfigureAwait(false);
        source.Advance(length + (source.Rest[length..].StartsWith("\r\n"u8) ? 2 : 1));
        return !source.Rest.IsEmpty;
    }

    private static async ValueTask FillAsync(CsvSource source, int wanted, CancellationToken cancellationToken)
    {
        while (source.Rest.Length < wanted && !source.AtEnd)
        {
            await source.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

namespace Plumb.Cli;

/// <summary>Writes predictions, and the columns that are kept beside them: as Parquet, CSV, or aligned.</summary>
/// <param name="kept">The names of the columns that are kept.</param>
/// <param name="predicted">The names of the predictions.</param>
/// <param name="leavesOut">Whether rows without a prediction are left out.</param>
internal sealed class PredictionOutput(IReadOnlyList<string> kept, IReadOnlyList<string> predicted, bool leavesOut)
{
    private readonly IReadOnlyList<string> _names = [.. kept, .. predicted];

    /// <summary>Writes them all; without a path, to standard output.</summary>
    public Task WriteAsync(string? path, IAsyncEnumerable<RowsWithTexts> blocks, ProcessStreams terminal,
        CancellationToken cancellationToken)
    {
        blocks = leavesOut ? blocks.Select(OnlyPredicted) : blocks;
        return path is not null && Path.GetExtension(path).ToLowerInvariant() is ".parquet" or ".pq"
            ? AtomicFile.WriteAtAsync(path,
                temporary => ParquetWriter.WriteAsync(temporary, kept, predicted, blocks, cancellationToken),
                cancellationToken)
            : terminal.WriteTextAsync(path,
                text => path is null && terminal.IsWatched ? WriteAlignedAsync(text, blocks, terminal)
                    : WriteCsvAsync(text, blocks), cancellationToken);
    }

    private async Task WriteCsvAsync(TextWriter text, IAsyncEnumerable<RowsWithTexts> blocks)
    {
        var csv = new CsvWriter(text);
        csv.Row(_names);
        await foreach (var (rows, texts) in blocks)
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                for (var j = 0; j < kept.Count; j++)
                {
                    csv.Verbatim(texts[i, j] ?? "");
                }

                foreach (var number in rows.Targets.Row(i))
                {
                    if (double.IsNaN(number))
                    {
                        csv.Verbatim("");
                    }
                    else
                    {
                        csv.Cell(number);
                    }
                }

                csv.EndRow();
            }
        }
    }

    private async Task WriteAlignedAsync(TextWriter text, IAsyncEnumerable<RowsWithTexts> blocks,
        ProcessStreams terminal)
    {
        var aligned = new AlignedRows(text, terminal.Width);
        var isFirst = true;
        await foreach (var block in blocks)
        {
            if (isFirst)
            {
                aligned.Write(_names, block);
            }
            else
            {
                aligned.Write(block);
            }

            isFirst = false;
        }

        if (aligned.LeftOut.Count > 0)
        {
            await text.FlushAsync();
            terminal.WriteMessage($"note: there is no room here for {Listing.Of(aligned.LeftOut)}; --output FILE "
                + "writes all columns.");
        }
    }

    private static RowsWithTexts OnlyPredicted(RowsWithTexts block)
    {
        var (rows, texts) = block;
        int[] places = [.. Enumerable.Range(0, rows.Rows).Where(i => !double.IsNaN(rows.Targets[i, 0]))];
        return places.Length == rows.Rows ? block
            : new RowsWithTexts(new Dataset(new Matrix(places.Length, 0),
                Matrix.Create(places.Length, rows.Targets.Columns, (i, j) => rows.Targets[places[i], j]), rows.Names),
                texts.Only(places));
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>
/// The pass over the rows of a file: chunks of plain rows are read on all threads, whatever takes care is read record
/// by record.
/// </summary>
/// <param name="table">What the file is.</param>
/// <param name="source">Its bytes.</param>
/// <param name="layout">The columns asked for.</param>
/// <param name="counts">Counts what the rows hold.</param>
/// <param name="consumers">What takes the rows where they are wanted in no order, or null.</param>
internal sealed class CsvReadPass(CsvTable table, CsvSource source, CsvLayout layout, RowCounts counts,
    RowConsumers? consumers)
{
    private long _line; // the physical line that the next chunk begins on

    /// <summary>The rows handed out so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The texts of the block handed out last, where they are wanted.</summary>
    public RowTexts? Texts { get; private set; }

    /// <summary>
    /// Where the text of a share begins and ends, which may hold no row; null where all of it is read.
    /// </summary>
    public (long Start, long End)? Lines { get; init; }

    /// <summary>How precisely their numbers are printed; null unless that is asked for.</summary>
    public PrintedPrecision? Precision { get; } = layout.NewPrecision();

    /// <summary>
    /// The blocks; where there are consumers, only those that the chunk readers have left to the careful reader.
    /// </summary>
    /// <param name="records">The records of the file, at its first.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async IAsyncEnumerable<Dataset> ReadAsync(CsvRecords records,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (header, atRecord) = (records.Line, !table.HasHeader);
        var block = new CsvRecordReader(table, records, layout, counts, Precision);
        if (layout.Selection.Texts is null && !source.IsUtf16
            && await records.LeaveAsync(table.HasHeader, cancellationToken).ConfigureAwait(false))
        {
            _line = table.HasHeader ? records.NextLine : records.Line;
            if (Lines is { } lines)
            {
                _line = lines.Start > source.Offset ? 1 : _line; // its lines are counted from its own first one on
                source.GoTo(lines);
            }

            var chunker = new CsvChunker(source, layout);
            await foreach (var full in ReadInNoOrderAsync(chunker, block, cancellationToken).ConfigureAwait(false))
            {
                yield return full;
            }

            await foreach (var full in ReadInOrderAsync(chunker, block, cancellationToken).ConfigureAwait(false))
            {
                yield return full;
            }

            Count(records);
            (records, atRecord) = (RecordsOf(source), false);
        }
        else if (Lines is not null)
        {
            throw DataErrors.At(table.Name, header, "the first line ends in a carriage return alone, and shares of a "
                + "file are cut at line feeds; read the file as a whole.");
        }

        await foreach (var full in ReadRecordsAsync(records, atRecord, block, cancellationToken).ConfigureAwait(false))
        {
            yield return full;
        }

        RequireRows(block, header);
        if (block.Count > 0)
        {
            yield return Take(block);
        }
    }

    // All chunks, or up to one with bad cells: reporting those takes the rest of the file in order.
    private async IAsyncEnumerable<Dataset> ReadInNoOrderAsync(CsvChunker chunker, CsvRecordReader block,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (consumers is null)
        {
            yield break;
        }

        using var crew = new UnorderedChunks(chunker, table.ChunkBytes, table.Threads, NewWorker, chunk =>
        {
            Count(chunk);
            Rows += chunk.Rows;
        });
        while (!chunker.IsDone && crew.Failure is null && !block.HasFaults)
        {
            foreach (var (lines, careful) in await crew.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _line += lines;
                if (careful is not null)
                {
                    using var chunk = careful;
                    consumers.CarefulChunk = chunk.Number;
                    await foreach (var full in ReadChunkAsync(chunk, block, cancellationToken).ConfigureAwait(false))
                    {
                        yield return full;
                    }

                    if (consumers.KeepsChunks && block is { HasFaults: false, Count: > 0 })
                    {
                        yield return Take(block);
                    }

                    consumers.EndCareful();
                }
            }
        }

        consumers.CarefulChunk = crew.Chunks; // of all that is left
        if (crew.Failure is { } failure)
        {
            throw failure.SourceException is InvalidDataException && block.HasFaults ? block.Fault()
                : failure.SourceException;
        }
    }

    private async IAsyncEnumerable<Dataset> ReadInOrderAsync(CsvChunker chunker, CsvRecordReader block,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var pipeline = new OrderedChunks(chunker, table.ChunkBytes, table.Threads, NewWorker);
        await using var chunks = pipeline.ReadAsync(cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(chunks, block).ConfigureAwait(false))
        {
            var chunk = chunks.Current;
            if (!chunk.IsRead || block.HasFaults)
            {
                await foreach (var full in ReadChunkAsync(chunk, block, cancellationToken).ConfigureAwait(false))
                {
                    yield return full;
                }

                continue;
            }

            Count(chunk);
            _line += chunk.Lines;
            var taken = 0;
            while (taken < chunk.Numbers.Length)
            {
                taken += block.Add(chunk.Numbers[taken..]) * layout.Width;
                if (block.IsFull)
                {
                    yield return Take(block);
                }
            }
        }
    }

    private async IAsyncEnumerable<Dataset> ReadChunkAsync(CsvChunk chunk, CsvRecordReader block,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(chunk.Bytes.ToArray());
        await using var text = new CsvSource(table.Name, bytes, chunk.Offset);
        var records = RecordsOf(text);
        await foreach (var full in ReadRecordsAsync(records, false, block, cancellationToken).ConfigureAwait(false))
        {
            yield return full;
        }

        _line = records.NextLine;
    }

    private async IAsyncEnumerable<Dataset> ReadRecordsAsync(CsvRecords records, bool atRecord, CsvRecordReader block,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        block.GoOn(records);
        var more = atRecord || await NextAsync(records, block, cancellationToken).ConfigureAwait(false);
        while (more)
        {
            Add(block);
            if (block.IsFull)
            {
                yield return Take(block);
            }

            more = (!block.HasFaults && records.TryNext())
                || await NextAsync(records, block, cancellationToken).ConfigureAwait(false);
        }

        Count(records);
    }

    private Action<CsvChunk> NewWorker()
    {
        var chunks = new CsvChunkReader(layout);
        var consumer = consumers?.New();
        return chunk =>
        {
            chunks.Read(chunk);
            if (chunk.IsRead)
            {
                consumer?.Consume(chunk);
            }
        };
    }

    private CsvRecords RecordsOf(CsvSource text) =>
        new(table.Name, text, new CsvTokenizer(layout.Delimiter, layout.CommentPrefix),
            _line)
        { KeepsBlankLines = table.Width == 1 };

    private Dataset Take(CsvRecordReader block)
    {
        Rows += block.Count;
        Texts = block.TakeTexts();
        return block.Take();
    }

    private void Count(CsvRecords records)
    {
        counts.BlankLines += records.BlankLines;
        counts.LoneCarriageReturns += records.LoneCarriageReturns;
    }

    private void Count(CsvChunk chunk)
    {
        counts.Add(chunk.Counts);
        if (chunk.Precision is { } precision)
        {
            Precision!.Add(precision);
        }
    }

    // Cells that were bad before the structure broke come first in the file, so they are what to tell of.
    private static void Add(CsvRecordReader block)
    {
        try
        {
            block.Add();
        }
        catch (InvalidDataException) when (block.HasFaults)
        {
            throw block.Fault();
        }
    }

    private static async ValueTask<bool> NextAsync(CsvRecords records, CsvRecordReader block,
        CancellationToken cancellationToken)
    {
        try
        {
            return await records.NextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException) when (block.HasFaults)
        {
            throw block.Fault();
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<CsvChunk> chunks, CsvRecordReader block)
    {
        try
        {
            return await chunks.MoveNextAsync().ConfigureAwait(false);
        }
        catch (InvalidDataException) when (block.HasFaults)
        {
            throw block.Fault();
        }
    }

    private void RequireRows(CsvRecordReader block, long header)
    {
        if (block.HasFaults)
        {
            throw block.Fault();
        }

        if (counts.RowsSeen == 0 && Lines is null)
        {
            throw DataErrors.At(table.Name, header,
                "header found, 0 data rows, where at least one was expected; check what wrote the file, or "
                    + Remedies.KeepFirstRow + ".");
        }

        if (counts.RowsSeen == counts.RowsDropped && Lines is null)
        {
            throw DataErrors.At(table.Name, header,
                string.Create(CultureInfo.InvariantCulture,
                    $"every one of the {counts.RowsSeen} rows has a missing value, so none is left; "
                        + $"{Remedies.LeaveEmptyColumnsOut}."));
        }
    }
}

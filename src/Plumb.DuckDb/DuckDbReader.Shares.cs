namespace Plumb.DuckDb;

/// <content>Rows by their numbers, in shares: on all processors.</content>
public sealed partial class DuckDbReader
{
    // Rows, a row group as DuckDB writes them: with fewer, a thread has little to do.
    private const long LeastShare = 1 << 17;

    /// <inheritdoc/>
    internal override bool CanBeShared => ReadsOnAllProcessors;

    /// <inheritdoc/>
    public override bool ReadsOnAllProcessors => _session.NumberedRelation is not null;

    /// <inheritdoc/>
    public override Task ReadUnorderedAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<Dataset>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        return ReadChunksAsync(inputs, targets, () =>
        {
            var consume = newConsumer();
            return (_, block) =>
            {
                if (block is not null)
                {
                    consume(block);
                }
            };
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task ReadChunksAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<long, Dataset?>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        if (!ReadsOnAllProcessors)
        {
            await base.ReadChunksAsync(inputs, targets, newConsumer, cancellationToken).ConfigureAwait(false);
            return;
        }

        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        var slots = BeginWith(selection);
        var (from, to) = Share?.Within(_expected) ?? (0, _expected);
        var shares = Math.Clamp((to - from) / LeastShare, 1, Environment.ProcessorCount);
        var reading = new List<Task<ColumnBlocks>>();
        for (var i = 0; i < shares; i++)
        {
            var blocks = NewBlocks(selection, slots, from + i * (to - from) / shares);
            var cells = new DuckDbCells(slots, selection.Readings, blocks);
            var (chunk, consume) = (i, newConsumer());
            reading.Add(ReadShareAsync(cells, blocks, from + (i + 1) * (to - from) / shares,
                block => consume(chunk, block), cancellationToken));
        }

        foreach (var blocks in await Task.WhenAll(reading).ConfigureAwait(false))
        {
            if (_blocks is null)
            {
                _blocks = blocks;
            }
            else
            {
                _blocks.Add(blocks);
            }
        }

        _blocks!.RequireRows(mayBeNone: Share is not null);
    }

    // Reads rows by their numbers, over a connection of its own.
    private async Task<ColumnBlocks> ReadShareAsync(DuckDbCells cells, ColumnBlocks blocks, long end,
        Action<Dataset?> consume, CancellationToken cancellationToken)
    {
        var sql = Select(cells, (blocks.FirstRow, end));
        var session = _session.Share();
        DuckDbResult? result = null;
        try
        {
            result = await session.RunAsync(() => session.Query(sql), cancellationToken).ConfigureAwait(false);
            while (await session.RunAsync(() => ReadChunk(result, cells, consume), cancellationToken)
                .ConfigureAwait(false))
            {
            }
        }
        finally
        {
            await Task.Run(() => session.Dispose(result), CancellationToken.None).ConfigureAwait(false);
        }

        if (blocks.Rest() is { } last)
        {
            HandOut(last);
            consume(last);
        }

        consume(null);
        return blocks;
    }

    private bool ReadChunk(DuckDbResult result, DuckDbCells cells, Action<Dataset?> consume)
    {
        using var chunk = result.Next();
        if (chunk is null)
        {
            return false;
        }

        foreach (var block in cells.BlocksOf(chunk))
        {
            HandOut(block);
            consume(block);
        }

        return true;
    }
}

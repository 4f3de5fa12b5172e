using System.Runtime.ExceptionServices;

namespace Plumb.Formats;

/// <summary>
/// Reads chunks on several threads in no order: each thread cuts its own chunk, reads it and hands its rows on before
/// it cuts the next one into the same memory,
/// which so stays in the cache of a core.
/// </summary>
/// <param name="chunker">Cuts the chunks, one after another.</param>
/// <param name="chunkBytes">The size of a chunk.</param>
/// <param name="threads">How many chunks are read at a time.</param>
/// <param name="newWorker">Makes what a thread reads a chunk with, and hands its rows on with.</param>
/// <param name="count">Counts what a chunk holds that was read; called by one thread at a time.</param>
internal sealed class UnorderedChunks(CsvChunker chunker, int chunkBytes, int threads, Func<Action<CsvChunk>> newWorker,
    Action<CsvChunk> count) : IDisposable
{
    private readonly Worker[] _workers =
        [.. Enumerable.Range(0, threads).Select(_ => new Worker(newWorker(), new CsvChunk(chunkBytes)))];
    private readonly SemaphoreSlim _source = new(1);
    private readonly SortedDictionary<long, Outcome> _outcomes = []; // of chunks behind one that is still read
    private long _cut; // chunks cut so far
    private long _passed; // chunks whose lines are counted below
    private long _lines;
    private volatile bool _stopped;

    /// <summary>How many chunks there were.</summary>
    public long Chunks => _cut;

    /// <summary>What kept the source from giving more; what was read before comes first.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Reads chunks until there are no more, or until one takes more care.</summary>
    /// <returns>The chunks that take care, in their order, each with the number of lines between the one before and it;
    /// then the lines behind the last, without a chunk.</returns>
    public async Task<IReadOnlyList<Outcome>> ReadAsync(CancellationToken cancellationToken)
    {
        (_stopped, _lines) = (false, 0);
        if (threads == 1)
        {
            await WorkAsync(_workers[0], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await Task.WhenAll(
                _workers.Select(worker => Task.Run(() => WorkAsync(worker, cancellationToken), CancellationToken.None)))
                .ConfigureAwait(false);
        }

        var found = new List<Outcome>();
        foreach (var outcome in _outcomes.Values)
        {
            _lines += outcome.Lines;
            if (outcome.Careful is { } careful)
            {
                found.Add(new Outcome(_lines, careful));
                _lines = 0;
            }
        }

        _passed = _cut;
        _outcomes.Clear();
        return [.. found, new Outcome(_lines, null)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in _workers)
        {
            worker.Chunk.Dispose();
        }

        _source.Dispose();
    }

    private async Task WorkAsync(Worker worker, CancellationToken cancellationToken)
    {
        try
        {
            while (await CutAsync(worker.Chunk, cancellationToken).ConfigureAwait(false) is { } place)
            {
                worker.Read(worker.Chunk);
                Finish(worker, place);
            }
        }
        finally
        {
            _stopped = true; // whatever ended this thread ends the others
        }
    }

    // The place of the chunk among all; null when there is none.
    private async ValueTask<long?> CutAsync(CsvChunk chunk, CancellationToken cancellationToken)
    {
        await _source.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return !_stopped && !chunker.IsDone
                && await chunker.TryFillAsync(chunk, cancellationToken).ConfigureAwait(false) ? chunk.Number = _cut++
                : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            Failure = ExceptionDispatchInfo.Capture(exception);
            return null;
        }
        finally
        {
            _source.Release();
        }
    }

    private void Finish(Worker worker, long place)
    {
        var chunk = worker.Chunk;
        lock (_outcomes)
        {
            if (chunk.IsRead)
            {
                count(chunk);
                _outcomes.Add(place, new Outcome(chunk.Lines, null));
            }
            else
            {
                _stopped = true;
                _outcomes.Add(place, new Outcome(0, chunk));
                worker.Chunk = new CsvChunk(chunkBytes);
            }

            while (_outcomes.TryGetValue(_passed, out var next) && next.Careful is null)
            {
                _outcomes.Remove(_passed++);
                _lines += next.Lines;
            }
        }
    }

    /// <summary>What came of chunks.</summary>
    /// <param name="Lines">The lines of those that were read.</param>
    /// <param name="Careful">The chunk behind them that takes more care; to be disposed of.</param>
    internal readonly record struct Outcome(long Lines, CsvChunk? Careful);

    private sealed class Worker(Action<CsvChunk> read, CsvChunk chunk)
    {
        public Action<CsvChunk> Read { get; } = read;

        public CsvChunk Chunk { get; set; } = chunk;
    }
}

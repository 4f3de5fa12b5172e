using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Plumb.Formats;

/// <summary>Reads chunks on several threads and gives them back in the order of the file.</summary>
/// <param name="chunker">Cuts the chunks, one after another.</param>
/// <param name="chunkBytes">The size of a chunk.</param>
/// <param name="threads">How many chunks are read at a time.</param>
/// <param name="newWorker">Makes what a thread reads a chunk with; it is used by one thread at a time, on any number of
/// chunks.</param>
internal sealed class OrderedChunks(CsvChunker chunker, int chunkBytes, int threads,
    Func<Action<CsvChunk>> newWorker) : IDisposable
{
    private readonly ConcurrentBag<Action<CsvChunk>> _workers = [];
    private readonly SemaphoreSlim _running = new(threads);
    private readonly Stack<CsvChunk> _free = [];
    private ExceptionDispatchInfo? _failure; // of the source; what was read before comes first

    /// <summary>The chunks, read; each is good until the next is asked for.</summary>
    public async IAsyncEnumerable<CsvChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var waiting = new Queue<Task<CsvChunk>>();
        var depth = threads == 1 ? 1 : 2 * threads + 1; // enough that no thread waits for the first in the row
        try
        {
            while (true)
            {
                while (waiting.Count < depth && await NextAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
                {
                    var alone = threads == 1 || (chunker.IsDone && waiting.Count == 0); // nothing to do beside it
                    waiting.Enqueue(
                        alone ? Task.FromResult(Work(chunk))
                            : Task.Run(() => WorkAsync(chunk), CancellationToken.None));
                }

                if (waiting.Count == 0)
                {
                    _failure?.Throw();
                    yield break;
                }

                var first = await waiting.Dequeue().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                yield return first;
                _free.Push(first);
            }
        }
        finally
        {
            // They still write to their chunks.
            await ((Task)Task.WhenAll(waiting)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var chunk in waiting.Where(task => task.IsCompletedSuccessfully))
            {
                _free.Push(await chunk.ConfigureAwait(false));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_free.TryPop(out var chunk))
        {
            chunk.Dispose();
        }

        _running.Dispose();
    }

    private async ValueTask<CsvChunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (chunker.IsDone || _failure is not null)
        {
            return null;
        }

        var chunk = _free.TryPop(out var free) ? free : new CsvChunk(chunkBytes);
        try
        {
            if (await chunker.TryFillAsync(chunk, cancellationToken).ConfigureAwait(false))
            {
                return chunk;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }

        _free.Push(chunk);
        return null;
    }

    private async Task<CsvChunk> WorkAsync(CsvChunk chunk)
    {
        await _running.WaitAsync().ConfigureAwait(false);
        try
        {
            return Work(chunk);
        }
        finally
        {
            _running.Release();
        }
    }

    private CsvChunk Work(CsvChunk chunk)
    {
        var worker = _workers.TryTake(out var idle) ? idle : newWorker();
        worker(chunk);
        _workers.Add(worker);
        return chunk;
    }
}

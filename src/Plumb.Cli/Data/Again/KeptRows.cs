using System.Globalization;

namespace Plumb.Cli;

/// <summary>
/// The rows of a first pass that was made in no order, kept for a second look while they take little of the memory:
/// they need not be read again.
/// </summary>
/// <param name="most">The most numbers that are kept.</param>
internal sealed class KeptRows(long most)
{
    private const long Most = 1L << 26; // numbers, 512 MB
    private const int LeastShareOfMemory = 8;

    private readonly List<List<Chunk>> _ofThreads = [];
    private long _numbers;

    /// <summary>The most numbers that are kept: 512 MB of them, and no more than an eighth of the memory.</summary>
    public static long MostNumbers { get; } =
        Math.Min(Most, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / LeastShareOfMemory / sizeof(double));

    /// <summary>Whether all rows are here.</summary>
    public bool IsComplete => Interlocked.Read(ref _numbers) <= most;

    /// <summary>Makes what takes the blocks of a thread, which are copied; one thread at a time calls it.</summary>
    public Action<long, Dataset?> NewConsumer()
    {
        var chunks = new List<Chunk>();
        _ofThreads.Add(chunks);
        return (number, block) =>
        {
            var numbers = block is null ? 0 : (long)block.Rows * (block.Inputs.Columns + block.Targets.Columns);
            if (Interlocked.Add(ref _numbers, numbers) > most)
            {
                chunks.Clear();
                return;
            }

            if (chunks.Count == 0 || chunks[^1].Number != number)
            {
                chunks.Add(new Chunk(number, [])); // also where it has no rows: those before and behind it follow
            }

            if (block is not null)
            {
                chunks[^1].Blocks.Add(new Dataset(block.Inputs.Clone(), block.Targets.Clone(), block.Names));
            }
        };
    }

    /// <summary>The rows in their order.</summary>
    /// <param name="expand">Makes inputs of their columns.</param>
    public IEnumerable<Dataset> InOrder(Func<Dataset, Dataset> expand) =>
        _ofThreads.SelectMany(chunks => chunks).OrderBy(chunk => chunk.Number).SelectMany(chunk => chunk.Blocks)
            .Select(expand);

    /// <summary>The rows in their chunks, in no order, on all processors.</summary>
    /// <param name="newConsumer">Makes what takes the chunks of a thread.</param>
    /// <param name="expand">Makes inputs of their columns.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Stops between two chunks.</param>
    public Task HandOutAsync(Func<Action<long, Dataset?>> newConsumer, Func<Dataset, Dataset> expand,
        Progress progress, CancellationToken cancellationToken)
    {
        Chunk[] chunks = [.. _ofThreads.SelectMany(chunks => chunks)];
        var all = chunks.Sum(chunk => chunk.Rows);
        var (next, rows) = (-1, 0L);
        Action<long, Dataset?>[] consumers =
            [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => newConsumer())];
        return Task.WhenAll(consumers.Select(consume => Task.Run(() => HandOut(consume), cancellationToken)));

        void HandOut(Action<long, Dataset?> consume)
        {
            while (Interlocked.Increment(ref next) is var place && place < chunks.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var block in chunks[place].Blocks)
                {
                    consume(chunks[place].Number, expand(block));
                }

                consume(chunks[place].Number, null);
                var done = Interlocked.Add(ref rows, chunks[place].Rows);
                progress.Report((double)done / all, string.Create(CultureInfo.InvariantCulture, $"{done} rows"));
            }
        }
    }

    private sealed record Chunk(long Number, List<Dataset> Blocks)
    {
        public long Rows => Blocks.Sum(block => (long)block.Rows);
    }
}

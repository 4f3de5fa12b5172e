namespace Plumb.Formats;

/// <summary>What takes the rows, thread by thread, where their order makes no difference.</summary>
/// <param name="names">The names of the columns.</param>
/// <param name="newConsumer">Makes what takes blocks, each with the number of its chunk; then, where chunks are kept
/// apart, nothing at the chunk's end.</param>
/// <param name="keepsChunks">Whether no block may hold rows of several chunks.</param>
internal sealed class RowConsumers(VariableNames names, Func<Action<long, Dataset?>> newConsumer, bool keepsChunks)
{
    private readonly List<Consumer> _all = [];
    private readonly Lock _lock = new();

    /// <summary>Whether no block may hold rows of several chunks.</summary>
    public bool KeepsChunks => keepsChunks;

    /// <summary>The chunk of the rows that the careful reader hands out.</summary>
    public long CarefulChunk { get; set; }

    /// <summary>Takes these rows.</summary>
    public Consumer Careful => field ??= New();

    /// <summary>Ends their chunk.</summary>
    public void EndCareful()
    {
        if (keepsChunks)
        {
            Careful.End(CarefulChunk);
        }
    }

    /// <summary>A consumer for one thread.</summary>
    public Consumer New()
    {
        lock (_lock)
        {
            var consumer = new Consumer(new RowBlockBuffer(names), newConsumer(), keepsChunks);
            _all.Add(consumer);
            return consumer;
        }
    }

    /// <summary>Hands out the rows that filled no block.</summary>
    public void Finish()
    {
        foreach (var consumer in _all)
        {
            consumer.Finish(0);
        }
    }

    /// <summary>Takes the rows of one thread.</summary>
    internal sealed class Consumer(RowBlockBuffer rows, Action<long, Dataset?> consume, bool keepsChunks)
    {
        /// <summary>Takes a block.</summary>
        public void Consume(long chunk, Dataset block) => consume(chunk, block);

        /// <summary>Ends a chunk.</summary>
        public void End(long chunk) => consume(chunk, null);

        /// <summary>Takes the rows of a chunk.</summary>
        public void Consume(CsvChunk chunk)
        {
            var numbers = chunk.Numbers;
            var width = numbers.Length / Math.Max(chunk.Rows, 1);
            while (!numbers.IsEmpty)
            {
                numbers = numbers[(rows.Add(numbers) * width)..];
                if (rows.IsFull)
                {
                    consume(chunk.Number, rows.Show());
                }
            }

            if (keepsChunks)
            {
                Finish(chunk.Number);
                End(chunk.Number);
            }
        }

        /// <summary>Takes the rest.</summary>
        public void Finish(long chunk)
        {
            if (rows.Count > 0)
            {
                consume(chunk, rows.Show());
            }
        }
    }
}

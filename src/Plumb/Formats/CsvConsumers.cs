namespace Plumb;

/// <summary>What takes the rows, thread by thread, where their order makes no difference.</summary>
internal sealed class CsvConsumers(VariableNames names, Func<Action<Dataset>> newConsumer)
{
    private readonly List<Consumer> _all = [];
    private readonly Lock _lock = new();

    /// <summary>A consumer for one thread.</summary>
    public Consumer New()
    {
        lock (_lock)
        {
            var consumer = new Consumer(new CsvRows(names), newConsumer());
            _all.Add(consumer);
            return consumer;
        }
    }

    /// <summary>Hands out the rows that filled no block.</summary>
    public void Finish()
    {
        foreach (var consumer in _all)
        {
            consumer.Finish();
        }
    }

    /// <summary>Takes the rows of one thread.</summary>
    internal sealed class Consumer(CsvRows rows, Action<Dataset> consume)
    {
        /// <summary>Takes a block.</summary>
        public void Consume(Dataset block) => consume(block);

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
                    consume(rows.Show());
                }
            }
        }

        /// <summary>Takes the rest.</summary>
        public void Finish()
        {
            if (rows.Count > 0)
            {
                consume(rows.Show());
            }
        }
    }
}

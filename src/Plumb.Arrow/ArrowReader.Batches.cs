using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace Plumb.Arrow;

public sealed partial class ArrowReader
{
    // Whether batches are let go of when they were read.
    private bool OwnsBatches => _batches is not BatchesInMemory;

    /// <summary>Looks at the schema of record batches, as drivers of ADBC and readers of tables give them.</summary>
    /// <param name="batches">The batches; the reader owns them from now on, and disposes of them, also when it
    /// throws.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (null or not-a-number) in a used column are left
    /// out, and counted; otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">There is no column, or two have one name.</exception>
    public static async Task<ArrowReader> OpenAsync(IArrowArrayStream batches, string name = "record batches",
        bool dropMissing = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return await OpenAsync(null, batches, batches.Schema, name, dropMissing, cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            batches.Dispose();
            throw;
        }
    }

    /// <summary>Looks at the schema of record batches in memory, which stay the caller's.</summary>
    /// <param name="batches">The batches, at least one; all are of the first one's schema.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (null or not-a-number) in a used column are left
    /// out, and counted; otherwise they are refused.</param>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    /// <exception cref="InvalidDataException">There is no column, or two have one name.</exception>
    public static Task<ArrowReader> OpenAsync(IReadOnlyList<RecordBatch> batches, string name = "record batches",
        bool dropMissing = false)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return batches.Count > 0 ? OpenAsync(new BatchesInMemory(batches), name, dropMissing)
            : throw new ArgumentException("there is no record batch, which would say what the columns are.",
                nameof(batches));
    }

    // Gives each batch, and takes back none.
    private sealed class BatchesInMemory(IReadOnlyList<RecordBatch> batches) : IArrowArrayStream
    {
        private int _next;

        public Schema Schema => batches[0].Schema;

        public ValueTask<RecordBatch?> ReadNextRecordBatchAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(_next < batches.Count ? batches[_next++] : null);

        public void Dispose()
        {
        }
    }
}

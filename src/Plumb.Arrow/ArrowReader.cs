using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Plumb;

/// <summary>One pass over an Arrow IPC file or stream, one record batch in memory at a time.</summary>
public sealed class ArrowReader : RowReader
{
    private static readonly byte[] s_magic = [.. "ARROW1"u8];
    private readonly Stream _stream;
    private readonly ArrowStreamReader _reader;
    private readonly Schema _schema;
    private readonly bool _dropMissing;
    private ColumnBlocks? _blocks;
    private bool _isDone;

    private ArrowReader(string name, Stream stream, ArrowStreamReader reader, Schema schema, bool dropMissing)
        : base(name, [.. schema.FieldsList.Select(field => field.Name)]) =>
        (_stream, _reader, _schema, _dropMissing) = (stream, reader, schema, dropMissing);

    /// <inheritdoc/>
    public override double? Fraction => _isDone ? 1 : (double)_stream.Position / _stream.Length;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => _blocks?.Findings ?? [];

    /// <summary>Reads the schema.</summary>
    /// <param name="stream">The bytes, which can be sought in; the reader owns it from now on, and disposes of it, also
    /// when it throws.</param>
    /// <param name="name">What to call the file in messages.</param>
    /// <param name="dropMissing">Whether rows with a missing value (null or not-a-number) in a used column are left
    /// out, and counted; otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file does not begin like Arrow IPC, or names two columns
    /// alike.</exception>
    public static async Task<ArrowReader> OpenAsync(Stream stream, string name, bool dropMissing = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            var reader = NewReader(stream, name);
            var schema = await GuardAsync(name, () => reader.GetSchema(cancellationToken).AsTask())
                .ConfigureAwait(false);
            if (schema is null)
            {
                throw DataErrors.Of(name,
                    "has no schema, with which an Arrow IPC file or stream begins; check what wrote it.");
            }

            if (schema.FieldsList.Count == 0)
            {
                throw DataErrors.Of(name,
                    "has a schema without columns, where at least one was expected; check what wrote it.");
            }

            if (schema.FieldsList.Index()
                .FirstOrDefault(field => field.Item.Name is null) is { Item: not null } unnamed)
            {
                throw DataErrors.Of(name,
                    string.Create(CultureInfo.InvariantCulture,
                        $"column {unnamed.Index + 1} has no name, by which columns are chosen here; check what wrote "
                            + $"it."));
            }

            ColumnSelection.RequireDistinct(schema.FieldsList.Select(field => field.Name), name);
            return new ArrowReader(name, stream, reader, schema, dropMissing);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        return ReadBlocksAsync(selection, cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    // A file begins with its magic; a stream with a message.
    private static ArrowStreamReader NewReader(Stream stream, string name)
    {
        var head = new byte[s_magic.Length];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
        {
            throw DataErrors.Of(name,
                string.Create(CultureInfo.InvariantCulture,
                    $"the file has {stream.Length} bytes, where Arrow IPC was expected; check what wrote it."));
        }

        stream.Position = 0;
        var allocator = new BoundedAllocator(stream.Length);
        var file = new AnnouncedLengths(stream);
        return head.AsSpan().SequenceEqual(s_magic) ? new ArrowFileReader(file, allocator, leaveOpen: true)
            : new ArrowStreamReader(file, allocator, leaveOpen: true);
    }

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        int[] places = [.. selection.Inputs, .. selection.Targets];
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        for (var i = 0; i < places.Length; i++)
        {
            var field = _schema.FieldsList[places[i]];
            if (!ArrowColumn.IsNumeric(field.DataType))
            {
                throw DataErrors.NotNumbers(Name, field.Name, ArrowColumn.Words(field.DataType));
            }

            if (field.DataType.TypeId == ArrowTypeId.Boolean)
            {
                blocks.NoteTruthValues(i);
            }
        }

        while (await GuardAsync(Name, () => _reader.ReadNextRecordBatchAsync(cancellationToken).AsTask())
            .ConfigureAwait(false) is { } batch)
        {
            using (batch)
            {
                if (batch.ColumnCount < Columns.Count)
                {
                    throw DataErrors.Of(Name,
                        string.Create(CultureInfo.InvariantCulture,
                            $"a record batch has {batch.ColumnCount} columns, where the schema names {Columns.Count}; "
                                + $"check what wrote it."));
                }

                IArrowArray[] columns = [.. places.Select(batch.Column)];
                using var full =
                    blocks.Add(batch.Length,
                        (column, start, values) => ArrowColumn.Read(columns[column], start, values, blocks))
                        .GetEnumerator();
                while (Guard(Name, full.MoveNext))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return HandOut(full.Current);
                }
            }
        }

        _isDone = true; // what follows the rows is not read
        if (blocks.Finish() is { } last)
        {
            yield return HandOut(last);
        }
    }

    private static async Task<T> GuardAsync<T>(string name, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfBadFile(exception))
        {
            throw Damaged(name, exception);
        }
    }

    private static bool Guard(string name, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsOfBadFile(exception))
        {
            throw Damaged(name, exception);
        }
    }

    // Apache.Arrow trusts the lengths and offsets that a file gives, and notices that they are wrong when it follows
    // them.
    private static bool IsOfBadFile(Exception exception) =>
        exception is EndOfStreamException or not (IOException or OperationCanceledException or OutOfMemoryException);

    private static InvalidDataException Damaged(string name, Exception exception) =>
        DataErrors.Of(name,
            $"is no sound Arrow IPC file or stream, or uses what is not read here, such as compression ("
                + $"{Escaped.InFull(exception.Message.TrimEnd('.'))}); check what wrote it, or write it "
                    + $"uncompressed.");
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Plumb.Arrow;

/// <summary>
/// One pass over Arrow: an IPC file or stream, whatever gives record batches, or batches in memory; one at a time.
/// </summary>
public sealed partial class ArrowReader : RowReader
{
    private static readonly byte[] s_magic = [.. "ARROW1"u8];
    private readonly Stream? _stream; // null where batches come from elsewhere
    private readonly IArrowArrayStream _batches;
    private readonly IReadOnlyList<ArrowSlot> _slots;
    private readonly Queue<RecordBatch> _ahead;
    private readonly bool _dropMissing;
    private ColumnBlocks? _blocks;
    private string? _pandas;
    private bool _isDone;

    private ArrowReader(string name, Stream? stream, IArrowArrayStream batches, IReadOnlyList<ArrowSlot> slots,
        Queue<RecordBatch> ahead, bool dropMissing)
        : base(name, [.. slots.Select(slot => slot.Name)]) =>
        (_stream, _batches, _slots, _ahead, _dropMissing) = (stream, batches, slots, ahead, dropMissing);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds => [.. _slots.Select(slot => KindOf(slot.Name, slot.Kind))];

    /// <inheritdoc/>
    public override IReadOnlyList<string> IndexColumns => PandasIndex.Of(_pandas, Columns);

    /// <inheritdoc/>
    public override double? Fraction => _isDone ? 1 : (double?)_stream?.Position / _stream?.Length;

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
            return await OpenAsync(stream, reader, schema, name, dropMissing, cancellationToken).ConfigureAwait(false);
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
        foreach (var batch in _ahead.Where(_ => OwnsBatches))
        {
            batch.Dispose();
        }

        _batches.Dispose();
        if (_stream is not null)
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<ArrowReader> OpenAsync(Stream? stream, IArrowArrayStream batches, Schema? schema,
        string name, bool dropMissing, CancellationToken cancellationToken)
    {
        RequireColumns(schema, name);
        var ahead = new Queue<RecordBatch>();
        var slots = await SlotsAsync(schema, batches, name, ahead, cancellationToken).ConfigureAwait(false);
        ColumnSelection.RequireDistinct(slots.Select(slot => slot.Name), name);
        var rows = new ArrowReader(name, stream, batches, slots, ahead, dropMissing)
        {
            _pandas = schema.Metadata?.GetValueOrDefault("pandas"),
        };
        foreach (var slot in slots.Where(slot => ArrowTexts.IsText(slot.Field.DataType)))
        {
            Guard(name, () => rows.KeepFirst(slot));
        }

        return rows;
    }

    private static void RequireColumns([NotNull] Schema? schema, string name)
    {
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

        if (schema.FieldsList.Index().FirstOrDefault(field => field.Item.Name is null) is { Item: not null } unnamed)
        {
            throw DataErrors.Of(name,
                string.Create(CultureInfo.InvariantCulture,
                    $"column {unnamed.Index + 1} has no name, by which columns are chosen here; check what wrote it."));
        }
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
        var codecs = new ArrowCodecs();
        var file = new AnnouncedLengths(stream, allocator);
        return head.AsSpan().SequenceEqual(s_magic) ? new ArrowFileReader(file, allocator, codecs, leaveOpen: true)
            : new ArrowStreamReader(file, allocator, codecs, leaveOpen: true);
    }

    // Lists are as many columns as they have values, which some types tell, and others only the first batch; what texts
    // are is told by it too.
    private static async Task<IReadOnlyList<ArrowSlot>> SlotsAsync(Schema schema, IArrowArrayStream batches,
        string name, Queue<RecordBatch> ahead, CancellationToken cancellationToken)
    {
        if (schema.FieldsList.Any(field => ArrowTexts.IsText(field.DataType)
            || (field.DataType is not FixedSizeListType && ArrowSlot.ElementOf(field.DataType) is not null))
            && await GuardAsync(name, () => batches.ReadNextRecordBatchAsync(cancellationToken).AsTask())
                .ConfigureAwait(false) is { } batch)
        {
            ahead.Enqueue(batch);
        }

        return [.. schema.FieldsList.Index().SelectMany(field => SlotsOf(field.Item, field.Index))];

        IEnumerable<ArrowSlot> SlotsOf(Field field, int place)
        {
            var length = ArrowSlot.ElementOf(field.DataType) is null ? 0
                : field.DataType is FixedSizeListType list ? list.ListSize
                : ahead.TryPeek(out var first) && place < first.ColumnCount
                    ? ArrowLists.FirstLength(first.Column(place)) : 0;
            return length is <= 0 or > CsvFormat.MaxColumns ? [new ArrowSlot(field, place)]
                : Enumerable.Range(0, length).Select(index => new ArrowSlot(field, place, index, length));
        }
    }

    private bool KeepFirst(ArrowSlot slot)
    {
        if (_ahead.TryPeek(out var first) && slot.Place < first.ColumnCount)
        {
            Keep(slot.Name, new FirstTexts(ArrowTexts.First(first.Column(slot.Place), FirstTexts.Rows)));
        }

        return true;
    }

    private async Task<RecordBatch?> NextAsync(CancellationToken cancellationToken) =>
        _ahead.TryDequeue(out var batch) ? batch
        : await GuardAsync(Name, () => _batches.ReadNextRecordBatchAsync(cancellationToken).AsTask())
            .ConfigureAwait(false);

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        ArrowSlot[] slots = [.. selection.Inputs.Concat(selection.Targets).Select(place => _slots[place])];
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        for (var i = 0; i < slots.Length; i++)
        {
            var asTexts = selection.Readings[i] is not null;
            if (!slots[i].IsRead(asTexts))
            {
                throw DataErrors.NotNumbers(Name, slots[i].Name, ArrowColumn.Words(slots[i].Field.DataType));
            }

            if (slots[i].Type.TypeId == ArrowTypeId.Boolean && !asTexts)
            {
                blocks.NoteTruthValues(i);
            }
        }

        var cells = new ArrowCells(slots, selection.Readings, blocks);
        while (await NextAsync(cancellationToken).ConfigureAwait(false) is { } batch)
        {
            using (OwnsBatches ? batch : null)
            {
                if (slots.Max(slot => slot.Place) >= batch.ColumnCount)
                {
                    throw DataErrors.Of(Name,
                        string.Create(CultureInfo.InvariantCulture,
                            $"a record batch has {batch.ColumnCount} columns, where the schema names more; check what "
                                + $"wrote it."));
                }

                using var full = cells.BlocksOf(batch).GetEnumerator();
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
            $"is no sound Arrow IPC file or stream, or uses what is not read here ("
                + $"{Escaped.InFull(exception.Message.TrimEnd('.'))}); check what wrote it.");
}

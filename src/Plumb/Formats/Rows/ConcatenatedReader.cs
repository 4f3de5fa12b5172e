using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.Formats;

/// <summary>One pass over the rows of several sources, one after another.</summary>
internal sealed class ConcatenatedReader : RowReader
{
    private readonly IReadOnlyList<RowSource> _parts;
    private readonly List<Finding> _findings = [];
    private readonly string _first; // whose columns all parts have
    private RowReader? _reader;
    private PrintedPrecision? _precision;
    private int _current;

    private ConcatenatedReader(string name, IReadOnlyList<RowSource> parts, RowReader like, RowReader? first)
        : base(name, like.Columns)
    {
        (_parts, _reader, _first) = (parts, first, Escaped.InFull(like.Name));
        (Kinds, IndexColumns, ReadsOnAllProcessors) = (like.Kinds, like.IndexColumns, like.ReadsOnAllProcessors);
    }

    /// <inheritdoc/>
    public override double? Fraction => (_current + (_reader?.Fraction ?? 0)) / Math.Max(1, _parts.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => [.. _findings, .. FindingsOfCurrent()];

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> IndexColumns { get; }

    /// <inheritdoc/>
    public override bool ReadsOnAllProcessors { get; }

    /// <inheritdoc/>
    public override PrintedPrecision? Precision => _precision;

    /// <summary>Opens the first source.</summary>
    public static async Task<RowReader> OpenAsync(string name, IReadOnlyList<RowSource> parts,
        CancellationToken cancellationToken)
    {
        var first = await parts[0].OpenAsync(cancellationToken).ConfigureAwait(false);
        return new ConcatenatedReader(name, parts, first, first);
    }

    /// <summary>Opens a source for its columns alone, which all parts have; there may be no part.</summary>
    public static async Task<RowReader> OpenAsync(string name, RowSource like, IReadOnlyList<RowSource> parts,
        CancellationToken cancellationToken)
    {
        var reader = await like.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            return new ConcatenatedReader(name, parts, reader, first: null);
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        CancellationToken cancellationToken = default)
    {
        var names = Select(inputs, targets).Names;
        return ReadPartsAsync(reader => reader.ReadAsync(names.Inputs, names.Targets, cancellationToken),
            block => block.Rows, cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task ReadUnorderedAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<Dataset>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        var names = Select(inputs, targets).Names;
        var consumers = new List<Action<Dataset>>(); // of the parts so far, and used again
        await foreach (var reader in ReadPartsAsync(cancellationToken).ConfigureAwait(false))
        {
            var used = 0;
            await reader.ReadUnorderedAsync(names.Inputs, names.Targets, () =>
            {
                if (used == consumers.Count)
                {
                    consumers.Add(newConsumer());
                }

                return consumers[used++];
            }, cancellationToken).ConfigureAwait(false);
            HandOut(reader.Rows);
        }
    }

    /// <inheritdoc/>
    public override async Task ReadChunksAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        Func<Action<long, Dataset?>> newConsumer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newConsumer);
        var names = Select(inputs, targets).Names;
        var consumers = new List<Action<long, Dataset?>>(); // of the parts so far, and used again
        var (before, chunks) = (0L, 0L); // the chunks of the parts before, and those of this one
        await foreach (var reader in ReadPartsAsync(cancellationToken).ConfigureAwait(false))
        {
            var used = 0;
            await reader.ReadChunksAsync(names.Inputs, names.Targets, () =>
            {
                if (used == consumers.Count)
                {
                    consumers.Add(newConsumer());
                }

                var consume = consumers[used++];
                return (chunk, block) =>
                {
                    if (block is null)
                    {
                        Interlocked.Increment(ref chunks);
                    }

                    consume(before + chunk, block);
                };
            }, cancellationToken).ConfigureAwait(false);
            (before, chunks) = (before + chunks, 0);
            HandOut(reader.Rows);
        }
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<DecimalRows> ReadDecimalsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, CancellationToken cancellationToken = default)
    {
        var names = Select(inputs, targets).Names;
        return ReadPartsAsync(reader => reader.ReadDecimalsAsync(names.Inputs, names.Targets, cancellationToken),
            block => block.Rows, cancellationToken);
    }

    /// <inheritdoc/>
    public override IAsyncEnumerable<RowsWithTexts> ReadWithTextsAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, IReadOnlyList<string> texts, CancellationToken cancellationToken = default) =>
        ReadPartsAsync(reader => reader.ReadWithTextsAsync(inputs, targets, texts, cancellationToken),
            block => block.Rows.Rows, cancellationToken);

    /// <inheritdoc/>
    internal override bool IsMissing(ReadOnlySpan<byte> cell) => _reader!.IsMissing(cell);

    /// <inheritdoc/>
    internal override bool TryNumber(ReadOnlySpan<byte> cell, out double number) =>
        _reader!.TryNumber(cell, out number);

    /// <inheritdoc/>
    internal override CellErrorText Complaint(ReadOnlySpan<byte> cell) =>
        _reader?.Complaint(cell) ?? base.Complaint(cell);

    /// <inheritdoc/>
    internal override Amounts NewAmounts() => _reader?.NewAmounts() ?? base.NewAmounts();

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _reader?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async IAsyncEnumerable<T> ReadPartsAsync<T>(Func<RowReader, IAsyncEnumerable<T>> read, Func<T, int> rowsOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var reader in ReadPartsAsync(cancellationToken).ConfigureAwait(false))
        {
            await foreach (var block in read(reader).ConfigureAwait(false))
            {
                HandOut(rowsOf(block));
                yield return block;
            }
        }
    }

    // The parts' readers; each must have been read when the next is asked for.
    private async IAsyncEnumerable<RowReader> ReadPartsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var known = Columns.ToHashSet(StringComparer.Ordinal);
        for (; _current < _parts.Count; _current++)
        {
            if (_reader is null)
            {
                _reader = await _parts[_current].OpenAsync(cancellationToken).ConfigureAwait(false);
                RequireColumns(known);
            }

            if (MissingValues.Count > 0)
            {
                _reader.MissingValues = MissingValues;
            }

            foreach (var (column, reading) in Readings)
            {
                _reader.ReadAs(column, reading);
            }

            yield return _reader;
            Add(_reader.Precision);
            _findings.AddRange(FindingsOfCurrent());
            await _reader.DisposeAsync().ConfigureAwait(false);
            _reader = null;
        }
    }

    private void RequireColumns(HashSet<string> known)
    {
        if (known.SetEquals(_reader!.Columns))
        {
            return;
        }

        var difference = Columns.Except(_reader.Columns, StringComparer.Ordinal).FirstOrDefault() is { } missing
            ? FormattableString.Invariant($"has no column '{Escaped.Of(missing)}', which {_first} has")
            : string.Create(CultureInfo.InvariantCulture,
                $"has a column '{Escaped.Of(_reader.Columns.First(column => !known.Contains(column)))}', which "
                    + $"{_first} has not");
        throw DataErrors.Of(_reader.Name,
            string.Create(CultureInfo.InvariantCulture,
                $"{difference}; files that are read as one need the same columns, so leave it out or mend it."));
    }

    private void Add(PrintedPrecision? precision)
    {
        if (_precision is null)
        {
            _precision = precision;
        }
        else if (precision is not null)
        {
            _precision.Add(precision);
        }
    }

    private IEnumerable<Finding> FindingsOfCurrent() =>
        _reader?.Findings.Select(finding =>
            finding with
            {
                Message = string.Create(CultureInfo.InvariantCulture,
                $"{_reader.Name}: {finding.Message}")
            }) ?? [];
}

using System.Globalization;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>
/// One pass over rows that DuckDB reads: Parquet, JSON, a database's table, or a query. Whole columns of 2048 rows
/// cross from it at a time.
/// </summary>
public sealed partial class DuckDbReader : RowReader
{
    private readonly DuckDbSession _session;
    private readonly IReadOnlyList<DuckDbSlot> _slots;
    private readonly bool _dropMissing;
    private readonly long _expected;
    private ColumnBlocks? _blocks;
    private DuckDbResult? _result;
    private IReadOnlyList<Finding> _summed = [];

    private DuckDbReader(DuckDbInput input, DuckDbSession session, IReadOnlyList<DuckDbSlot> slots,
        bool dropMissing, long expected)
        : base(input.Name, [.. slots.Select(slot => slot.Name)]) =>
        (_session, _slots, _dropMissing, _expected) = (session, slots, dropMissing, expected);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds => [.. _slots.Select(slot => KindOf(slot.Name, slot.Kind))];

    /// <inheritdoc/>
    public override IReadOnlyList<string> IndexColumns => _session.IndexColumns;

    /// <inheritdoc/>
    public override long? ExpectedRows => _expected > 0 ? _expected : null;

    /// <inheritdoc/>
    public override double? Fraction => _expected > 0 ? Math.Min(1, (double)Rows / _expected) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => [.. _session.Findings, .. _blocks?.Findings ?? [], .. _summed];

    /// <summary>Reads as much as it takes to know the columns.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="dropMissing">Whether rows with a missing value (NULL or not-a-number) in a used column are left
    /// out, and counted; otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file or the query is not one that can be read.</exception>
    public static async Task<DuckDbReader> OpenAsync(DuckDbInput input, bool dropMissing = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ParquetFrame.Require(input);
        var session = await DuckDbSession.OpenAsync(input, cancellationToken).ConfigureAwait(false);
        try
        {
            var slots = await session.RunAsync(session.Slots, cancellationToken).ConfigureAwait(false);
            ColumnSelection.RequireDistinct(slots.Select(slot => slot.Name), input.Name);
            var countsFast = input is DuckDbInput.Parquet or DuckDbInput.Table;
            var expected = countsFast
                ? await session.RunAsync(() => session.Number($"SELECT count(*) FROM {session.Relation}"),
                    cancellationToken).ConfigureAwait(false) : 0;
            DuckDbSlot[] texts = [.. slots.Where(slot => slot.Column.Type == DuckDBType.Varchar)];
            var reader = new DuckDbReader(input, session, slots, dropMissing, expected);
            if (texts.Length > 0)
            {
                var first = await session.RunAsync(() => session.Texts(FirstOf(texts, session), texts.Length),
                    cancellationToken).ConfigureAwait(false);
                first.Index().ToList().ForEach(pair => reader.Keep(texts[pair.Index].Name, new FirstTexts(pair.Item)));
            }

            return reader;
        }
        catch
        {
            session.Dispose();
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
        await Task.Run(() => _session.Dispose(_result)).ConfigureAwait(false); // DuckDB waits for its threads
        _result = null;
    }

    private DuckDbSlot[] BeginWith(ColumnSelection selection)
    {
        Begin();
        DuckDbSlot[] slots = [.. selection.Inputs.Concat(selection.Targets).Select(place => _slots[place])];
        for (var i = 0; i < slots.Length; i++)
        {
            var isRead = selection.Readings[i] is null ? slots[i].Index >= 0 || slots[i].Column.IsNumeric
                : slots[i].Index < 0 && slots[i].Column.IsTextual;
            if (!isRead)
            {
                throw DataErrors.NotNumbers(Name, slots[i].Name, slots[i].Column.Words);
            }
        }

        return slots;
    }

    private ColumnBlocks NewBlocks(ColumnSelection selection, DuckDbSlot[] slots, long firstRow = 0)
    {
        var blocks = new ColumnBlocks(Name, selection, _dropMissing, firstRow);
        for (var i = 0; i < slots.Length; i++)
        {
            var held = slots[i].Column.Element ?? slots[i].Column;
            if (selection.Readings[i] is null && held.Type == DuckDBType.Boolean)
            {
                blocks.NoteTruthValues(i);
            }
        }

        return blocks;
    }

    private static string FirstOf(DuckDbSlot[] columns, DuckDbSession session) => string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT {string.Join(", ", columns.Select(column => DuckDbSlot.Sql(column.Place)))} FROM {session.Relation} "
            + $"LIMIT {FirstTexts.Rows}");

    // All rows, or those of some numbers: DuckDB passes over the row groups of others.
    private string Select(DuckDbCells cells, (long From, long To)? rows) =>
        $"SELECT {string.Join(", ", cells.Places.Select(DuckDbSlot.Sql))} FROM " + (rows is not { } some
            ? _session.Relation : string.Create(CultureInfo.InvariantCulture,
                $"{_session.NumberedRelation} WHERE {DuckDbRelation.RowNumber} >= {some.From} AND "
                    + $"{DuckDbRelation.RowNumber} < {some.To}"));

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var slots = BeginWith(selection);
        var rows = Share?.Within(_expected);
        var blocks = _blocks = NewBlocks(selection, slots, rows?.From ?? 0);
        var cells = new DuckDbCells(slots, selection.Readings, blocks);
        var sql = Select(cells, rows);
        var result =
            _result = await _session.RunAsync(() => _session.Query(sql), cancellationToken).ConfigureAwait(false);
        var next = _session.RunAsync(result.Next, cancellationToken);
        try
        {
            while (await next.ConfigureAwait(false) is { } chunk)
            {
                next = _session.RunAsync(result.Next, cancellationToken); // comes while this one is looked at
                using (chunk)
                {
                    foreach (var block in cells.BlocksOf(chunk))
                    {
                        yield return HandOut(block);
                    }
                }
            }
        }
        finally
        {
            await LetEndAsync(next).ConfigureAwait(false);
        }

        if (blocks.Finish(mayBeNone: Share is not null) is { } last)
        {
            yield return HandOut(last);
        }
    }

    /// <summary>Waits for a chunk that nobody will look at: a connection must not be closed while it works.</summary>
    private static async Task LetEndAsync(Task<DuckDBDataChunk?> next)
    {
        await Task.WhenAny(next).ConfigureAwait(false);
        if (next.IsCompletedSuccessfully)
        {
            (await next.ConfigureAwait(false))?.Dispose();
        }
    }
}

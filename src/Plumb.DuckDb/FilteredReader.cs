using System.Runtime.CompilerServices;

namespace Plumb.DuckDb;

/// <summary>
/// One pass over those rows of another reader for which a condition holds, which is written as in SQL behind WHERE.
/// Columns that are used lie in memory.
/// </summary>
public sealed class FilteredReader : RowReader
{
    private readonly RowReader _all;
    private readonly string _condition;
    private readonly bool _dropMissing;
    private DuckDbReader? _some;

    private FilteredReader(string name, RowReader all, string condition, bool dropMissing)
        : base(name, all.Columns) =>
        (_all, _condition, _dropMissing) = (all, condition, dropMissing);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds => _all.Kinds;

    /// <inheritdoc/>
    public override IReadOnlyList<string> IndexColumns => _all.IndexColumns;

    /// <inheritdoc/>
    public override double? Fraction => _all.Fraction;

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => _some?.Findings ?? [];

    /// <summary>Reads as much as it takes to know the columns.</summary>
    /// <param name="name">What to call the rows in messages.</param>
    /// <param name="source">All rows.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="dropMissing">Whether rows with a missing value in a used column are left out, and counted;
    /// otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The source does not begin as it should.</exception>
    public static async Task<FilteredReader> OpenAsync(string name, RowSource source, string condition,
        bool dropMissing = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(condition);
        return new FilteredReader(name, await source.OpenAsync(cancellationToken).ConfigureAwait(false), condition,
            dropMissing);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<Dataset> ReadAsync(IReadOnlyList<string> inputs,
        IReadOnlyList<string> targets, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        Begin();
        _all.MissingValues = MissingValues;
        var input = DuckDbInput.Query.Where(_condition, new DuckDbInput.Rows(new RowSource(Name,
            _ => Task.FromResult(_all))), [.. inputs, .. targets]);
        var some = _some = await DuckDbReader.OpenAsync(input with { Name = Name }, _dropMissing, cancellationToken)
            .ConfigureAwait(false);
        some.MissingValues = MissingValues;
        foreach (var (column, reading) in Readings)
        {
            some.ReadAs(column, reading);
        }

        if (selection.KeepsMissing)
        {
            await foreach (var block in some.ReadWithTextsAsync(inputs, targets, [], cancellationToken)
                .ConfigureAwait(false))
            {
                yield return HandOut(block.Rows);
            }

            yield break;
        }

        await foreach (var block in some.ReadAsync(inputs, targets, cancellationToken).ConfigureAwait(false))
        {
            yield return HandOut(block);
        }
    }

    /// <inheritdoc/>
    internal override Amounts NewAmounts() => _all.NewAmounts();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _all.DisposeAsync().ConfigureAwait(false);
        if (_some is not null)
        {
            await _some.DisposeAsync().ConfigureAwait(false);
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Plumb.PostgreSql;

/// <summary>
/// One pass over the rows of a table or a query in a PostgreSQL database, by binary copy: as they are stored, in
/// constant memory.
/// </summary>
public sealed class PostgreSqlReader : RowReader
{
    private readonly PostgreSqlSession _session;
    private readonly IReadOnlyList<PostgreSqlColumn> _columns;
    private readonly bool _dropMissing;
    private ColumnBlocks? _blocks;
    private IReadOnlyList<Finding> _summed = [];

    private PostgreSqlReader(string name, PostgreSqlSession session, IReadOnlyList<PostgreSqlColumn> columns,
        bool dropMissing)
        : base(name, [.. columns.Select(column => column.Name)]) =>
            (_session, _columns, _dropMissing) = (session, columns, dropMissing);

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnKind> Kinds => [.. _columns.Select(column => KindOf(column.Name, column.Kind))];

    /// <inheritdoc/>
    public override double? Fraction => null; // how many rows will come, the server does not know either

    /// <inheritdoc/>
    public override IReadOnlyList<Finding> Findings => [.. _blocks?.Findings ?? [], .. _summed];

    /// <summary>How many rows are added up; null for all.</summary>
    internal long? MostRows { get; set; }

    /// <summary>Connects, and asks for the columns.</summary>
    /// <param name="input">What to read.</param>
    /// <param name="dropMissing">Whether rows with a missing value (NULL or not-a-number) in a used column are left
    /// out, and counted; otherwise they are refused.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="IOException">There is no server, or it refuses the login.</exception>
    /// <exception cref="InvalidDataException">There is no such table, or the query is not one that can be
    /// read.</exception>
    public static async Task<PostgreSqlReader> OpenAsync(PostgreSqlInput input, bool dropMissing = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var session = await PostgreSqlSession.OpenAsync(input, cancellationToken).ConfigureAwait(false);
        try
        {
            var columns = await session.ColumnsAsync(cancellationToken).ConfigureAwait(false);
            ColumnSelection.RequireDistinct(columns.Select(column => column.Name), input.Name);
            PostgreSqlColumn[] texts = [.. columns.Where(column => column.IsFreeText)];
            var first = await session.FirstTextsAsync(texts, cancellationToken).ConfigureAwait(false);
            var reader = new PostgreSqlReader(input.Name, session, columns, dropMissing);
            for (var i = 0; i < texts.Length; i++)
            {
                reader.Keep(texts[i].Name, new FirstTexts(first[i]));
            }

            return reader;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
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

    /// <summary>
    /// The moments of some columns, added up by the server in one view of the table: no row is read.
    /// </summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="progress">Is told how much has been done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the query at the server.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">A value is missing or not finite, or a column's numbers span more than
    /// 240 bits.</exception>
    public async Task<Moments> SumAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        Begin();
        var columns = BlocksOf(selection).ToDictionary(column => column.Name, StringComparer.Ordinal);
        var relation = MostRows is { } most ? string.Create(CultureInfo.InvariantCulture,
            $"(SELECT * FROM {_session.Relation} LIMIT {most}) AS plumb_first") : _session.Relation;
        var table = new SqlTable(Name, SqlDialect.PostgreSql, relation, name => columns[name].ToSql());
        var summed = await _session.SumAsync(ask => SqlMoments.ReadAsync(ask, table, selection.Names, _dropMissing,
            progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        HandOut(summed.Moments.Rows);
        _summed = summed.Findings;
        return summed.Moments;
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _session.DisposeAsync();

    private async IAsyncEnumerable<Dataset> ReadBlocksAsync(ColumnSelection selection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin();
        var columns = BlocksOf(selection);
        var blocks = _blocks!;
        var copy = await _session.CopyAsync(columns, selection.Readings, cancellationToken).ConfigureAwait(false);
        int rows;
        while ((rows = await _session.GuardAsync(() => copy.NextAsync(blocks, cancellationToken).AsTask())
            .ConfigureAwait(false)) > 0)
        {
            foreach (var block in blocks.Add(rows,
                (column, start, values) => copy.Chunk[column].AsSpan(start, values.Length).CopyTo(values)))
            {
                yield return HandOut(block);
            }
        }

        if (blocks.Finish() is { } last)
        {
            yield return HandOut(last);
        }
    }

    private PostgreSqlColumn[] BlocksOf(ColumnSelection selection)
    {
        var blocks = _blocks = new ColumnBlocks(Name, selection, _dropMissing);
        PostgreSqlColumn[] columns = [.. selection.Inputs.Concat(selection.Targets).Select(place => _columns[place])];
        for (var i = 0; i < columns.Length; i++)
        {
            var asTexts = selection.Readings[i] is not null;
            if (asTexts ? columns[i].Kind == ColumnKind.Other : !columns[i].IsNumeric)
            {
                throw DataErrors.NotNumbers(Name, columns[i].Name, columns[i].Words);
            }

            if (columns[i].Type == PostgreSqlColumn.Boolean && !asTexts)
            {
                blocks.NoteTruthValues(i);
            }
        }

        return columns;
    }
}

namespace Plumb.DuckDb;

/// <content>Moments that DuckDB adds up itself.</content>
public sealed partial class DuckDbReader
{
    /// <summary>The moments of some columns, added up by DuckDB: no row is read.</summary>
    /// <param name="inputs">Names of columns, all different.</param>
    /// <param name="targets">Names of further columns; may be empty.</param>
    /// <param name="progress">Is told how much has been done, 0 to 1.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ArgumentException">A name is not among the columns, or is asked for twice.</exception>
    /// <exception cref="InvalidOperationException">The rows have been read already.</exception>
    /// <exception cref="InvalidDataException">A value is missing or not finite, a column's numbers span more than
    /// 240 bits, or a column holds lists.</exception>
    public async Task<Moments> SumAsync(IReadOnlyList<string> inputs, IReadOnlyList<string> targets,
        IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        var selection = Select(inputs, targets);
        var slots = BeginWith(selection);
        if (slots.FirstOrDefault(slot => slot.Index >= 0) is { } list)
        {
            throw DataErrors.Of(Name, $"column '{Escaped.Of(list.Name)}' is a place in lists, which only rows that are "
                + "read out have; read the rows out.");
        }

        _blocks = NewBlocks(selection, slots);
        var columns = slots.ToDictionary(slot => slot.Name, StringComparer.Ordinal);
        var table = new SqlTable(Name, SqlDialect.DuckDb, _session.Relation, name => columns[name].ToSql());
        var summed = await SqlMoments.ReadAsync(
            (sql, token) => _session.RunAsync(() => _session.Row(sql), token), table, selection.Names, _dropMissing,
            progress, cancellationToken).ConfigureAwait(false);
        HandOut(summed.Moments.Rows);
        _summed = summed.Findings;
        return summed.Moments;
    }
}

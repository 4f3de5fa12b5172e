using DuckDB.NET.Data;

namespace Plumb.DuckDb;

/// <summary>
/// Rows of any reader as a table for a query: numbers as doubles, other columns as their texts, what is missing as
/// NULL.
/// </summary>
internal static class DuckDbTable
{
    /// <summary>Makes the table, of the columns that a query may mean.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="table">What it is called.</param>
    /// <param name="source">The rows.</param>
    /// <param name="isMeant">Whether the query may mean a column of a name.</param>
    /// <param name="name">What messages call the query.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What a user should know about the rows.</returns>
    /// <exception cref="InvalidDataException">A cell is not what its column holds, or two names differ in case
    /// only.</exception>
    public static async Task<IReadOnlyList<Finding>> LoadAsync(DuckDBConnection connection, string table,
        RowSource source, Func<string, bool> isMeant, string name, CancellationToken cancellationToken)
    {
        await using var reader = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var kinds = reader.Columns.Zip(reader.Kinds).ToDictionary(StringComparer.Ordinal);
        List<string> columns = [.. reader.Columns.Where(isMeant)];
        columns = columns.Count > 0 ? columns : [reader.Columns[0]]; // for the number of the rows
        QueryFiles.RequireTold(columns, name);
        string[] numbers = [.. columns.Where(column => kinds[column] == ColumnKind.Number)];
        string[] texts = [.. columns.Except(numbers, StringComparer.Ordinal)];
        var stored = "plumb_stored_" + table;
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"CREATE TABLE {stored} ("
                + string.Join(", ", numbers.Select(column => SqlName.Of(column) + " DOUBLE")
                    .Concat(texts.Select(column => SqlName.Of(column) + " VARCHAR"))) + ")";
            command.ExecuteNonQuery();
        }

        using (var appender = connection.CreateAppender(stored))
        {
            await foreach (var block in reader.ReadWithTextsAsync([], numbers, texts, cancellationToken)
                .ConfigureAwait(false))
            {
                Append(appender, reader, block, texts.Length);
            }
        }

        using (var view = connection.CreateCommand())
        {
            view.CommandText = $"CREATE TEMP VIEW {SqlName.Of(table)} AS SELECT {SqlName.OfColumns(columns)} FROM "
                + stored; // in the order of the file
            view.ExecuteNonQuery();
        }

        return reader.Findings;
    }

    private static void Append(DuckDBAppender appender, RowReader reader, RowsWithTexts block, int texts)
    {
        var count = texts > 0 ? block.Texts.Rows : block.Rows.Rows;
        for (var i = 0; i < count; i++)
        {
            var row = appender.CreateRow();
            foreach (var number in block.Rows.Targets.Row(i))
            {
                _ = double.IsNaN(number) ? row.AppendNullValue() : row.AppendValue(number);
            }

            for (var j = 0; j < texts; j++)
            {
                var isMissing = block.Texts.IsNull(i, j) || reader.IsMissing(block.Texts.Utf8(i, j));
                _ = isMissing ? row.AppendNullValue() : row.AppendValue(block.Texts[i, j]);
            }

            row.EndRow();
        }
    }
}

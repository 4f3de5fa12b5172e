using DuckDB.NET.Native;

namespace Plumb.DuckDb;

/// <summary>The rows of a query, as they come, in chunks of columns.</summary>
internal sealed class DuckDbResult : IDisposable
{
    private readonly DuckDBPreparedStatement _statement;
    private readonly Func<string, InvalidDataException> _refused;
    private DuckDBResult _result;

    /// <summary>Begins the query.</summary>
    /// <param name="connection">Where it runs.</param>
    /// <param name="sql">The query.</param>
    /// <param name="refused">Makes the exception of DuckDB's message.</param>
    /// <exception cref="InvalidDataException">It is not one that DuckDB can answer.</exception>
    public DuckDbResult(DuckDBNativeConnection connection, string sql, Func<string, InvalidDataException> refused)
    {
        _refused = refused;
        var state = NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out _statement);
        if (state == DuckDBState.Error)
        {
            using (_statement)
            {
                throw refused(NativeMethods.PreparedStatements.DuckDBPrepareError(_statement));
            }
        }

        if (NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result)
            == DuckDBState.Error)
        {
            using (this)
            {
                throw refused(NativeMethods.Query.DuckDBResultError(ref _result));
            }
        }

        Columns = DuckDbColumn.Of(ref _result);
    }

    /// <summary>Its columns.</summary>
    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>The next rows; null at the end.</summary>
    /// <exception cref="InvalidDataException">The rows cannot be read.</exception>
    public DuckDBDataChunk? Next()
    {
        var chunk = NativeMethods.Query.DuckDBFetchChunk(_result);
        if (!chunk.IsInvalid)
        {
            return chunk;
        }

        chunk.Dispose();
        var error = NativeMethods.Query.DuckDBResultError(ref _result);
        return string.IsNullOrEmpty(error) ? null : throw _refused(error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _result.Close();
        _statement.Dispose();
    }
}
